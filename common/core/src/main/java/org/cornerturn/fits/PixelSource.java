package org.cornerturn.fits;

import java.io.IOException;

/** Pixels in the order of a FITS file, to be had several times. */
public interface PixelSource {
  /**
   * @param first pixel, counted over all planes
   * @param target receives {@code count} pixels; NaN for one that is blank
   */
  void read(long first, double[] target, int count) throws IOException;

  /** Planes of an image in memory, one after the other. */
  static PixelSource of(float[]... planes) {
    return (first, target, count) -> {
      for (int i = 0; i < count; i++) {
        long at = first + i;
        target[i] = planes[(int) (at / planes[0].length)][(int) (at % planes[0].length)];
      }
    };
  }

  /** As {@link #of(float[]...)}, of double precision. */
  static PixelSource of(double[]... planes) {
    return (first, target, count) -> {
      for (int i = 0; i < count; i++) {
        long at = first + i;
        target[i] = planes[(int) (at / planes[0].length)][(int) (at % planes[0].length)];
      }
    };
  }
}
