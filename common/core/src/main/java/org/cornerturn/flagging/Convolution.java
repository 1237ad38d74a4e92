package org.cornerturn.flagging;

/**
 * Convolution with a Gaussian along the steps of a plane of lanes (see {@link Lanes}), piece by
 * piece so that what it works on stays in the fastest cache.
 */
final class Convolution {
  private static final int PIECE = 1024;

  /** Taps from the middle outwards. */
  private final float[] taps;

  private final float[] left = new float[PIECE];
  private final float[] right = new float[PIECE];
  private final float[] farLeft = new float[PIECE];
  private final float[] farRight = new float[PIECE];
  private final float[] sum = new float[PIECE];

  /**
   * @param sigma standard deviation, steps; above 0
   * @param reach standard deviations beyond which nothing counts
   * @param steps of the planes
   */
  Convolution(double sigma, double reach, int steps) {
    int halo = (int) Math.max(0, Math.min(Math.ceil(reach * sigma), steps - 1));
    taps = new float[halo + 1];
    for (int i = 0; i <= halo; i++) {
      taps[i] = (float) Math.exp(-0.5 * (i / sigma) * (i / sigma));
    }
  }

  /** Steps on either side of a plane that are read, too. */
  int halo() {
    return taps.length - 1;
  }

  /**
   * @param from a plane with {@link #halo} steps more before and behind
   * @param to gets the plane
   * @param length elements of the plane
   */
  void apply(float[] from, int lanes, float[] to, int length) {
    for (int at = 0; at < length; at += PIECE) {
      int n = Math.min(PIECE, length - at);
      int middle = at + halo() * lanes;
      System.arraycopy(from, middle, left, 0, n);
      scale(left, taps[0], sum, n);
      int j = 1;
      for (; j + 1 < taps.length; j += 2) {
        int o = j * lanes;
        System.arraycopy(from, middle - o, left, 0, n);
        System.arraycopy(from, middle + o, right, 0, n);
        System.arraycopy(from, middle - o - lanes, farLeft, 0, n);
        System.arraycopy(from, middle + o + lanes, farRight, 0, n);
        add(left, right, taps[j], farLeft, farRight, taps[j + 1], sum, n);
      }
      if (j < taps.length) {
        int o = j * lanes;
        System.arraycopy(from, middle - o, left, 0, n);
        System.arraycopy(from, middle + o, right, 0, n);
        add(left, right, taps[j], sum, n);
      }
      System.arraycopy(sum, 0, to, at, n);
    }
  }

  private static void scale(float[] from, float factor, float[] to, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = factor * from[i];
    }
  }

  private static void add(float[] a, float[] b, float factor, float[] to, int n) {
    for (int i = 0; i < n; i++) {
      to[i] += factor * (a[i] + b[i]);
    }
  }

  private static void add(
      float[] a, float[] b, float f, float[] c, float[] d, float g, float[] to, int n) {
    for (int i = 0; i < n; i++) {
      to[i] += f * (a[i] + b[i]) + g * (c[i] + d[i]);
    }
  }
}
