package org.cornerturn.imaging;

import java.util.Random;

/** Visibilities of tests, and sums by their definition. */
final class DirectSum {
  private static final double SPEED_OF_LIGHT = 299_792_458.0;

  private DirectSum() {}

  /** (row, 3) with u, v evenly in +-uv metres and w in +-w metres. */
  static double[] uvw(long seed, int rows, double uv, double w) {
    Random random = new Random(seed);
    double[] uvw = new double[3 * rows];
    for (int i = 0; i < uvw.length; i++) {
      uvw[i] = (2 * random.nextDouble() - 1) * (i % 3 == 2 ? w : uv);
    }
    return uvw;
  }

  static float[] noise(long seed, int count) {
    Random random = new Random(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  static float[] weights(long seed, int count) {
    Random random = new Random(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = 0.5f + random.nextFloat();
    }
    return values;
  }

  /** sum of w Re(V exp(-2 pi i nu/c (u l + v m + w (n - 1)))) / sum of w, by pixel. */
  static double[] dirty(ImageGeometry geometry, UvBlock block, int image) {
    double[] pixels = new double[geometry.width() * geometry.height()];
    double total = 0;
    for (float w : block.weight()[image]) {
      total += w;
    }
    for (int y = 0; y < geometry.height(); y++) {
      for (int x = 0; x < geometry.width(); x++) {
        double sum = 0;
        for (int at = 0; at < block.samples(); at++) {
          double phase = -phase(geometry, block, at, x, y);
          sum +=
              block.weight()[image][at]
                  * (block.re()[image][at] * Math.cos(phase)
                      - block.im()[image][at] * Math.sin(phase));
        }
        pixels[y * geometry.width() + x] = sum / total;
      }
    }
    return pixels;
  }

  /** 2 pi nu/c (u l + v m + w (n - 1)) of a sample in the direction of a pixel. */
  static double phase(ImageGeometry geometry, UvBlock block, int at, double x, double y) {
    double l = geometry.l(x);
    double m = geometry.m(y);
    double n = Math.sqrt(1 - l * l - m * m);
    int row = at / block.channels();
    double[] uvw = block.uvwMetres();
    double delay = uvw[3 * row] * l + uvw[3 * row + 1] * m + uvw[3 * row + 2] * (n - 1);
    return 2 * Math.PI * block.frequencyHz()[at % block.channels()] / SPEED_OF_LIGHT * delay;
  }

  /** Of two images, the root mean square difference over that of the second. */
  static double error(double[] image, double[] truth) {
    double difference = 0;
    double power = 0;
    for (int i = 0; i < truth.length; i++) {
      difference += (image[i] - truth[i]) * (image[i] - truth[i]);
      power += truth[i] * truth[i];
    }
    return Math.sqrt(difference / power);
  }
}
