package org.cornerturn.variability;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The flux scale of each epoch from an ensemble of reference sources: how much brighter they all
 * are than usual. References that themselves vary are left out.
 *
 * @param factor of each epoch: fluxes over it are on the common scale; 1 where there are too few
 * @param error of each factor
 * @param count references that told each factor; 0 where there are too few
 * @param used whether each reference was stable enough
 */
public record FluxScale(double[] factor, double[] error, int[] count, boolean[] used) {
  private static final double NORMAL = 1.482602218505602;
  private static final double CLIP = 3;
  private static final int BASELINE = 10;
  private static final int LEAST_BASELINE = 3;
  private static final int LEAST_REFERENCES = 3;
  private static final int LEAST_POINTS = 5;
  private static final double STABLE = 2;
  private static final int ROUNDS = 5;

  /** The error of a median over that of a mean of the same normal values. */
  private static final double MEDIAN = Math.sqrt(Math.PI / 2);

  /**
   * Finds the scale.
   *
   * @param flux (reference, epoch), epochs in the order of time; NaN where there is none
   * @param error (reference, epoch)
   */
  public static FluxScale of(double[][] flux, double[][] error) {
    int references = flux.length;
    int epochs = references == 0 ? 0 : flux[0].length;
    boolean[] used = new boolean[references];
    double[] baseline = new double[references];
    for (int r = 0; r < references; r++) {
      baseline[r] = baseline(flux[r]);
      used[r] = baseline[r] > 0;
    }
    FluxScale scale = scale(flux, baseline, used, epochs);
    for (int round = 0; round < ROUNDS; round++) {
      boolean changed = false;
      for (int r = 0; r < references; r++) {
        boolean stable = baseline[r] > 0 && isStable(flux[r], error[r], scale);
        changed |= stable != used[r];
        used[r] = stable;
      }
      if (!changed) {
        break;
      }
      scale = scale(flux, baseline, used, epochs);
    }
    return scale;
  }

  /** Median of the first ten fluxes; NaN of fewer than three. */
  private static double baseline(double[] flux) {
    double[] first = Arrays.stream(flux).filter(Double::isFinite).limit(BASELINE).toArray();
    return first.length < LEAST_BASELINE ? Double.NaN : median(first);
  }

  private static FluxScale scale(double[][] flux, double[] baseline, boolean[] used, int epochs) {
    double[] factor = new double[epochs];
    double[] error = new double[epochs];
    int[] count = new int[epochs];
    for (int e = 0; e < epochs; e++) {
      List<Double> ratios = new ArrayList<>();
      for (int r = 0; r < flux.length; r++) {
        if (used[r] && Double.isFinite(flux[r][e])) {
          ratios.add(flux[r][e] / baseline[r]);
        }
      }
      double[] all = ratios.stream().mapToDouble(Double::doubleValue).toArray();
      factor[e] = 1;
      if (all.length >= LEAST_REFERENCES) {
        double middle = median(all);
        double spread = spread(all, middle);
        double[] kept =
            Arrays.stream(all).filter(v -> Math.abs(v - middle) <= CLIP * spread).toArray();
        double[] those = kept.length >= LEAST_REFERENCES ? kept : all;
        double m = median(those);
        if (m > 0) {
          factor[e] = m;
          error[e] = MEDIAN * spread(those, m) / Math.sqrt(those.length);
          count[e] = those.length;
        }
      }
    }
    return new FluxScale(factor, error, count, used.clone());
  }

  private static boolean isStable(double[] flux, double[] error, FluxScale scale) {
    List<double[]> points = new ArrayList<>();
    for (int e = 0; e < flux.length; e++) {
      if (Double.isFinite(flux[e]) && error[e] > 0) {
        points.add(scale.apply(flux[e], error[e], e));
      }
    }
    if (points.size() < LEAST_POINTS) {
      return true; // Too few to tell.
    }
    double w = 0;
    double ws = 0;
    for (double[] p : points) {
      w += 1 / (p[1] * p[1]);
      ws += p[0] / (p[1] * p[1]);
    }
    double chi = 0;
    for (double[] p : points) {
      chi += Math.pow((p[0] - ws / w) / p[1], 2);
    }
    return chi / (points.size() - 1) <= STABLE;
  }

  /** A flux and its error on the common scale. */
  public double[] apply(double flux, double fluxError, int epoch) {
    double f = factor[epoch];
    return new double[] {flux / f, Math.hypot(fluxError / f, flux * error[epoch] / (f * f))};
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }

  private static double spread(double[] values, double about) {
    return NORMAL * median(Arrays.stream(values).map(v -> Math.abs(v - about)).toArray());
  }
}
