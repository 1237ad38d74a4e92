package org.cornerturn.imaging;

import java.io.Serializable;

/**
 * Pixels of an image in the orthographic (SIN) projection about the phase centre.
 *
 * <p>Pixel (x, y) counts from 0, x fastest; pixel (0, 0) is the first of a FITS file. x grows to
 * the west, as right ascension falls, and y to the north: l = (width / 2 - x) scale, m = (y -
 * height / 2) scale. The phase centre is in the middle of pixel (width / 2, height / 2), which FITS
 * calls (width / 2 + 1, height / 2 + 1).
 *
 * <p>A facet is a part of an image: its middle is another pixel of the same projection.
 *
 * @param width pixels along x, even
 * @param height pixels along y, even
 * @param pixelRad side of a pixel in l and m, radians at the phase centre
 * @param middleL l of pixel (width / 2, height / 2), 0 for a whole image
 * @param middleM m of that pixel
 */
public record ImageGeometry(int width, int height, double pixelRad, double middleL, double middleM)
    implements Serializable {
  /** A whole image, its middle the phase centre. */
  public ImageGeometry(int width, int height, double pixelRad) {
    this(width, height, pixelRad, 0, 0);
  }

  public ImageGeometry {
    if (width < 2 || height < 2 || width % 2 != 0 || height % 2 != 0) {
      throw new IllegalArgumentException(
          "an image of " + width + " x " + height + " pixels: sides are even and at least 2");
    }
    if (!(pixelRad > 0)) {
      throw new IllegalArgumentException("pixels of " + pixelRad + " rad");
    }
    double reach =
        Math.hypot(
            Math.abs(middleL) + width / 2.0 * pixelRad,
            Math.abs(middleM) + height / 2.0 * pixelRad);
    if (!(reach < 1)) {
      throw new IllegalArgumentException(
          "the corners are " + reach + " from the centre: beyond the visible hemisphere");
    }
  }

  /** l of a column of pixels, direction cosine to the east. */
  public double l(double x) {
    return middleL + (width / 2 - x) * pixelRad;
  }

  /** m of a row of pixels, direction cosine to the north. */
  public double m(double y) {
    return middleM + (y - height / 2) * pixelRad;
  }

  /** n - 1 in the direction (l, m), without the difference of nearly equal numbers. */
  public static double nMinusOne(double l, double m) {
    double r = l * l + m * m;
    return -r / (1 + Math.sqrt(1 - r));
  }

  /** The least n - 1 in the image: that of the corner that is furthest from the phase centre. */
  public double leastNMinusOne() {
    return nMinusOne(mostL(), mostM());
  }

  /** The largest n - 1: that of the pixel that is nearest to the phase centre. */
  public double mostNMinusOne() {
    return nMinusOne(nearest(l(0), l(width - 1)), nearest(m(0), m(height - 1)));
  }

  /** The largest |l|. */
  public double mostL() {
    return Math.max(Math.abs(l(0)), Math.abs(l(width - 1)));
  }

  /** The largest |m|. */
  public double mostM() {
    return Math.max(Math.abs(m(0)), Math.abs(m(height - 1)));
  }

  private static double nearest(double a, double b) {
    return a * b <= 0 ? 0 : Math.min(Math.abs(a), Math.abs(b));
  }

  /**
   * A part of the image.
   *
   * @param x its first column, even as all four are
   * @param y its first row
   */
  public ImageGeometry facet(int x, int y, int facetWidth, int facetHeight) {
    return new ImageGeometry(
        facetWidth, facetHeight, pixelRad, l(x + facetWidth / 2), m(y + facetHeight / 2));
  }

  /** How many pixels there are. */
  public long pixels() {
    return (long) width * height;
  }
}
