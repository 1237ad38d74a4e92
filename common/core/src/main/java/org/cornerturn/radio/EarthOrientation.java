package org.cornerturn.radio;

import java.io.Serializable;

/**
 * How the Earth is turned at an instant, beyond what theory predicts (IERS Conventions 2010, 5).
 *
 * @param dut1Seconds UT1 - UTC
 * @param poleXRad polar motion towards longitude 0
 * @param poleYRad polar motion towards longitude 90 degrees west
 */
public record EarthOrientation(double dut1Seconds, double poleXRad, double poleYRad)
    implements Serializable {
  /**
   * Nothing known: UT1 is taken as UTC (0.9 s off at most, 13 arcseconds) and the pole as still.
   */
  public static final EarthOrientation UNKNOWN = new EarthOrientation(0, 0, 0);

  /** The same pole with another UT1 - UTC, such as a file states. */
  public EarthOrientation withDut1(double seconds) {
    return new EarthOrientation(seconds, poleXRad, poleYRad);
  }
}
