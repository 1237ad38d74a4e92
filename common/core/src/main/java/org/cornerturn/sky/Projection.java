package org.cornerturn.sky;

import java.io.Serializable;
import java.util.Arrays;

/**
 * How the sky lies in the plane that touches it at a reference direction (Calabretta and Greisen
 * 2002, A&A 395, 1077). Plane coordinates are radians at the reference, x to the east and y to the
 * north; (l, m, n) are the direction cosines of {@link org.cornerturn.radio.IcrsDirection#cosines}.
 */
public sealed interface Projection extends Serializable {
  /** The projection of interferometers' images. */
  Projection SIN = new Orthographic(0, 0);

  /** The gnomonic projection. */
  Projection TAN = new Gnomonic();

  /**
   * The projection of an array on an east-west line, which FITS files call {@code NCP}.
   *
   * @param decRad declination of the reference direction, other than 0
   */
  static Projection northCelestialPole(double decRad) {
    if (!(Math.abs(decRad) > 0)) {
      throw new IllegalArgumentException("an NCP projection about declination " + decRad);
    }
    return new Orthographic(0, 1 / Math.tan(decRad));
  }

  /**
   * Direction cosines at a place of the plane.
   *
   * @param lmn receives l, m, n
   * @return false where no direction is; lmn is NaN then
   */
  boolean cosines(double x, double y, double[] lmn);

  /**
   * Place of a direction in the plane.
   *
   * @param xy receives x, y
   * @return false for directions that the projection doesn't show; xy is NaN then
   */
  boolean place(double l, double m, double n, double[] xy);

  /**
   * SIN, slant where xi or eta (PV2_1, PV2_2) isn't 0: x = l + xi (1 - n), y = m + eta (1 - n).
   * Shows the hemisphere about the reference.
   */
  record Orthographic(double xi, double eta) implements Projection {
    @Override
    public boolean cosines(double x, double y, double[] lmn) {
      // k = 1 - n is the smaller root of l^2 + m^2 + n^2 = 1.
      double a = 1 + xi * xi + eta * eta;
      double b = 1 + x * xi + y * eta;
      double c = x * x + y * y;
      double root = b * b - a * c;
      double k = c / (b + Math.sqrt(root));
      if (!(root >= 0 && k <= 1)) {
        return absent(lmn);
      }
      lmn[0] = x - xi * k;
      lmn[1] = y - eta * k;
      lmn[2] = 1 - k;
      return true;
    }

    @Override
    public boolean place(double l, double m, double n, double[] xy) {
      if (!(n >= 0)) {
        return absent(xy);
      }
      // 1 - n without the loss of digits near the reference.
      double k = (l * l + m * m) / (1 + n);
      xy[0] = l + xi * k;
      xy[1] = m + eta * k;
      return true;
    }
  }

  /** TAN: x = l / n, y = m / n. Shows less than the hemisphere about the reference. */
  record Gnomonic() implements Projection {
    @Override
    public boolean cosines(double x, double y, double[] lmn) {
      double n = 1 / Math.sqrt(1 + x * x + y * y);
      lmn[0] = x * n;
      lmn[1] = y * n;
      lmn[2] = n;
      return !Double.isNaN(n);
    }

    @Override
    public boolean place(double l, double m, double n, double[] xy) {
      if (!(n > 0)) {
        return absent(xy);
      }
      xy[0] = l / n;
      xy[1] = m / n;
      return true;
    }
  }

  private static boolean absent(double[] out) {
    Arrays.fill(out, Double.NaN);
    return false;
  }
}
