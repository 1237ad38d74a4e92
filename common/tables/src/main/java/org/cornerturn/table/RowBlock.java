package org.cornerturn.table;

import java.io.IOException;

/** Some rows of a {@link RowSource} that follow each other. Columns are decoded when asked for. */
public interface RowBlock {
  /** Number of rows of its part before it. */
  long first();

  int size();

  /**
   * @param name of a column that was asked for
   */
  ColumnValues column(String name) throws IOException;
}
