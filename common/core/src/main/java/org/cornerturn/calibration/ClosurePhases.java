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
   * Statistics of the triples of some cells.
   *
   * @param triples how many; all of them that contain a common antenna, which no other triple adds
   *     anything to
   * @param meanRad mean phase, of the sum of the unit vectors by their weights
   * @param rmsRad root of the weighted mean square of the phases
   * @param medianRad middle of the absolute phases
   * @param expectedRmsRad what noise alone would make of the root mean square, weighted alike; NaN
   *     where the sums' noise isn't known
   */
  public record Summary(
      long triples, double meanRad, double rmsRad, double medianRad, double expectedRmsRad) {}

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
   * Root of the weighted mean square of closure phases, as {@link #summary} has it; NaN of none.
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

  /**
   * Sums up closure phases, each weighted by its inverse variance.
   *
   * @param phases as {@link #of} gives them, of any cells
   * @param noise variance of a sample of weight 1: 1 where weights are 1/sigma^2, NaN where it
   *     isn't known
   */
  public static Summary summary(List<double[]> phases, double noise) {
    double re = 0;
    double im = 0;
    double squares = 0;
    double weights = 0;
    long triples = 0;
    int count = phases.stream().mapToInt(p -> p.length / 2).sum();
    double[] sizes = new double[count];
    for (double[] p : phases) {
      for (int k = 0; k < p.length; k += 2) {
        double w = 1 / p[k + 1];
        re += w * Math.cos(p[k]);
        im += w * Math.sin(p[k]);
        squares += w * p[k] * p[k];
        weights += w;
        sizes[(int) triples++] = Math.abs(p[k]);
      }
    }
    if (triples == 0) {
      return new Summary(0, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }
    Arrays.sort(sizes);
    return new Summary(
        triples,
        Math.atan2(im, re),
        Math.sqrt(squares / weights),
        sizes[count / 2],
        Math.sqrt(noise * triples / weights));
  }
}
