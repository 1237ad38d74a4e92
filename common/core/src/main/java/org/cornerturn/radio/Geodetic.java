package org.cornerturn.radio;

import java.io.Serializable;

/**
 * A place on the WGS84 ellipsoid.
 *
 * @param longitudeRad east positive
 * @param latitudeRad geodetic, north positive
 * @param heightMetres above the ellipsoid
 */
public record Geodetic(double longitudeRad, double latitudeRad, double heightMetres)
    implements Serializable {
  /** Equatorial radius. */
  public static final double WGS84_A_METRES = 6378137.0;

  public static final double WGS84_FLATTENING = 1 / 298.257223563;

  public static Geodetic ofDegrees(double longitude, double latitude, double heightMetres) {
    return new Geodetic(Math.toRadians(longitude), Math.toRadians(latitude), heightMetres);
  }

  public double longitudeDegrees() {
    return Math.toDegrees(longitudeRad);
  }

  public double latitudeDegrees() {
    return Math.toDegrees(latitudeRad);
  }

  public Ecef toEcef() {
    double e2 = WGS84_FLATTENING * (2 - WGS84_FLATTENING);
    double sin = Math.sin(latitudeRad);
    double cos = Math.cos(latitudeRad);
    double n = WGS84_A_METRES / Math.sqrt(1 - e2 * sin * sin);
    return new Ecef(
        (n + heightMetres) * cos * Math.cos(longitudeRad),
        (n + heightMetres) * cos * Math.sin(longitudeRad),
        (n * (1 - e2) + heightMetres) * sin);
  }
}
