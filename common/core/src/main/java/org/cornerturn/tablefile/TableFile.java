package org.cornerturn.tablefile;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** A table in a file. Columns of several values a row are left out. */
public interface TableFile extends Closeable {
  List<FileColumn> columns();

  /** Number of rows; -1 where only reading tells. */
  long rows();

  /** Number of pieces that can be read apart: rows where any one can be, data files, or 1. */
  long units();

  /** Receives rows. */
  @FunctionalInterface
  interface Sink {
    void rows(FileRows rows) throws IOException;
  }

  /**
   * Reads rows, some at a time.
   *
   * @param from first of the {@link #units()}
   * @param to end
   * @param columns places in {@link #columns()}
   */
  void read(long from, long to, int[] columns, Sink sink) throws IOException;

  /** Place of a column, by its name in any case; -1 for none. */
  default int find(String name) {
    int other = -1;
    for (int i = 0; i < columns().size(); i++) {
      String n = columns().get(i).name();
      if (n.equals(name)) {
        return i;
      }
      if (other < 0 && n.toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))) {
        other = i;
      }
    }
    return other;
  }
}
