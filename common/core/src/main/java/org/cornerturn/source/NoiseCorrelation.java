package org.cornerturn.source;

import java.util.Arrays;
import org.cornerturn.plane.CutOut;

/**
 * How the noise of neighbouring pixels hangs together, measured where no source is, and what
 * follows for fluxes that are measured with the beam as filter.
 */
public final class NoiseCorrelation {
  /** Values further from the level than this many times the noise are sources. */
  private static final double SOURCE = 4;

  /** Pixels that are looked at. */
  private static final int LOOKED = 1 << 16;

  private static final int BLOCK = 32;

  /** Beams of pixels below which the noise is taken to be correlated like the beam. */
  private static final int LEAST_BEAMS = 300;

  private final int reach;
  private final double[] filtered;

  /**
   * @param lags correlation at lags -reach to reach, (y, x)
   */
  private NoiseCorrelation(double[] lags, int reach, PixelShape beam) {
    this.reach = reach;
    int half = ForcedPhotometry.half(beam);
    double[] kernel = ForcedPhotometry.kernel(beam, half);
    int side = 2 * half + 1;
    int own = 2 * half;
    int ownSide = 2 * own + 1;
    double[] overlap = new double[ownSide * ownSide];
    for (int i = 0; i < kernel.length; i++) {
      for (int j = 0; j < kernel.length; j++) {
        int dy = j / side - i / side + own;
        int dx = j % side - i % side + own;
        overlap[dy * ownSide + dx] += kernel[i] * kernel[j];
      }
    }
    int wide = 2 * this.reach + 1;
    int lagSide = 2 * reach + 1;
    filtered = new double[wide * wide];
    for (int y = -this.reach; y <= this.reach; y++) {
      for (int x = -this.reach; x <= this.reach; x++) {
        double sum = 0;
        for (int ly = Math.max(-reach, -own - y); ly <= Math.min(reach, own - y); ly++) {
          for (int lx = Math.max(-reach, -own - x); lx <= Math.min(reach, own - x); lx++) {
            sum +=
                lags[(ly + reach) * lagSide + lx + reach]
                    * overlap[(y + ly + own) * ownSide + x + lx + own];
          }
        }
        filtered[(y + this.reach) * wide + x + this.reach] = sum;
      }
    }
  }

  /** Of noise whose correlation is the beam itself, as in a naturally weighted image. */
  public static NoiseCorrelation ofBeam(PixelShape beam) {
    int reach = reach(beam);
    return new NoiseCorrelation(ForcedPhotometry.kernel(beam, reach), reach, beam);
  }

  private static int reach(PixelShape beam) {
    return (int) Math.ceil(2 * beam.major());
  }

  /**
   * Measures.
   *
   * @param plane pixels of the window, (y, x)
   * @param seen part of the window with a background
   */
  public static NoiseCorrelation of(
      float[] plane, CutOut window, CutOut seen, Background background, PixelShape beam) {
    int reach = reach(beam);
    int side = BLOCK + 2 * reach;
    int across = Math.max(0, seen.width() / side);
    int down = Math.max(0, seen.height() / side);
    int blocks = Math.min(across * down, LOOKED / (BLOCK * BLOCK));
    double[] sums = new double[(reach + 1) * (2 * reach + 1)];
    double[] counts = new double[sums.length];
    float[] values = new float[side * side];
    for (int b = 0; b < blocks; b++) {
      int at = (int) ((long) b * across * down / blocks);
      int x = seen.x() + at % across * side;
      int y = seen.y() + at / across * side;
      normalize(plane, window, background, x, y, side, values);
      exclude(values, side, (int) Math.ceil(beam.major()));
      correlate(values, side, reach, sums, counts);
    }
    int zero = reach;
    if (counts[zero] < LEAST_BEAMS * beam.area()) {
      return ofBeam(beam);
    }
    double variance = sums[zero] / counts[zero];
    int lagSide = 2 * reach + 1;
    double[] lags = new double[lagSide * lagSide];
    for (int ly = 0; ly <= reach; ly++) {
      for (int lx = -reach; lx <= reach; lx++) {
        int from = ly * lagSide + lx + reach;
        double r = counts[from] > 0 ? sums[from] / counts[from] / variance : 0;
        lags[(reach + ly) * lagSide + reach + lx] = r;
        lags[(reach - ly) * lagSide + reach - lx] = r;
      }
    }
    return new NoiseCorrelation(lags, reach, beam);
  }

  private static void normalize(
      float[] plane, CutOut window, Background background, int x, int y, int side, float[] out) {
    Background.Row row = background.row(x, side);
    for (int j = 0; j < side; j++) {
      row.go(y + j);
      int from = (y + j - window.y()) * window.width() + x - window.x();
      for (int i = 0; i < side; i++) {
        out[j * side + i] = (plane[from + i] - row.levels()[i]) / row.rms()[i];
      }
    }
  }

  /** Blanks sources and what is within a beam of them. */
  private static void exclude(float[] values, int side, int beam) {
    boolean[] source = new boolean[values.length];
    boolean any = false;
    for (int i = 0; i < values.length; i++) {
      source[i] = Math.abs(values[i]) > SOURCE;
      any |= source[i];
    }
    for (int i = 0; any && i < values.length; i++) {
      if (source[i]) {
        int y = i / side;
        int x = i - y * side;
        for (int v = Math.max(0, y - beam); v <= Math.min(side - 1, y + beam); v++) {
          int from = v * side + Math.max(0, x - beam);
          int to = v * side + Math.min(side - 1, x + beam) + 1;
          Arrays.fill(values, from, to, Float.NaN);
        }
      }
    }
  }

  private static void correlate(
      float[] values, int side, int reach, double[] sums, double[] counts) {
    for (int ly = 0; ly <= reach; ly++) {
      for (int lx = -reach; lx <= reach; lx++) {
        double sum = 0;
        int count = 0;
        for (int y = reach; y < reach + BLOCK; y++) {
          int a = y * side + reach;
          int b = (y + ly) * side + reach + lx;
          for (int x = 0; x < BLOCK; x++) {
            float product = values[a + x] * values[b + x];
            if (product == product) {
              sum += product;
              count++;
            }
          }
        }
        sums[ly * (2 * reach + 1) + lx + reach] += sum;
        counts[ly * (2 * reach + 1) + lx + reach] += count;
      }
    }
  }

  /**
   * Covariance of the sums of noise of one times the beam about two places.
   *
   * @param dx between the places, pixels
   * @param dy between the places
   */
  double filtered(double dx, double dy) {
    int x = (int) Math.floor(dx);
    int y = (int) Math.floor(dy);
    if (x < -reach || y < -reach || x >= reach || y >= reach) {
      return 0;
    }
    int side = 2 * reach + 1;
    int at = (y + reach) * side + x + reach;
    double u = dx - x;
    double v = dy - y;
    return (1 - v) * ((1 - u) * filtered[at] + u * filtered[at + 1])
        + v * ((1 - u) * filtered[at + side] + u * filtered[at + side + 1]);
  }
}
