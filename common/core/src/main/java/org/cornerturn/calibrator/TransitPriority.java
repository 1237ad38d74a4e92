package org.cornerturn.calibrator;

/** Which of several coming transits to wait for: near the beam's declination, and soon. */
public final class TransitPriority {
  private static final double MOST_OFFSET_DEGREES = 10;
  private static final double UNREGISTERED = 5;

  private TransitPriority() {}

  /**
   * Ten points for each degree by which the source is nearer than 10 degrees to the declination at
   * which the array points, less one for each hour to wait, less five for a source that is in a
   * catalogue alone.
   *
   * @param offsetDegrees declination of the source less the array's
   * @param hours until the transit, not negative
   * @param isRegistered whether it was chosen by somebody
   */
  public static double of(double offsetDegrees, double hours, boolean isRegistered) {
    return (MOST_OFFSET_DEGREES - Math.abs(offsetDegrees)) * 10
        - hours
        - (isRegistered ? 0 : UNREGISTERED);
  }
}
