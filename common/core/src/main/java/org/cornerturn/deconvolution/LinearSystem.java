package org.cornerturn.deconvolution;

/** Small systems of linear equations, by elimination with pivots. */
final class LinearSystem {
  private LinearSystem() {}

  /**
   * @param m (n, n + 1), the right side in the last column; destroyed
   * @return the solution, or null where there is none
   */
  static double[] solve(double[][] m) {
    int n = m.length;
    for (int i = 0; i < n; i++) {
      int best = i;
      for (int r = i + 1; r < n; r++) {
        if (Math.abs(m[r][i]) > Math.abs(m[best][i])) {
          best = r;
        }
      }
      double[] swap = m[i];
      m[i] = m[best];
      m[best] = swap;
      if (!(Math.abs(m[i][i]) > 0)) {
        return null;
      }
      for (int r = i + 1; r < n; r++) {
        double f = m[r][i] / m[i][i];
        for (int c = i; c <= n; c++) {
          m[r][c] -= f * m[i][c];
        }
      }
    }
    double[] out = new double[n];
    for (int i = n - 1; i >= 0; i--) {
      double v = m[i][n];
      for (int c = i + 1; c < n; c++) {
        v -= m[i][c] * out[c];
      }
      out[i] = v / m[i][i];
    }
    return out;
  }
}
