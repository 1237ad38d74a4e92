package org.cornerturn.source;

import org.cornerturn.plane.CutOut;

/** Puts sources into images, to see what is measured of them. */
public final class Injection {
  /** Squared widths beyond which nothing is added. */
  private static final double FARTHEST = 50;

  private Injection() {}

  /**
   * Adds a Gaussian.
   *
   * @param plane pixels of the window, (y, x)
   * @param x place in the image
   */
  public static void add(
      float[] plane, CutOut window, double x, double y, double peak, PixelShape shape) {
    double[] q = shape.inverse();
    int rx = (int) Math.ceil(Math.sqrt(FARTHEST * shape.xx()));
    int ry = (int) Math.ceil(Math.sqrt(FARTHEST * shape.yy()));
    int y0 = Math.max(window.y(), (int) Math.floor(y) - ry);
    int y1 = Math.min(window.y() + window.height() - 1, (int) Math.ceil(y) + ry);
    int x0 = Math.max(window.x(), (int) Math.floor(x) - rx);
    int x1 = Math.min(window.x() + window.width() - 1, (int) Math.ceil(x) + rx);
    for (int j = y0; j <= y1; j++) {
      for (int i = x0; i <= x1; i++) {
        double dx = i - x;
        double dy = j - y;
        double e = q[0] * dx * dx + 2 * q[1] * dx * dy + q[2] * dy * dy;
        if (e < FARTHEST) {
          int at = (j - window.y()) * window.width() + i - window.x();
          plane[at] += (float) (peak * Math.exp(-e / 2));
        }
      }
    }
  }
}
