package org.cornerturn.plane;

/**
 * Noise about each pixel: the median absolute deviation in boxes on a lattice, between their
 * middles by straight lines in both directions.
 */
public final class NoiseMap {
  private NoiseMap() {}

  /**
   * @param plane (height, width); NaN doesn't count
   * @param box side of a box in pixels; boxes lie half of it apart
   * @return rms of each pixel; NaN where its boxes have nothing
   */
  public static float[] of(float[] plane, int width, int height, int box) {
    if (box < 4) {
      throw new IllegalArgumentException("noise in boxes of " + box + " pixels");
    }
    int step = Math.max(1, box / 2);
    int across = nodes(width, step);
    int down = nodes(height, step);
    double[] rms = new double[across * down];
    float[] values = new float[Math.multiplyExact(Math.min(box, width), Math.min(box, height))];
    for (int j = 0; j < down; j++) {
      for (int i = 0; i < across; i++) {
        int x0 = start(i, across, width, box);
        int y0 = start(j, down, height, box);
        int w = Math.min(box, width);
        int h = Math.min(box, height);
        for (int y = 0; y < h; y++) {
          System.arraycopy(plane, (y0 + y) * width + x0, values, y * w, w);
        }
        rms[j * across + i] = RobustNoise.of(values, 0, w * h).rms();
      }
    }
    return between(rms, across, down, width, height, box);
  }

  private static int nodes(int length, int step) {
    return Math.max(2, (length + step - 1) / step);
  }

  /** First pixel of a box: the first begins and the last ends with the image. */
  private static int start(int node, int nodes, int length, int box) {
    int room = Math.max(0, length - box);
    return (int) Math.round((double) room * node / (nodes - 1));
  }

  private static float[] between(
      double[] rms, int across, int down, int width, int height, int box) {
    float[] out = new float[width * height];
    for (int y = 0; y < height; y++) {
      double v = position(y, down, height, box);
      int j = Math.min(down - 2, (int) v);
      double fy = v - j;
      for (int x = 0; x < width; x++) {
        double u = position(x, across, width, box);
        int i = Math.min(across - 2, (int) u);
        double fx = u - i;
        int at = j * across + i;
        double sum = 0;
        double weight = 0;
        for (int k = 0; k < 4; k++) {
          double part = (k % 2 == 0 ? 1 - fx : fx) * (k / 2 == 0 ? 1 - fy : fy);
          double r = rms[at + k / 2 * across + k % 2];
          if (part > 0 && !Double.isNaN(r)) {
            sum += part * r;
            weight += part;
          }
        }
        out[y * width + x] = (float) (weight > 0 ? sum / weight : Double.NaN);
      }
    }
    return out;
  }

  /** Place of a pixel on the lattice of the boxes' middles. */
  private static double position(int pixel, int nodes, int length, int box) {
    int room = Math.max(0, length - box);
    if (room == 0) {
      return 0;
    }
    double offset = pixel - (Math.min(box, length) - 1) / 2.0;
    return Math.max(0, Math.min(nodes - 1.0, offset * (nodes - 1) / room));
  }
}
