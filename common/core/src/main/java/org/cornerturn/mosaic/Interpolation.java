package org.cornerturn.mosaic;

import java.util.Arrays;

/** How values between pixels are had from those about them: products of weights along x and y. */
public enum Interpolation {
  /** From 2 x 2 pixels, by straight lines. */
  BILINEAR(1) {
    @Override
    double weight(double distance) {
      return Math.max(0, 1 - Math.abs(distance));
    }
  },
  /** From 4 x 4 pixels, by cubics that are right up to squares (Keys 1981). */
  BICUBIC(2) {
    @Override
    double weight(double distance) {
      double d = Math.abs(distance);
      if (d <= 1) {
        return (1.5 * d - 2.5) * d * d + 1;
      }
      return d < 2 ? ((-0.5 * d + 2.5) * d - 4) * d + 2 : 0;
    }
  },
  /** From 6 x 6 pixels, by a windowed sinc, its weights scaled so that their sum is 1. */
  LANCZOS(3) {
    @Override
    double weight(double distance) {
      double d = Math.abs(distance);
      if (d < 1e-9) {
        return 1;
      }
      double a = Math.PI * d;
      return d < 3 ? 3 * Math.sin(a) * Math.sin(a / 3) / (a * a) : 0;
    }
  };

  private final int reach;

  Interpolation(int reach) {
    this.reach = reach;
  }

  abstract double weight(double distance);

  /** Pixels on either side. */
  int reach() {
    return reach;
  }

  /**
   * Weights of the pixels from {@code floor - reach + 1} on.
   *
   * @param fraction of a pixel, in [0, 1)
   * @param out receives 2 reach weights, of sum 1
   */
  void weights(double fraction, double[] out) {
    if (fraction == 0) {
      // The pixel itself, without what rounding leaves of the others.
      Arrays.fill(out, 0);
      out[reach - 1] = 1;
      return;
    }
    double sum = 0;
    for (int i = 0; i < 2 * reach; i++) {
      out[i] = weight(fraction - (i - reach + 1));
      sum += out[i];
    }
    for (int i = 0; i < 2 * reach; i++) {
      out[i] /= sum;
    }
  }
}
