package org.cornerturn.catalogue;

/** Angles between places on the sphere, exact for the smallest and the largest. */
public final class Separation {
  private static final double RAD = Math.PI / 180;

  private Separation() {}

  /**
   * Great-circle distance, degrees (Vincenty's formula for the sphere, which neither loses small
   * angles nor those near 180).
   */
  public static double degrees(double ra1, double dec1, double ra2, double dec2) {
    double sin1 = Math.sin(dec1 * RAD);
    double cos1 = Math.cos(dec1 * RAD);
    double sin2 = Math.sin(dec2 * RAD);
    double cos2 = Math.cos(dec2 * RAD);
    double sinRa = Math.sin((ra2 - ra1) * RAD);
    double halfRa = Math.sin((ra2 - ra1) * RAD / 2);
    double halfDec = Math.sin((dec2 - dec1) * RAD / 2);
    double east = cos2 * sinRa;
    // cos1 sin2 - sin1 cos2 cos(dra), without the difference of near equals.
    double north = Math.sin((dec2 - dec1) * RAD) + 2 * sin1 * cos2 * halfRa * halfRa;
    double along = 1 - 2 * (halfDec * halfDec + cos1 * cos2 * halfRa * halfRa);
    return Math.atan2(Math.hypot(east, north), along) / RAD;
  }

  /** Right ascension in [0, 360), degrees. */
  public static double turned(double raDeg) {
    double ra = raDeg % 360;
    ra = ra < 0 ? ra + 360 : ra;
    return ra < 360 ? ra : 0;
  }

  /** How far the second right ascension lies east of the first, in [-180, 180), degrees. */
  public static double eastward(double ra1, double ra2) {
    return turned(ra2 - ra1 + 180) - 180;
  }
}
