package org.cornerturn.spark.source;

/**
 * Which element of a block each row of a batch shows: the rows' elements follow each other, or a
 * map names them.
 *
 * @param first element of the first row where there is no map
 * @param map element of each row, or null
 */
record Positions(int first, int[] map) {
  static final Positions START = new Positions(0, null);

  int of(int row) {
    return map == null ? first + row : map[row];
  }
}
