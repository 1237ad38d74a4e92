package org.cornerturn.query.viewer;

/**
 * A part of a plane: extents in elements of the plane, and how many make one of the result.
 *
 * @param rows extent of the window; within the plane
 * @param rowStep rows of the plane for a row of the result
 */
record Window(long row, long column, long rows, long columns, long rowStep, long columnStep) {

  /** A window as it is asked for, cut to what the plane has. */
  static Window within(
      Plane plane, long row, long column, long rows, long columns, long rowStep, long columnStep) {
    long r = Math.min(row, plane.rows());
    long c = Math.min(column, plane.columns());
    return new Window(
        r,
        c,
        Math.min(rows, plane.rows() - r),
        Math.min(columns, plane.columns() - c),
        rowStep,
        columnStep);
  }

  /** The same with other steps. */
  Window every(long newRowStep, long newColumnStep) {
    return new Window(row, column, rows, columns, newRowStep, newColumnStep);
  }

  /** Rows of the result. */
  long rowCount() {
    return up(rows, rowStep);
  }

  long columnCount() {
    return up(columns, columnStep);
  }

  static long up(long n, long step) {
    return n / step + (n % step == 0 ? 0 : 1);
  }

  /** Elements of the result; the largest long where there are more. */
  long cells() {
    return rowCount() == 0 || columnCount() <= Long.MAX_VALUE / rowCount()
        ? rowCount() * columnCount()
        : Long.MAX_VALUE;
  }
}
