package org.cornerturn.source;

import java.io.Serializable;
import org.cornerturn.sky.GaussianBeam;
import org.cornerturn.sky.Wcs;

/**
 * Shape of an elliptical Gaussian in pixels: its covariance, exp(-d' C^-1 d / 2).
 *
 * @param xx variance along x, squared pixels
 * @param xy covariance
 * @param yy variance along y
 */
public record PixelShape(double xx, double xy, double yy) implements Serializable {
  private static final double EIGHT_LN_2 = 8 * Math.log(2);

  public PixelShape {
    if (!(xx > 0 && yy > 0 && xx * yy - xy * xy > 0)) {
      throw new IllegalArgumentException("a covariance of " + xx + " " + xy + " " + yy);
    }
  }

  /** A beam as it looks in an image, as its projection has it at the reference. */
  public static PixelShape of(GaussianBeam beam, Wcs wcs) {
    double s = Math.sin(beam.positionAngleRad());
    double c = Math.cos(beam.positionAngleRad());
    double major = beam.majorRad() * beam.majorRad() / EIGHT_LN_2;
    double minor = beam.minorRad() * beam.minorRad() / EIGHT_LN_2;
    double ee = major * s * s + minor * c * c;
    double nn = major * c * c + minor * s * s;
    double en = (major - minor) * s * c;
    double det = wcs.xx() * wcs.yy() - wcs.xy() * wcs.yx();
    return mapped(ee, en, nn, wcs.yy() / det, -wcs.xy() / det, -wcs.yx() / det, wcs.xx() / det);
  }

  /** Covariance C in other coordinates: M C M'. */
  private static PixelShape mapped(
      double xx, double xy, double yy, double a, double b, double c, double d) {
    return new PixelShape(
        a * a * xx + 2 * a * b * xy + b * b * yy,
        a * c * xx + (a * d + b * c) * xy + b * d * yy,
        c * c * xx + 2 * c * d * xy + d * d * yy);
  }

  /**
   * The shape on the sky.
   *
   * @param matrix (east by x, east by y, north by x, north by y), radians per pixel
   */
  public GaussianBeam sky(double[] matrix) {
    PixelShape s = mapped(xx, xy, yy, matrix[0], matrix[1], matrix[2], matrix[3]);
    double mean = (s.xx + s.yy) / 2;
    double spread = Math.hypot((s.yy - s.xx) / 2, s.xy);
    double angle = spread > 0 ? Math.atan2(s.xy, (s.yy - s.xx) / 2) / 2 : 0;
    return new GaussianBeam(
        Math.sqrt(EIGHT_LN_2 * (mean + spread)),
        Math.sqrt(EIGHT_LN_2 * Math.max(0, mean - spread)),
        angle);
  }

  /** Full width at half maximum of the long axis, pixels. */
  public double major() {
    double mean = (xx + yy) / 2;
    return Math.sqrt(EIGHT_LN_2 * (mean + Math.hypot((xx - yy) / 2, xy)));
  }

  /** The same of the short axis. */
  public double minor() {
    return EIGHT_LN_2 * Math.sqrt(determinant()) / major();
  }

  /** Angle of the long axis, from x towards y, radians. */
  public double angle() {
    return Math.atan2(2 * xy, xx - yy) / 2;
  }

  public double determinant() {
    return xx * yy - xy * xy;
  }

  /** Integral of a Gaussian of height 1, pixels. */
  public double area() {
    return 2 * Math.PI * Math.sqrt(determinant());
  }

  /** Elements xx, xy, yy of the covariance's inverse. */
  double[] inverse() {
    double det = determinant();
    return new double[] {yy / det, -xy / det, xx / det};
  }
}
