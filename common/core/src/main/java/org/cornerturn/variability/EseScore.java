package org.cornerturn.variability;

/**
 * Merit of a candidate for an extreme scattering event, 0 to 10, from three metrics each of which
 * is cut at 1: half a tenth of the deviation, 0.3 a tenth of chi squared, 0.2 a fifth of eta.
 */
public enum EseScore {
  HIGH,
  MEDIUM,
  LOW;

  private static final double HIGH_FROM = 7;
  private static final double MEDIUM_FROM = 4;

  /**
   * @param sigma largest deviation over its error
   */
  public static double of(double sigma, double reducedChiSquared, double eta) {
    return 10
        * (0.5 * share(sigma / 10) + 0.3 * share(reducedChiSquared / 10) + 0.2 * share(eta / 5));
  }

  private static double share(double value) {
    return Math.max(0, Math.min(1, value));
  }

  /** The class of a score. */
  public static EseScore of(double score) {
    return score >= HIGH_FROM ? HIGH : score >= MEDIUM_FROM ? MEDIUM : LOW;
  }
}
