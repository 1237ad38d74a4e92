package org.cornerturn.plane;

import java.util.Arrays;
import org.jtransforms.fft.FloatFFT_1D;
import org.visnow.jlargearrays.ConcurrencyUtils;

/**
 * Fourier transforms of real planes on one thread. A spectrum is (v, u) with u = 0 .. width / 2 and
 * v = 0 .. height - 1 in the transform's order, complex numbers as pairs. Not for use by several
 * threads.
 */
public final class RealFourier {
  static {
    // Tasks own one core each.
    ConcurrencyUtils.setNumberOfThreads(1);
  }

  /** Columns that are transformed together: a line of the cache and more, read at once. */
  private static final int TOGETHER = 16;

  private final int width;
  private final int height;
  private final int columns;
  private final FloatFFT_1D rows;
  private final FloatFFT_1D down;
  private final float[] column;

  /**
   * @param width even, best a product of small primes ({@link #fastSize})
   */
  public RealFourier(int width, int height) {
    if (width < 2 || width % 2 != 0 || height < 1) {
      throw new IllegalArgumentException("transforms of " + width + " x " + height);
    }
    this.width = width;
    this.height = height;
    columns = width / 2 + 1;
    rows = new FloatFFT_1D(width);
    down = new FloatFFT_1D(height);
    column = new float[2 * height * TOGETHER];
  }

  /** The smallest even number from {@code atLeast} on that has no prime factor above 5. */
  public static int fastSize(int atLeast) {
    int n = Math.max(2, atLeast + (atLeast & 1));
    while (!isSmooth(n)) {
      n += 2;
    }
    return n;
  }

  private static boolean isSmooth(int n) {
    int left = n;
    for (int p : new int[] {2, 3, 5}) {
      while (left % p == 0) {
        left /= p;
      }
    }
    return left == 1;
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  /** Length of a spectrum's array. */
  public int spectrumLength() {
    return Math.multiplyExact(2 * columns, height);
  }

  /**
   * Places a plane in the corner of zeros and transforms it: sum of plane exp(-2 pi i (...)).
   *
   * @param plane (planeHeight, planeWidth), no larger than the transform
   * @param spectrum receives the transform
   */
  public void forward(float[] plane, int planeWidth, int planeHeight, float[] spectrum) {
    int stride = 2 * columns;
    for (int y = 0; y < height; y++) {
      int at = y * stride;
      if (y >= planeHeight) {
        Arrays.fill(spectrum, at, at + stride, 0);
        continue;
      }
      System.arraycopy(plane, y * planeWidth, spectrum, at, planeWidth);
      Arrays.fill(spectrum, at + planeWidth, at + stride, 0);
      rows.realForward(spectrum, at);
      // The library packs the last real number where the first imaginary one, 0, belongs.
      spectrum[at + width] = spectrum[at + 1];
      spectrum[at + 1] = 0;
      spectrum[at + width + 1] = 0;
    }
    columns(spectrum, true);
  }

  /**
   * The inverse, scaled so that forward and inverse give the plane again; destroys the spectrum.
   *
   * @param plane receives (planeHeight, planeWidth) from row and column {@code top}, {@code left}
   */
  public void inverse(
      float[] spectrum, float[] plane, int planeWidth, int planeHeight, int left, int top) {
    columns(spectrum, false);
    int stride = 2 * columns;
    for (int y = 0; y < planeHeight; y++) {
      int at = (y + top) % height * stride;
      spectrum[at + 1] = spectrum[at + width];
      rows.realInverse(spectrum, at, true);
      int first = Math.min(planeWidth, width - left);
      System.arraycopy(spectrum, at + left, plane, y * planeWidth, first);
      System.arraycopy(spectrum, at, plane, y * planeWidth + first, planeWidth - first);
    }
  }

  private void columns(float[] spectrum, boolean forward) {
    int stride = 2 * columns;
    for (int from = 0; from < columns; from += TOGETHER) {
      int n = Math.min(TOGETHER, columns - from);
      for (int y = 0; y < height; y++) {
        int at = y * stride + 2 * from;
        for (int c = 0; c < n; c++) {
          column[2 * (c * height + y)] = spectrum[at + 2 * c];
          column[2 * (c * height + y) + 1] = spectrum[at + 2 * c + 1];
        }
      }
      for (int c = 0; c < n; c++) {
        if (forward) {
          down.complexForward(column, 2 * c * height);
        } else {
          down.complexInverse(column, 2 * c * height, true);
        }
      }
      for (int y = 0; y < height; y++) {
        int at = y * stride + 2 * from;
        for (int c = 0; c < n; c++) {
          spectrum[at + 2 * c] = column[2 * (c * height + y)];
          spectrum[at + 2 * c + 1] = column[2 * (c * height + y) + 1];
        }
      }
    }
  }
}
