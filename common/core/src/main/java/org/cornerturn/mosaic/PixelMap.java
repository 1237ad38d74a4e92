package org.cornerturn.mosaic;

import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.sky.Wcs;

/** Pixels of one image as pixels of another: a rotation of direction cosines, no angles. */
final class PixelMap {
  private final Wcs from;
  private final Wcs to;
  private final double[] turn;
  private final double[] lmn = new double[3];

  PixelMap(Wcs from, Wcs to) {
    this.from = from;
    this.to = to;
    double[][] a = axes(from.reference());
    double[][] b = axes(to.reference());
    turn = new double[9];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        turn[3 * i + j] = b[i][0] * a[j][0] + b[i][1] * a[j][1] + b[i][2] * a[j][2];
      }
    }
  }

  /** East, north and centre as vectors of the equatorial frame. */
  private static double[][] axes(IcrsDirection d) {
    double sa = Math.sin(d.raRad());
    double ca = Math.cos(d.raRad());
    double sd = Math.sin(d.decRad());
    double cd = Math.cos(d.decRad());
    return new double[][] {{-sa, ca, 0}, {-sd * ca, -sd * sa, cd}, {cd * ca, cd * sa, sd}};
  }

  /**
   * @param pixel receives x, y of the other image; NaN where there is none
   * @return whether there is one
   */
  boolean map(double x, double y, double[] pixel) {
    if (!from.cosines(x, y, lmn)) {
      pixel[0] = Double.NaN;
      pixel[1] = Double.NaN;
      return false;
    }
    double l = turn[0] * lmn[0] + turn[1] * lmn[1] + turn[2] * lmn[2];
    double m = turn[3] * lmn[0] + turn[4] * lmn[1] + turn[5] * lmn[2];
    double n = turn[6] * lmn[0] + turn[7] * lmn[1] + turn[8] * lmn[2];
    return to.pixel(l, m, n, pixel);
  }
}
