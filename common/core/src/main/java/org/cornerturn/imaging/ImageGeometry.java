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
 * @param width pixels along x, even
 * @param height pixels along y, even
 * @param pixelRad side of a pixel in l and m, radians at the phase centre
 */
public record ImageGeometry(int width, int height, double pixelRad) implements Serializable {
  public ImageGeometry {
    if (width < 2 || height < 2 || width % 2 != 0 || height % 2 != 0) {
      throw new IllegalArgumentException(
          "an image of " + width + " x " + height + " pixels: sides are even and at least 2");
    }
    if (!(pixelRad > 0)) {
      throw new IllegalArgumentException("pixels of " + pixelRad + " rad");
    }
    double reach = Math.hypot(width, height) / 2 * pixelRad;
    if (!(reach < 1)) {
      throw new IllegalArgumentException(
          "the corners are " + reach + " from the centre: beyond the visible hemisphere");
    }
  }

  /** l of a column of pixels, direction cosine to the east. */
  public double l(double x) {
    return (width / 2 - x) * pixelRad;
  }

  /** m of a row of pixels, direction cosine to the north. */
  public double m(double y) {
    return (y - height / 2) * pixelRad;
  }

  /** n - 1 in the direction (l, m), without the difference of nearly equal numbers. */
  public static double nMinusOne(double l, double m) {
    double r = l * l + m * m;
    return -r / (1 + Math.sqrt(1 - r));
  }

  /** The least n - 1 in the image: that of its first corner. */
  public double leastNMinusOne() {
    return nMinusOne(l(0), m(0));
  }

  /** How many pixels there are. */
  public long pixels() {
    return (long) width * height;
  }
}
