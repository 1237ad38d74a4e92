package org.cornerturn.simulate;

import org.cornerturn.radio.Instrument.Beam;

/** Power pattern of a dish. */
public final class BeamPattern {
  /** Full width at half maximum of a uniformly lit dish, in wavelengths over its diameter. */
  private static final double AIRY_WIDTH = 1.02898;

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
    if (beam == Beam.AIRY) {
      double pattern = BesselJ1.jinc(Math.PI * dishWavelengths * offsetSine);
      return pattern * pattern;
    }
    double widths = offsetSine * dishWavelengths / AIRY_WIDTH;
    return Math.exp(-4 * Math.log(2) * widths * widths);
  }
}
