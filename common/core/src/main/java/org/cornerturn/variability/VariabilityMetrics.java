package org.cornerturn.variability;

/**
 * How much a source varies (Swinbank et al. 2015, Astronomy and Computing 11, 25, section 4.7;
 * Mooley et al. 2016, ApJ 818, 105, section 4). NaN for what the points don't tell.
 *
 * @param count of points
 * @param mean of the fluxes
 * @param weightedMean with weights 1 / error^2
 * @param deviation standard deviation of the fluxes, n - 1 in the denominator
 * @param v deviation over mean
 * @param eta weighted: n / (n - 1) (mean(w S^2) - mean(w S)^2 / mean(w))
 * @param reducedChiSquared sum of ((S - mean) / error)^2 over n - 1
 * @param sigmaDeviation the larger of maximum less mean and mean less minimum, over the deviation
 * @param outlier largest distance of a point from the weighted mean of the others, over the error
 *     of that distance
 * @param vs of the two points that differ most: their difference over its error
 * @param m of the same two: their difference over their mean
 */
public record VariabilityMetrics(
    int count,
    double mean,
    double weightedMean,
    double deviation,
    double v,
    double eta,
    double reducedChiSquared,
    double sigmaDeviation,
    double outlier,
    double vs,
    double m) {

  public static VariabilityMetrics of(LightCurve curve) {
    int n = curve.size();
    double[] s = curve.flux();
    double[] e = curve.error();
    double sum = 0;
    double w = 0;
    double ws = 0;
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      double weight = 1 / (e[i] * e[i]);
      sum += s[i];
      w += weight;
      ws += weight * s[i];
      least = Math.min(least, s[i]);
      most = Math.max(most, s[i]);
    }
    double mean = sum / n;
    double weighted = ws / w;
    double squares = 0;
    double chi = 0;
    double about = 0;
    double outlier = n < 2 ? Double.NaN : 0;
    for (int i = 0; i < n; i++) {
      double d = s[i] - mean;
      double weight = 1 / (e[i] * e[i]);
      squares += d * d;
      chi += d * d * weight;
      about += weight * (s[i] - weighted) * (s[i] - weighted);
      double rest = w - weight;
      double others = weighted - weight / rest * (s[i] - weighted);
      outlier = Math.max(outlier, Math.abs(s[i] - others) / Math.sqrt(e[i] * e[i] + 1 / rest));
    }
    double deviation = Math.sqrt(squares / (n - 1));
    Pair pair = Pair.of(s, e);
    return new VariabilityMetrics(
        n,
        mean,
        weighted,
        deviation,
        deviation / mean,
        // The same as the formula with means, without the loss of digits.
        about / (n - 1),
        chi / (n - 1),
        Math.max(most - mean, mean - least) / deviation,
        outlier,
        pair.vs,
        pair.m);
  }

  /** The two points whose difference is the most errors. */
  private record Pair(double vs, double m) {
    static Pair of(double[] s, double[] e) {
      double vs = Double.NaN;
      double m = Double.NaN;
      for (int i = 0; i < s.length; i++) {
        for (int j = i + 1; j < s.length; j++) {
          double t = twoEpochs(s[j], e[j], s[i], e[i]);
          if (!(Math.abs(t) <= Math.abs(vs))) {
            vs = t;
            m = modulation(s[j], s[i]);
          }
        }
      }
      return new Pair(vs, m);
    }
  }

  /** Vs of two epochs: their difference over its error. */
  public static double twoEpochs(double a, double errorA, double b, double errorB) {
    return (a - b) / Math.hypot(errorA, errorB);
  }

  /** m of two epochs: their difference over their mean. */
  public static double modulation(double a, double b) {
    return 2 * (a - b) / (a + b);
  }
}
