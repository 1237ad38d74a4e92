package org.cornerturn.radio;

import org.jastronomy.jsofa.JSOFA;
import org.jastronomy.jsofa.JSOFA.SphericalCoordinate;

/** Frames that catalogues give places in. */
public enum CelestialFrame {
  ICRS,
  /** Equator and equinox J2000; turned by 25 mas from ICRS at most. */
  FK5,
  /** Equator and equinox B1950. */
  FK4,
  /** Galactic longitude and latitude (IAU 1958). */
  GALACTIC;

  private static final double J2000 = 2451545.0;

  /** Besselian year of most observations that are given in B1950. */
  private static final double FK4_EPOCH = 1950;

  /**
   * The direction in ICRS of a source without proper motion.
   *
   * @param first right ascension or galactic longitude, degrees
   * @param second declination or galactic latitude, degrees
   */
  public IcrsDirection toIcrs(double first, double second) {
    double a = Math.toRadians(first);
    double b = Math.toRadians(second);
    SphericalCoordinate icrs =
        switch (this) {
          case ICRS -> null;
          case FK5 -> JSOFA.jauFk5hz(a, b, J2000, 0);
          case FK4 -> {
            SphericalCoordinate fk5 = JSOFA.jauFk45z(a, b, FK4_EPOCH);
            yield JSOFA.jauFk5hz(fk5.alpha, fk5.delta, J2000, 0);
          }
          case GALACTIC -> JSOFA.jauG2icrs(a, b);
        };
    return icrs == null
        ? IcrsDirection.ofDegrees(first, second)
        : new IcrsDirection(icrs.alpha, icrs.delta);
  }
}
