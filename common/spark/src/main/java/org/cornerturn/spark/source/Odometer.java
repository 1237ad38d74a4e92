package org.cornerturn.spark.source;

/** Steps through rows whose last axis is the fastest. */
final class Odometer {
  private Odometer() {}

  /**
   * The sum of coordinate times stride for rows in C order.
   *
   * @param extent of each axis, the fastest first
   * @param rank axes that count
   * @param from first row
   * @param n rows
   */
  static int[] places(int[] extent, int[] stride, int rank, int from, int n) {
    int[] places = new int[n];
    if (rank == 0) {
      return places;
    }
    int[] at = new int[rank];
    int rest = from;
    int place = 0;
    for (int k = 0; k < rank; k++) {
      at[k] = rest % extent[k];
      rest /= extent[k];
      place += at[k] * stride[k];
    }
    int done = 0;
    while (done < n) {
      int run = Math.min(n - done, extent[0] - at[0]);
      for (int i = 0; i < run; i++) {
        places[done + i] = place + i * stride[0];
      }
      done += run;
      place -= at[0] * stride[0];
      at[0] = 0;
      for (int k = 1; k < rank; k++) {
        place += stride[k];
        if (++at[k] < extent[k]) {
          break;
        }
        place -= stride[k] * extent[k];
        at[k] = 0;
      }
    }
    return places;
  }
}
