package org.cornerturn.radio;

import org.cornerturn.radio.Instrument.Beam;

/** Power pattern of a dish. */
public final class BeamPattern {
  /** Full width at half maximum of a uniformly lit dish, in wavelengths over its diameter. */
  private static final double AIRY_WIDTH = 1.02898;

  /** Places of the cosine pattern, per dish's wavelengths and radian. */
  private static final double COSINE_SCALE = 1.2;

  // Nearer than this to the cosine pattern's removable pole, its limit is exact to 1e-12.
  private static final double POLE = 1e-6;

  private BeamPattern() {}

  /**
   * Response relative to the middle of the beam.
   *
   * @param offsetSine sine of the angle from the middle
   * @param behind whether that angle is more than a right one; nothing is received there
   * @param dishWavelengths diameter of the dish in wavelengths
   */
  public static double power(Beam beam, double offsetSine, boolean behind, double dishWavelengths) {
    if (beam == Beam.NONE) {
      return 1;
    }
    if (behind) {
      return 0;
    }
    return switch (beam) {
      case AIRY -> square(BesselJ1.jinc(Math.PI * dishWavelengths * offsetSine));
      case COSINE ->
          square(square(tapered(COSINE_SCALE * Math.asin(offsetSine) * dishWavelengths)));
      default -> Math.exp(-4 * Math.log(2) * square(offsetSine * dishWavelengths / AIRY_WIDTH));
    };
  }

  /** cos(pi a) / (1 - 4 a^2). */
  private static double tapered(double a) {
    double pole = 1 - 2 * Math.abs(a);
    return Math.abs(pole) < POLE
        ? Math.PI / 4 * (1 + pole / 2)
        : Math.cos(Math.PI * a) / (1 - 4 * a * a);
  }

  private static double square(double x) {
    return x * x;
  }
}
