package org.cornerturn.variability;

/**
 * The stretch of consecutive points of a light curve that lies lowest below the others, and below
 * those before and those after it each for themselves: what an extreme scattering event does for
 * days or months, and the time before a flare is not.
 *
 * @param first point of it
 * @param count of its points
 * @param depth how much lower its mean is, relative to that of the others
 * @param significance the difference of the means over its error
 */
public record Dip(int first, int count, double depth, double significance) {
  /** An event has more than one point, or it may be a bad one. */
  private static final int SHORTEST = 2;

  /** Errors by which each side must lie above it. */
  private static final double SIDE = 3;

  /**
   * Searches stretches of two points to half of all; those at either end have no other side, so
   * they are none.
   *
   * @return null where there are fewer than five points, or none lies low
   */
  public static Dip of(LightCurve curve) {
    int n = curve.size();
    double[] w = new double[n + 1];
    double[] ws = new double[n + 1];
    for (int i = 0; i < n; i++) {
      double weight = 1 / (curve.error()[i] * curve.error()[i]);
      w[i + 1] = w[i] + weight;
      ws[i + 1] = ws[i] + weight * curve.flux()[i];
    }
    Dip best = null;
    for (int length = SHORTEST; length <= n / 2; length++) {
      for (int first = 1; first + length < n; first++) {
        double inside = w[first + length] - w[first];
        double outside = w[n] - inside;
        double low = (ws[first + length] - ws[first]) / inside;
        double rest = (ws[n] - ws[first + length] + ws[first]) / outside;
        double significance = (rest - low) / Math.sqrt(1 / inside + 1 / outside);
        boolean higher =
            above(ws[first], w[first], low, inside)
                && above(ws[n] - ws[first + length], w[n] - w[first + length], low, inside);
        if (higher && significance > (best == null ? 0 : best.significance)) {
          best = new Dip(first, length, (rest - low) / rest, significance);
        }
      }
    }
    return n < 5 ? null : best;
  }

  private static boolean above(double sum, double weight, double low, double inside) {
    return sum / weight - low >= SIDE * Math.sqrt(1 / weight + 1 / inside);
  }
}
