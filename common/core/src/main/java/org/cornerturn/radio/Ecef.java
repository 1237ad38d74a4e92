package org.cornerturn.radio;

import java.io.Serializable;

/**
 * A place in the Earth-centred, Earth-fixed frame (ITRS), metres: x towards longitude 0 on the
 * equator, z towards the north pole.
 */
public record Ecef(double xMetres, double yMetres, double zMetres) implements Serializable {

  public Ecef plus(Ecef offset) {
    return new Ecef(xMetres + offset.xMetres, yMetres + offset.yMetres, zMetres + offset.zMetres);
  }

  public Ecef minus(Ecef other) {
    return new Ecef(xMetres - other.xMetres, yMetres - other.yMetres, zMetres - other.zMetres);
  }

  /**
   * Longitude, latitude and height on the WGS84 ellipsoid, by Bowring's formula, improved until it
   * stands still; good to a micrometre from the ellipsoid's core to far beyond orbits.
   */
  public Geodetic toGeodetic() {
    double p = Math.hypot(xMetres, yMetres);
    double a = Geodetic.WGS84_A_METRES;
    double f = Geodetic.WGS84_FLATTENING;
    double e2 = f * (2 - f);
    double b = a * (1 - f);
    double theta = Math.atan2(zMetres * a, p * b);
    double latitude = 0;
    for (int i = 0; i < 10; i++) {
      double s = Math.sin(theta);
      double c = Math.cos(theta);
      latitude = Math.atan2(zMetres + e2 / (1 - e2) * b * s * s * s, p - e2 * a * c * c * c);
      double next = Math.atan2((1 - f) * Math.sin(latitude), Math.cos(latitude));
      if (Math.abs(next - theta) < 1e-16) {
        break;
      }
      theta = next;
    }
    double sin = Math.sin(latitude);
    double n = a / Math.sqrt(1 - e2 * sin * sin);
    // Near a pole p vanishes, near the equator z does; this form holds at both.
    double height = p * Math.cos(latitude) + zMetres * sin - a * a / n;
    return new Geodetic(Math.atan2(yMetres, xMetres), latitude, height);
  }
}
