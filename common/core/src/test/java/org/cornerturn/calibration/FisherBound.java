package org.cornerturn.calibration;

import java.util.stream.IntStream;

/** The least that errors of gains can be: the bound of Cramer and Rao. */
final class FisherBound {
  private FisherBound() {}

  /**
   * Trace of the inverse of the Fisher matrix of real and imaginary parts of gains, sigma apart, in
   * which the first antenna's phase is fixed.
   */
  static double trace(SyntheticArray array, int c) {
    int width = 2 * array.baselines.antennas();
    double[][] fisher = new double[width][width];
    for (int b = 0; b < array.baselines.count(); b++) {
      int p = array.baselines.first(b);
      int q = array.baselines.second(b);
      int i = 2 * array.element(b, c, 0);
      double mr = array.model[i];
      double mi = array.model[i + 1];
      double[] g = {array.gains[array.gain(p, c, 0)], array.gains[array.gain(p, c, 0) + 1]};
      double[] h = {array.gains[array.gain(q, c, 0)], array.gains[array.gain(q, c, 0) + 1]};
      // d V by Re g_p is M conj(g_q), by Im g_p i times that; by Re g_q it is g_p M, by Im -i
      // times.
      double[] byP = {mr * h[0] + mi * h[1], mi * h[0] - mr * h[1]};
      double[] byQ = {mr * g[0] - mi * g[1], mi * g[0] + mr * g[1]};
      double[][] rows = {
        {byP[0], -byP[1], byQ[0], byQ[1]}, {byP[1], byP[0], byQ[1], -byQ[0]},
      };
      int[] at = {2 * p, 2 * p + 1, 2 * q, 2 * q + 1};
      for (double[] row : rows) {
        for (int j = 0; j < 4; j++) {
          for (int k = 0; k < 4; k++) {
            fisher[at[j]][at[k]] += row[j] * row[k];
          }
        }
      }
    }
    // The first antenna moves along its own direction only.
    int t = array.gain(0, c, 0);
    double size = Math.hypot(array.gains[t], array.gains[t + 1]);
    double cos = array.gains[t] / size;
    double sin = array.gains[t + 1] / size;
    double[][] reduced = new double[width - 1][width - 1];
    for (int j = 0; j < width - 1; j++) {
      for (int k = 0; k < width - 1; k++) {
        reduced[j][k] =
            j > 0 && k > 0
                ? fisher[j + 1][k + 1]
                : j == 0 && k == 0
                    ? cos * cos * fisher[0][0]
                        + 2 * cos * sin * fisher[0][1]
                        + sin * sin * fisher[1][1]
                    : cos * fisher[0][Math.max(j, k) + 1] + sin * fisher[1][Math.max(j, k) + 1];
      }
    }
    return traceOfInverse(reduced);
  }

  private static double traceOfInverse(double[][] matrix) {
    int n = matrix.length;
    double[][] m = new double[n][2 * n];
    for (int i = 0; i < n; i++) {
      System.arraycopy(matrix[i], 0, m[i], 0, n);
      m[i][n + i] = 1;
    }
    for (int i = 0; i < n; i++) {
      double pivot = m[i][i];
      for (int k = 0; k < 2 * n; k++) {
        m[i][k] /= pivot;
      }
      for (int j = 0; j < n; j++) {
        double factor = m[j][i];
        for (int k = 0; k < 2 * n && j != i; k++) {
          m[j][k] -= factor * m[i][k];
        }
      }
    }
    return IntStream.range(0, n).mapToDouble(i -> m[i][n + i]).sum();
  }
}
