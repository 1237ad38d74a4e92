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
      int length = planes[0].length;
      for (int done = 0; done < count; ) {
        float[] plane = planes[(int) ((first + done) / length)];
        int at = (int) ((first + done) % length);
        int n = Math.min(count - done, length - at);
        for (int i = 0; i < n; i++) {
          target[done + i] = plane[at + i];
        }
        done += n;
      }
    };
  }

  /** As {@link #of(float[]...)}, of double precision. */
  static PixelSource of(double[]... planes) {
    return (first, target, count) -> {
      int length = planes[0].length;
      for (int done = 0; done < count; ) {
        double[] plane = planes[(int) ((first + done) / length)];
        int at = (int) ((first + done) % length);
        int n = Math.min(count - done, length - at);
        for (int i = 0; i < n; i++) {
          target[done + i] = plane[at + i];
        }
        done += n;
      }
    };
  }
}
