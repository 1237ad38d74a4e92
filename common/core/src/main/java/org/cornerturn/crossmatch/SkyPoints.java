package org.cornerturn.crossmatch;

/**
 * Places of some rows, and their errors where they are known.
 *
 * @param raDeg right ascensions in [0, 360)
 * @param decDeg declinations
 * @param raErrArcsec one sigma along right ascension, on the sky; null where not known
 * @param decErrArcsec one sigma along declination; null as the other
 */
public record SkyPoints(
    double[] raDeg, double[] decDeg, double[] raErrArcsec, double[] decErrArcsec) {
  public SkyPoints {
    if (raDeg.length != decDeg.length) {
      throw new IllegalArgumentException(raDeg.length + " and " + decDeg.length + " coordinates");
    }
    if ((raErrArcsec == null) != (decErrArcsec == null)) {
      throw new IllegalArgumentException("errors of one coordinate alone");
    }
  }

  public static SkyPoints of(double[] raDeg, double[] decDeg) {
    return new SkyPoints(raDeg, decDeg, null, null);
  }

  public int count() {
    return raDeg.length;
  }

  public boolean hasErrors() {
    return raErrArcsec != null;
  }
}
