package org.cornerturn.source;

import java.io.Serializable;

/**
 * Errors of a fitted Gaussian in noise that is correlated like the beam (Condon 1997, PASP 109,
 * 166, equations 20, 21 and 41).
 *
 * @param peak of the height, relative to it
 * @param integral of the integral, relative to it
 * @param major of the long axis' width, relative to it
 * @param minor of the short axis' width, relative to it
 * @param angle of the long axis' angle, radians; infinite for a circle
 * @param along of the place along the long axis, as long as the widths
 * @param across of the place across it
 */
public record CondonErrors(
    double peak,
    double integral,
    double major,
    double minor,
    double angle,
    double along,
    double across)
    implements Serializable {
  private static final double EIGHT_LN_2 = 8 * Math.log(2);

  /**
   * @param major full width at half maximum of the fitted Gaussian along its long axis
   * @param minor the same across
   * @param beamMajor of the beam
   * @param beamMinor of the beam
   * @param snr height over noise
   */
  public static CondonErrors of(
      double major, double minor, double beamMajor, double beamMinor, double snr) {
    double peak = variance(major, minor, beamMajor, beamMinor, snr, 1.5, 1.5);
    double lengthwise = variance(major, minor, beamMajor, beamMinor, snr, 2.5, 0.5);
    double sidewise = variance(major, minor, beamMajor, beamMinor, snr, 0.5, 2.5);
    double integral = peak + beamMajor * beamMinor / (major * minor) * (lengthwise + sidewise);
    double round = major * major - minor * minor;
    return new CondonErrors(
        Math.sqrt(peak),
        Math.sqrt(integral),
        Math.sqrt(lengthwise),
        Math.sqrt(sidewise),
        Math.sqrt(2 * sidewise) * major * minor / round,
        major * Math.sqrt(lengthwise / EIGHT_LN_2),
        minor * Math.sqrt(sidewise / EIGHT_LN_2));
  }

  /**
   * Errors of a Gaussian whose shape is that of the beam and was not fitted: its integral is its
   * height.
   */
  public static CondonErrors ofPoint(double beamMajor, double beamMinor, double snr) {
    CondonErrors all = of(beamMajor, beamMinor, beamMajor, beamMinor, snr);
    return new CondonErrors(all.peak, all.peak, 0, 0, 0, all.along, all.across);
  }

  /** 2 / rho^2. */
  private static double variance(
      double major,
      double minor,
      double beamMajor,
      double beamMinor,
      double snr,
      double powerMajor,
      double powerMinor) {
    double rho =
        major
            * minor
            / (4 * beamMajor * beamMinor)
            * Math.pow(1 + beamMajor * beamMajor / (major * major), powerMajor)
            * Math.pow(1 + beamMinor * beamMinor / (minor * minor), powerMinor)
            * snr
            * snr;
    return 2 / rho;
  }
}
