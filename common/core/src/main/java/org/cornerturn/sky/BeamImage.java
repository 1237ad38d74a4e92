package org.cornerturn.sky;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The power pattern of an antenna as an image that moves with where it points: the image's
 * reference pixel is the middle of the beam. Between pixels and between planes it is linear; beyond
 * the first and last plane it is theirs. Outside the image, at NaN and behind the antenna nothing
 * is received.
 */
public final class BeamImage implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Wcs wcs;
  private final int width;
  private final int height;
  private final double[] frequencyHz;
  private final float[] power;

  /**
   * @param frequencyHz of the planes, ascending
   * @param power (frequency, y, x), 1 in the middle of the beam
   */
  public BeamImage(Wcs wcs, int width, int height, double[] frequencyHz, float[] power) {
    if (power.length != frequencyHz.length * width * height || power.length == 0) {
      throw new IllegalArgumentException("a beam of " + power.length + " pixels");
    }
    this.wcs = wcs;
    this.width = width;
    this.height = height;
    this.frequencyHz = frequencyHz.clone();
    this.power = power.clone();
  }

  /**
   * Response in a direction.
   *
   * @param lmn direction cosines about where the antenna points
   */
  public double power(double[] lmn, double hertz) {
    double[] pixel = new double[2];
    if (!(lmn[2] > 0) || !wcs.pixel(lmn[0], lmn[1], lmn[2], pixel)) {
      return 0;
    }
    int last = frequencyHz.length - 1;
    int after = Arrays.binarySearch(frequencyHz, hertz);
    after = after < 0 ? -after - 1 : after;
    if (after == 0 || after > last) {
      return plane(Math.min(after, last), pixel);
    }
    double step = frequencyHz[after] - frequencyHz[after - 1];
    double share = (hertz - frequencyHz[after - 1]) / step;
    return (1 - share) * plane(after - 1, pixel) + share * plane(after, pixel);
  }

  private double plane(int plane, double[] pixel) {
    if (!(pixel[0] >= 0 && pixel[1] >= 0 && pixel[0] <= width - 1 && pixel[1] <= height - 1)) {
      return 0;
    }
    int x = (int) Math.min(width - 2, pixel[0]);
    int y = (int) Math.min(height - 2, pixel[1]);
    double dx = pixel[0] - x;
    double dy = pixel[1] - y;
    int at = (plane * height + y) * width + x;
    double below = (1 - dx) * power[at] + dx * power[at + 1];
    double above = (1 - dx) * power[at + width] + dx * power[at + width + 1];
    double value = (1 - dy) * below + dy * above;
    return Double.isNaN(value) ? 0 : value;
  }

  /** What tells it from others. */
  @Override
  public String toString() {
    return wcs
        + " "
        + width
        + " "
        + height
        + " "
        + Arrays.toString(frequencyHz)
        + " "
        + Arrays.hashCode(power);
  }
}
