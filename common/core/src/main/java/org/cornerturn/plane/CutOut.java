package org.cornerturn.plane;

import java.util.Arrays;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.sky.Wcs;

/**
 * A rectangle of an image's pixels, which may reach beyond it.
 *
 * @param x column of its first pixel in the image
 * @param y row of its first pixel
 */
public record CutOut(int x, int y, int width, int height) {
  public CutOut {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException("a cut-out of " + width + " x " + height);
    }
  }

  /**
   * The square about a direction whose middle pixel, (side / 2, side / 2), is nearest to it.
   *
   * @param side pixels
   * @throws IllegalArgumentException for a direction that the image's projection doesn't show
   */
  public static CutOut about(IcrsDirection direction, Wcs wcs, int side) {
    double[] pixel = wcs.pixel(direction);
    if (!(Math.abs(pixel[0]) < 1e9 && Math.abs(pixel[1]) < 1e9)) {
      throw new IllegalArgumentException("the image doesn't show " + direction);
    }
    return new CutOut(
        (int) Math.rint(pixel[0]) - side / 2, (int) Math.rint(pixel[1]) - side / 2, side, side);
  }

  /** Whether it has any pixel of an image. */
  public boolean meets(int imageWidth, int imageHeight) {
    return x < imageWidth && y < imageHeight && x + (long) width > 0 && y + (long) height > 0;
  }

  /** Where its pixels lie. */
  public Wcs wcs(Wcs image) {
    return image.shifted(x, y);
  }

  /** Its pixels; NaN beyond the image. */
  public float[] of(float[] image, int imageWidth, int imageHeight) {
    float[] out = new float[Math.multiplyExact(width, height)];
    Arrays.fill(out, Float.NaN);
    int from = Math.max(0, -x);
    int to = (int) Math.min(width, (long) imageWidth - x);
    for (int j = 0; j < height; j++) {
      long row = (long) y + j;
      if (row >= 0 && row < imageHeight && from < to) {
        System.arraycopy(
            image, (int) row * imageWidth + x + from, out, j * width + from, to - from);
      }
    }
    return out;
  }

  /**
   * A smaller picture of a plane: means of squares of pixels, blank ones left out.
   *
   * @param factor pixels along a side of a square; those at the end may be smaller
   * @return (ceil(height / factor), ceil(width / factor)), as {@link Wcs#binned} has it
   */
  public static float[] thumbnail(float[] plane, int width, int height, int factor) {
    int w = (width + factor - 1) / factor;
    int h = (height + factor - 1) / factor;
    double[] sum = new double[w * h];
    int[] count = new int[w * h];
    for (int i = 0; i < plane.length; i++) {
      if (!Float.isNaN(plane[i])) {
        int to = i / width / factor * w + i % width / factor;
        sum[to] += plane[i];
        count[to]++;
      }
    }
    float[] out = new float[w * h];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) (sum[i] / count[i]);
    }
    return out;
  }
}
