package org.cornerturn.radio;

import java.io.Serializable;

/**
 * A direction among the stars in ICRS, without proper motion or parallax.
 *
 * @param raRad right ascension, 0 to 2 pi
 * @param decRad declination
 */
public record IcrsDirection(double raRad, double decRad) implements Serializable {
  public static IcrsDirection ofDegrees(double ra, double dec) {
    return new IcrsDirection(Math.toRadians(ra), Math.toRadians(dec));
  }

  /**
   * Direction cosines (l, m, n) of this direction in the tangent frame of another: l to the east, m
   * to the north, n towards the centre (SIN projection, n = sqrt(1 - l^2 - m^2) in its hemisphere).
   */
  public double[] cosines(IcrsDirection centre) {
    double da = raRad - centre.raRad;
    double sd = Math.sin(decRad);
    double cd = Math.cos(decRad);
    double s0 = Math.sin(centre.decRad);
    double c0 = Math.cos(centre.decRad);
    return new double[] {
      cd * Math.sin(da), sd * c0 - cd * s0 * Math.cos(da), sd * s0 + cd * c0 * Math.cos(da)
    };
  }

  /** The direction at (l, m) in this one's tangent frame, in its hemisphere. */
  public IcrsDirection at(double l, double m) {
    double n = Math.sqrt(1 - l * l - m * m);
    double s0 = Math.sin(decRad);
    double c0 = Math.cos(decRad);
    double x = n * c0 - m * s0;
    double z = m * c0 + n * s0;
    return new IcrsDirection(turn(raRad + Math.atan2(l, x)), Math.atan2(z, Math.hypot(l, x)));
  }

  /** Angle to another direction, radians, exact at all distances. */
  public double separationRad(IcrsDirection other) {
    double[] c = other.cosines(this);
    return Math.atan2(Math.hypot(c[0], c[1]), c[2]);
  }

  private static double turn(double angle) {
    double a = angle % (2 * Math.PI);
    return a < 0 ? a + 2 * Math.PI : a;
  }
}
