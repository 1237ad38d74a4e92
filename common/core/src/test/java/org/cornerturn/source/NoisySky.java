package org.cornerturn.source;

import java.util.Random;
import org.cornerturn.plane.CutOut;

/** Images of known noise, correlated as if white noise had been smoothed, and known sources. */
final class NoisySky {
  final int width;
  final int height;
  final float[] plane;

  /**
   * @param smooth standard deviation of the smoothing along x and y, pixels
   */
  NoisySky(int width, int height, double rms, double smooth, long seed) {
    this.width = width;
    this.height = height;
    Random random = new Random(seed);
    int half = (int) Math.ceil(4 * smooth);
    double[] k = new double[2 * half + 1];
    double squares = 0;
    for (int i = 0; i < k.length; i++) {
      k[i] = smooth == 0 ? 1 : Math.exp(-(i - half) * (i - half) / (2 * smooth * smooth));
      squares += k[i] * k[i];
    }
    int w = width + 2 * half;
    int h = height + 2 * half;
    double[] across = new double[h * width];
    double[] line = new double[w];
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        line[x] = random.nextGaussian();
      }
      for (int x = 0; x < width; x++) {
        double sum = 0;
        for (int i = 0; i < k.length; i++) {
          sum += k[i] * line[x + i];
        }
        across[y * width + x] = sum;
      }
    }
    plane = new float[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double sum = 0;
        for (int i = 0; i < k.length; i++) {
          sum += k[i] * across[(y + i) * width + x];
        }
        plane[y * width + x] = (float) (rms * sum / squares);
      }
    }
  }

  CutOut all() {
    return new CutOut(0, 0, width, height);
  }

  void add(double x, double y, double peak, PixelShape shape) {
    Injection.add(plane, all(), x, y, peak, shape);
  }

  float[] part(CutOut window) {
    return window.of(plane, width, height);
  }

  SourceFinder.Found find(PixelShape beam, FindSettings settings) {
    SourceFinder finder = new SourceFinder(width, height, beam, settings);
    return finder.find(plane, all(), finder.reach());
  }

  static PixelShape round(double sigma) {
    return new PixelShape(sigma * sigma, 0, sigma * sigma);
  }
}
