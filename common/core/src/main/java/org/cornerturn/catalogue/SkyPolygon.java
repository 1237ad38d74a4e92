package org.cornerturn.catalogue;

/**
 * What great circles between corners enclose. Corners may go round either way; it lies on the side
 * of its middle, so it is smaller than a hemisphere.
 */
public final class SkyPolygon implements SkyRegion {
  private static final double RAD = Math.PI / 180;

  private final double[][] corners;
  private final double[] middle;
  private final double[] u;
  private final double[] v;

  /**
   * @param raDeg of the corners, three or more
   */
  public SkyPolygon(double[] raDeg, double[] decDeg) {
    if (raDeg.length < 3 || raDeg.length != decDeg.length) {
      throw new IllegalArgumentException("a polygon of " + raDeg.length + " corners");
    }
    corners = new double[raDeg.length][];
    middle = new double[3];
    for (int i = 0; i < raDeg.length; i++) {
      if (!Double.isFinite(raDeg[i]) || !(Math.abs(decDeg[i]) <= 90)) {
        throw new IllegalArgumentException("no place: " + raDeg[i] + ", " + decDeg[i]);
      }
      corners[i] = vector(raDeg[i], decDeg[i]);
      for (int c = 0; c < 3; c++) {
        middle[c] += corners[i][c];
      }
    }
    double length = Math.sqrt(dot(middle, middle));
    for (int c = 0; c < 3; c++) {
      middle[c] /= length;
    }
    for (double[] corner : corners) {
      if (!(dot(corner, middle) > 0)) {
        throw new IllegalArgumentException("a polygon wider than a hemisphere");
      }
    }
    // Two directions across the middle; which, doesn't matter.
    double[] axis = Math.abs(middle[2]) < 0.9 ? new double[] {0, 0, 1} : new double[] {1, 0, 0};
    u = unit(cross(axis, middle));
    v = cross(middle, u);
  }

  private static double[] vector(double ra, double dec) {
    double cos = Math.cos(dec * RAD);
    return new double[] {cos * Math.cos(ra * RAD), cos * Math.sin(ra * RAD), Math.sin(dec * RAD)};
  }

  private static double dot(double[] a, double[] b) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  }

  @Override
  public boolean contains(double raDeg, double decDeg) {
    double[] p = vector(raDeg, decDeg);
    if (!(dot(p, middle) > 0)) {
      return false;
    }
    // On the plane that touches the sphere in the middle great circles are lines (gnomonic).
    double[] at = onPlane(p);
    boolean inside = false;
    double[] a = onPlane(corners[corners.length - 1]);
    for (double[] corner : corners) {
      double[] b = onPlane(corner);
      double cross = (b[0] - a[0]) * (at[1] - a[1]) - (b[1] - a[1]) * (at[0] - a[0]);
      boolean between =
          Math.min(a[0], b[0]) <= at[0]
              && at[0] <= Math.max(a[0], b[0])
              && Math.min(a[1], b[1]) <= at[1]
              && at[1] <= Math.max(a[1], b[1]);
      if (cross == 0 && between) {
        return true;
      }
      if (a[1] > at[1] != b[1] > at[1] && cross < 0 == b[1] < a[1]) {
        inside = !inside;
      }
      a = b;
    }
    return inside;
  }

  private double[] onPlane(double[] p) {
    double along = dot(p, middle);
    return new double[] {dot(p, u) / along, dot(p, v) / along};
  }

  private static double[] cross(double[] a, double[] b) {
    return new double[] {
      a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]
    };
  }

  private static double[] unit(double[] a) {
    double length = Math.sqrt(dot(a, a));
    return new double[] {a[0] / length, a[1] / length, a[2] / length};
  }

  /** Distance from a place to the rim, degrees. */
  private double toRim(double raDeg, double decDeg) {
    double[] p = vector(raDeg, decDeg);
    double least = Math.PI;
    double[] a = corners[corners.length - 1];
    for (double[] b : corners) {
      double[] pole = cross(a, b);
      double length = Math.sqrt(dot(pole, pole));
      double near = Math.min(angle(p, a), angle(p, b));
      if (length > 0) {
        double[] n = {pole[0] / length, pole[1] / length, pole[2] / length};
        if (dot(cross(n, a), p) >= 0 && dot(cross(b, n), p) >= 0) {
          near = Math.abs(Math.asin(Math.max(-1, Math.min(1, dot(n, p)))));
        }
      }
      least = Math.min(least, near);
      a = b;
    }
    return least / RAD;
  }

  private static double angle(double[] a, double[] b) {
    double[] c = cross(a, b);
    return Math.atan2(Math.sqrt(dot(c, c)), dot(a, b));
  }

  @Override
  public boolean mayMeet(double ra, double dec, double reachDeg) {
    return contains(ra, dec) || toRim(ra, dec) <= reachDeg * (1 + 1e-9) + 1e-9;
  }

  @Override
  public boolean surrounds(double ra, double dec, double reachDeg) {
    return contains(ra, dec) && toRim(ra, dec) > reachDeg * (1 + 1e-9) + 1e-9;
  }
}
