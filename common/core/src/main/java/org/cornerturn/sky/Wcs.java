package org.cornerturn.sky;

import java.io.Serializable;
import org.cornerturn.radio.IcrsDirection;

/**
 * Where the pixels of an image lie among the stars. Pixels are counted from 0: (0, 0) is the middle
 * of the first pixel of a FITS file, x along its first axis, so FITS's own numbers are larger by
 * one. The plane's coordinates (radians, east and north) are the matrix times the offset from the
 * reference pixel:
 *
 * <pre>
 * east  = xx (x - referenceX) + xy (y - referenceY)
 * north = yx (x - referenceX) + yy (y - referenceY)
 * </pre>
 *
 * @param reference the direction at the reference pixel
 */
public record Wcs(
    Projection projection,
    IcrsDirection reference,
    double referenceX,
    double referenceY,
    double xx,
    double xy,
    double yx,
    double yy)
    implements Serializable {

  public Wcs {
    double size = Math.max(Math.abs(xx * yy), Math.abs(xy * yx));
    if (!(Math.abs(xx * yy - xy * yx) > 1e-9 * size) || Double.isInfinite(size)) {
      throw new IllegalArgumentException(
          "a matrix of " + xx + " " + xy + " " + yx + " " + yy + " can't be inverted");
    }
  }

  /**
   * An interferometer's image: SIN, north up and east to the left, the phase centre at pixel (width
   * / 2, height / 2) (CRPIX = N / 2 + 1).
   *
   * @param cellRad side of a pixel at the centre
   */
  public static Wcs centred(IcrsDirection centre, int width, int height, double cellRad) {
    return new Wcs(Projection.SIN, centre, width / 2, height / 2, -cellRad, 0, 0, cellRad);
  }

  /** The same sky in a part of the image whose first pixel is (x, y) of this one. */
  public Wcs shifted(double x, double y) {
    return new Wcs(projection, reference, referenceX - x, referenceY - y, xx, xy, yx, yy);
  }

  /** The same sky in pixels of {@code factor} by {@code factor} of these. */
  public Wcs binned(int factor) {
    double half = (factor - 1) / 2.0;
    return new Wcs(
        projection,
        reference,
        (referenceX - half) / factor,
        (referenceY - half) / factor,
        xx * factor,
        xy * factor,
        yx * factor,
        yy * factor);
  }

  /** Solid angle of the pixel at the reference, in steradians. */
  public double pixelArea() {
    return Math.abs(xx * yy - xy * yx);
  }

  /** Side of a square pixel of that solid angle, in radians. */
  public double cellRad() {
    return Math.sqrt(pixelArea());
  }

  /**
   * Direction cosines of a pixel about the reference direction.
   *
   * @param lmn receives l, m, n; NaN where the pixel shows no sky
   * @return whether the pixel shows any sky
   */
  public boolean cosines(double x, double y, double[] lmn) {
    double dx = x - referenceX;
    double dy = y - referenceY;
    return projection.cosines(xx * dx + xy * dy, yx * dx + yy * dy, lmn);
  }

  /**
   * Pixel of a direction.
   *
   * @param pixel receives x, y; NaN for a direction that the projection doesn't show
   * @return whether it shows it
   */
  public boolean pixel(double l, double m, double n, double[] pixel) {
    boolean shown = projection.place(l, m, n, pixel);
    double determinant = xx * yy - xy * yx;
    double east = pixel[0];
    double north = pixel[1];
    pixel[0] = referenceX + (yy * east - xy * north) / determinant;
    pixel[1] = referenceY + (xx * north - yx * east) / determinant;
    return shown;
  }

  /** The direction of a pixel; NaN where it shows no sky. */
  public IcrsDirection direction(double x, double y) {
    double[] lmn = new double[3];
    return cosines(x, y, lmn)
        ? reference.at(lmn[0], lmn[1])
        : new IcrsDirection(Double.NaN, Double.NaN);
  }

  /** Pixel (x, y) of a direction; NaN for one that the projection doesn't show. */
  public double[] pixel(IcrsDirection direction) {
    double[] lmn = direction.cosines(reference);
    double[] out = new double[2];
    pixel(lmn[0], lmn[1], lmn[2], out);
    return out;
  }
}
