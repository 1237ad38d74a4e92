package org.cornerturn.calibration;

import java.util.Arrays;

/** Percentiles of numbers, by selection: what lies between them is never sorted. */
final class Percentiles {
  private final double[] values;

  /**
   * @param values NaN do not count
   * @param n how many of the array's
   */
  Percentiles(double[] values, int n) {
    this.values = Arrays.stream(values, 0, n).filter(v -> !Double.isNaN(v)).toArray();
  }

  /**
   * Percentiles, between two numbers by a straight line; NaN where there are none.
   *
   * @param percents ascending, 0 to 100
   */
  double[] of(double... percents) {
    double[] found = new double[percents.length];
    if (values.length == 0) {
      Arrays.fill(found, Double.NaN);
      return found;
    }
    int from = 0;
    for (int i = 0; i < percents.length; i++) {
      double place = percents[i] / 100 * (values.length - 1);
      int below = (int) place;
      int above = Math.min(below + 1, values.length - 1);
      select(from, below);
      select(below, above);
      found[i] = values[below] + (place - below) * (values[above] - values[below]);
      from = below;
    }
    return found;
  }

  /**
   * Puts the value of a rank in its place, no larger ones before it and no smaller ones behind.
   *
   * @param low places before this one have been put so before
   */
  private void select(int low, int rank) {
    int from = low;
    int to = values.length - 1;
    while (from < to) {
      double pivot = middle(values[from], values[(from + to) >>> 1], values[to]);
      int i = from;
      int j = to;
      while (i <= j) {
        while (values[i] < pivot) {
          i++;
        }
        while (values[j] > pivot) {
          j--;
        }
        if (i <= j) {
          double v = values[i];
          values[i++] = values[j];
          values[j--] = v;
        }
      }
      if (rank <= j) {
        to = j;
      } else if (rank >= i) {
        from = i;
      } else {
        return;
      }
    }
  }

  private static double middle(double a, double b, double c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }
}
