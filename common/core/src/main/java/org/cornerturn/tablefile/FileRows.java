package org.cornerturn.tablefile;

import java.io.IOException;

/**
 * Some rows that follow each other, of the columns that were asked for. Arrays belong to the
 * reader: they may change with the next rows.
 */
public interface FileRows {
  int count();

  /** Number of the first row in the file, from 0. */
  long first();

  /**
   * Numbers of a column, NaN where there is none.
   *
   * @param column place in the list that was asked for
   */
  double[] reals(int column) throws IOException;

  /** Whole numbers of a column; {@link Long#MIN_VALUE} where there is none. */
  long[] wholes(int column) throws IOException;

  /** Any column as text; null where there is none. */
  String[] texts(int column) throws IOException;
}
