package org.cornerturn.calibrator;

/**
 * How good a calibrator a source is, 0 to 100 points: up to 40 for its flux, 30 for a flat
 * spectrum, 30 for being compact. What is not known of a spectrum or a structure counts half.
 *
 * @param flux points, 0 to 40
 * @param spectrum points, 0 to 30
 * @param compactness points, 0 to 30
 */
public record CalibratorScore(double flux, double spectrum, double compactness) {
  /** Weaker sources are no calibrators, whatever their score. */
  public static final double LEAST_FLUX_JY = 0.5;

  /** Fewer points are too few. */
  public static final double LEAST_TOTAL = 50;

  private static final double UNKNOWN = 15;
  private static final double MOST = 30;

  /**
   * The score of a source.
   *
   * @param fluxJy flux density in the band that is to be calibrated, not negative
   * @param spectralIndex of S ~ nu^alpha; NaN where unknown
   * @param compact share of the flux that is in a point, 0 to 1; NaN where unknown
   */
  public static CalibratorScore of(double fluxJy, double spectralIndex, double compact) {
    if (!(fluxJy >= 0) || compact < 0 || compact > 1) {
      throw new IllegalArgumentException("flux " + fluxJy + " Jy, compactness " + compact);
    }
    return new CalibratorScore(
        fluxPoints(fluxJy),
        spectrumPoints(Math.abs(spectralIndex)),
        Double.isNaN(compact) ? UNKNOWN : MOST * compact);
  }

  private static double fluxPoints(double jy) {
    if (jy >= 10) {
      return 40;
    }
    if (jy >= 1) {
      return 30 + 10 * (jy - 1) / 9;
    }
    return jy >= LEAST_FLUX_JY ? 20 + 20 * (jy - LEAST_FLUX_JY) : 20 * jy / LEAST_FLUX_JY;
  }

  private static double spectrumPoints(double steepness) {
    if (Double.isNaN(steepness)) {
      return UNKNOWN;
    }
    if (steepness < 0.2) {
      return MOST;
    }
    return steepness <= 0.5
        ? MOST - 10 * (steepness - 0.2) / 0.3
        : 20 * Math.exp(-(steepness - 0.5) / 0.5);
  }

  /** All points. */
  public double total() {
    return flux + spectrum + compactness;
  }

  /**
   * Whether a source of this score may be used.
   *
   * @param fluxJy as {@link #of} was given it
   */
  public boolean suffices(double fluxJy) {
    return fluxJy >= LEAST_FLUX_JY && total() >= LEAST_TOTAL;
  }
}
