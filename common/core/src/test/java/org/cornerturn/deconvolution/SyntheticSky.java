package org.cornerturn.deconvolution;

import java.util.Random;

/** Dirty images whose truth is known: a round main lobe of 2 pixels (sigma) and ringing. */
final class SyntheticSky {
  static final int SIDE = 96;
  private static final int REACH = SIDE / 2 - 1;

  final float[] psf = new float[SIDE * SIDE];
  final float[] dirty = new float[SIDE * SIDE];
  private final double stretch;

  /** The response by distances from -SIDE to SIDE: the exact sums ask for it millions of times. */
  private final double[] responses = new double[(2 * SIDE + 1) * (2 * SIDE + 1)];

  /**
   * @param stretch of the point spread function: longer waves see less detail
   */
  SyntheticSky(double stretch) {
    this.stretch = stretch;
    for (int dy = -SIDE; dy <= SIDE; dy++) {
      for (int dx = -SIDE; dx <= SIDE; dx++) {
        responses[(dy + SIDE) * (2 * SIDE + 1) + dx + SIDE] = computed(dx, dy);
      }
    }
    for (int i = 0; i < psf.length; i++) {
      psf[i] = (float) response(i % SIDE - SIDE / 2, i / SIDE - SIDE / 2);
    }
  }

  private double response(int dx, int dy) {
    return responses[(dy + SIDE) * (2 * SIDE + 1) + dx + SIDE];
  }

  private double computed(double dx, double dy) {
    if (Math.hypot(dx, dy) > REACH) {
      return 0;
    }
    double r2 = (dx * dx + dy * dy) / (stretch * stretch);
    return 0.85 * Math.exp(-r2 / 8) + 0.15 * Math.cos(0.9 * dx / stretch) * Math.exp(-r2 / 200);
  }

  SyntheticSky point(int x, int y, double flux) {
    for (int i = 0; i < dirty.length; i++) {
      dirty[i] += (float) (flux * response(i % SIDE - x, i / SIDE - y));
    }
    return this;
  }

  /** A round Gaussian of a standard deviation, as points on every pixel. */
  SyntheticSky extended(int x, int y, double sigma, double flux) {
    int reach = (int) (4 * sigma);
    for (int dy = -reach; dy <= reach; dy++) {
      for (int dx = -reach; dx <= reach; dx++) {
        double part = Math.exp(-(dx * dx + dy * dy) / (2 * sigma * sigma));
        point(x + dx, y + dy, flux * part / (2 * Math.PI * sigma * sigma));
      }
    }
    return this;
  }

  SyntheticSky noise(double sigma, long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < dirty.length; i++) {
      dirty[i] += (float) (sigma * random.nextGaussian());
    }
    return this;
  }

  /** What is left of the dirty image without a model, by the sum itself. */
  float[] less(float[] model) {
    float[] out = dirty.clone();
    for (int m = 0; m < model.length; m++) {
      if (model[m] != 0) {
        for (int i = 0; i < out.length; i++) {
          out[i] -= (float) (model[m] * response(i % SIDE - m % SIDE, i / SIDE - m / SIDE));
        }
      }
    }
    return out;
  }

  static double sum(float[] plane, int x, int y, int reach) {
    double sum = 0;
    for (int j = y - reach; j <= y + reach; j++) {
      for (int i = x - reach; i <= x + reach; i++) {
        sum += plane[j * SIDE + i];
      }
    }
    return sum;
  }

  static double largest(float[] plane) {
    double out = 0;
    for (float v : plane) {
      out = Math.max(out, Math.abs(v));
    }
    return out;
  }
}
