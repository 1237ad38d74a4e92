package org.cornerturn.crossmatch;

import org.cornerturn.catalogue.Separation;

/**
 * Rows in zones of declination, in each by right ascension (Gray, Nieto-Santisteban, Szalay 2006,
 * MSR-TR-2006-52). A search looks at the zones that a circle reaches, and in each at as much right
 * ascension as the circle has: exact over the poles and through 0, and no slower where rows crowd
 * than their number makes it.
 */
public final class ZoneIndex {
  private static final double RAD = Math.PI / 180;
  private static final int RA_BITS = 40;
  private static final double RA_SCALE = (1L << RA_BITS) / 360.0;

  /** More than keys round right ascensions by. */
  private static final double SLACK = 2 / RA_SCALE;

  private static final int MOST_ZONES = 1 << 22;

  private final double radiusDeg;
  private final double south;
  private final double height;
  private final int[] starts;
  private final double[] ra;
  private final double[] dec;
  private final int[] row;

  /**
   * @param radiusDeg of searches; 0 to 180
   */
  public ZoneIndex(SkyPoints points, double radiusDeg) {
    this.radiusDeg = radiusDeg;
    int n = points.count();
    double least = 90;
    double most = -90;
    for (double d : points.decDeg()) {
      least = Math.min(least, d);
      most = Math.max(most, d);
    }
    double span = Math.max(0, most - least);
    south = least;
    height = Math.max(Math.max(radiusDeg, span / Math.max(1, Math.min(MOST_ZONES, n / 2))), 1e-9);
    int zones = (int) Math.min(MOST_ZONES, (long) (span / height) + 1);
    long[] keys = new long[n];
    starts = new int[zones + 1];
    for (int i = 0; i < n; i++) {
      int zone = Math.min(zones - 1, (int) ((points.decDeg()[i] - south) / height));
      starts[zone + 1]++;
      keys[i] =
          (long) zone << RA_BITS
              | Math.min((1L << RA_BITS) - 1, (long) (points.raDeg()[i] * RA_SCALE));
    }
    for (int z = 0; z < zones; z++) {
      starts[z + 1] += starts[z];
    }
    row = KeyOrder.of(keys);
    ra = new double[n];
    dec = new double[n];
    for (int i = 0; i < n; i++) {
      ra[i] = points.raDeg()[row[i]];
      dec[i] = points.decDeg()[row[i]];
    }
  }

  /** Bytes that an index of so many rows takes while it is made. */
  public static long bytes(long rows) {
    return rows * (2 * Long.BYTES + 2 * Integer.BYTES + 2 * Double.BYTES + Integer.BYTES);
  }

  /** Rows in the order of zones, in which searches are quick one after the other. */
  public int[] order() {
    return row;
  }

  /** Receives what a search finds. */
  @FunctionalInterface
  public interface Found {
    /**
     * @param row of the points that the index was made of
     */
    void at(int row, double separationDeg);
  }

  /** Every row within the radius of a place, the rim included; in no order. */
  public void search(double raDeg, double decDeg, Found found) {
    if (row.length == 0) {
      return;
    }
    double slack = radiusDeg + 1e-12;
    int zones = starts.length - 1;
    long first = (long) Math.floor((decDeg - slack - south) / height);
    long last = (long) Math.floor((decDeg + slack - south) / height);
    if (last < 0 || first >= zones) {
      return;
    }
    double half = 180;
    if (Math.abs(decDeg) + slack < 90) {
      half = Math.asin(Math.min(1, Math.sin(slack * RAD) / Math.cos(decDeg * RAD))) / RAD + SLACK;
    }
    for (int z = (int) Math.max(0, first); z <= Math.min(zones - 1, last); z++) {
      if (half >= 180) {
        scan(z, 0, 360, raDeg, decDeg, found);
      } else {
        double west = raDeg - half;
        double east = raDeg + half;
        if (west < 0) {
          scan(z, west + 360, 360, raDeg, decDeg, found);
          scan(z, 0, east, raDeg, decDeg, found);
        } else if (east >= 360) {
          scan(z, west, 360, raDeg, decDeg, found);
          scan(z, 0, east - 360, raDeg, decDeg, found);
        } else {
          scan(z, west, east, raDeg, decDeg, found);
        }
      }
    }
  }

  private void scan(int zone, double west, double east, double raDeg, double decDeg, Found found) {
    int low = starts[zone];
    int high = starts[zone + 1];
    int end = high;
    double from = west - SLACK;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ra[middle] < from) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    double near = radiusDeg + 1e-12;
    for (int i = low; i < end && ra[i] <= east + SLACK; i++) {
      if (ra[i] >= west && ra[i] <= east && Math.abs(dec[i] - decDeg) <= near) {
        double separation = Separation.degrees(raDeg, decDeg, ra[i], dec[i]);
        if (separation <= radiusDeg) {
          found.at(row[i], separation);
        }
      }
    }
  }
}
