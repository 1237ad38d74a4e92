package org.cornerturn.calibration;

import java.util.Arrays;
import java.util.List;

/**
 * Closure phases: arg(A_pq A_qr A_rp) of triples of antennas, A = sum w V conj(M). No gains of
 * antennas change them, so they tell how well the model and the data agree before anything is
 * solved for; 0 for a model that is right. They are only as good as gains stand still over what the
 * sums add up.
 */
public final class ClosurePhases {
  private ClosurePhases() {}

  /**
   * Closure phases of a cell.
   *
   * @param apex antenna that all triples contain
   * @return (triple) phases in radians and, behind each, the variance that weights of 1/sigma^2
   *     say, radians squared
   */
  public static double[] of(NormalSums sums, int cell, int apex) {
    Baselines baselines = sums.baselines();
    int n = baselines.antennas();
    double[] phase = new double[n * n];
    double[] variance = new double[n * n];
    Arrays.fill(variance, Double.NaN);
    for (int b = 0; b < baselines.count(); b++) {
      double re = sums.real(b, cell);
      double im = sums.imaginary(b, cell);
      double power = re * re + im * im;
      if (baselines.isCross(b) && power > 0) {
        int p = baselines.first(b);
        int q = baselines.second(b);
        phase[p * n + q] = Math.atan2(im, re);
        phase[q * n + p] = -phase[p * n + q];
        // The noise of a real or imaginary part of A has the variance D.
        variance[p * n + q] = sums.modelPower(b, cell) / power;
        variance[q * n + p] = variance[p * n + q];
      }
    }
    double[] all = new double[(n - 1) * (n - 2)];
    int k = 0;
    for (int q = 0; q < n; q++) {
      for (int r = q + 1; r < n; r++) {
        double v = variance[apex * n + q] + variance[q * n + r] + variance[r * n + apex];
        if (q != apex && r != apex && !Double.isNaN(v)) {
          double sum = phase[apex * n + q] + phase[q * n + r] + phase[r * n + apex];
          all[k++] = Math.IEEEremainder(sum, 2 * Math.PI);
          all[k++] = v;
        }
      }
    }
    return Arrays.copyOf(all, k);
  }

  /**
   * Root of the weighted mean square of closure phases, each weighted by its inverse variance; NaN
   * of none.
   *
   * @param phases as {@link #of} gives them, of any cells
   */
  public static double rmsRad(List<double[]> phases) {
    double squares = 0;
    double weights = 0;
    for (double[] p : phases) {
      for (int k = 0; k < p.length; k += 2) {
        double w = 1 / p[k + 1];
        squares += w * p[k] * p[k];
        weights += w;
      }
    }
    return Math.sqrt(squares / weights);
  }
}
