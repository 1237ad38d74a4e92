package org.cornerturn.plane;

import java.util.Arrays;
import org.cornerturn.crew.Crew;
import org.cornerturn.fourier.FourierRows;

/**
 * Fourier transforms of real planes in a period that they need not fill: first down the columns,
 * two of which are the parts of complex ones, then along the rows of half of the frequencies, some
 * rows at a time, which is what a {@link PlaneSpectrum} keeps. For use by one thread, which may
 * have a crew.
 */
final class RealFourier {
  private static final int TOGETHER = FourierRows.COLUMNS;

  /** Side of the squares in which rows become columns: they fit the processor's first cache. */
  private static final int SQUARE = 32;

  private final int width;
  private final int height;
  private final FourierRows alongX;
  private final FourierRows alongY;
  private final Crew crew;
  private final Columns[] columns;
  // By v of 0 and above: real parts of all columns, then imaginary ones.
  private float[][] half;

  /**
   * A part of a plane, and where it lies in the period.
   *
   * @param stride pixels of a row of the plane
   * @param x first column of the part
   * @param y first row
   * @param width columns
   * @param height rows
   * @param left column of the period in which the part's first lies; it may go on at column 0
   * @param top row of the period
   */
  record Part(int stride, int x, int y, int width, int height, int left, int top) {
    static Part whole(int width, int height, int left, int top) {
      return new Part(width, 0, 0, width, height, left, top);
    }
  }

  /** Of a period; its sides are {@link FourierRows#goodSize good}. */
  RealFourier(int width, int height, Crew crew) {
    this.crew = crew;
    this.width = width;
    this.height = height;
    alongX = new FourierRows(width);
    alongY = new FourierRows(height);
    columns = new Columns[crew.size()];
    Arrays.setAll(columns, m -> new Columns());
  }

  /**
   * Bytes that it takes with a crew of two.
   *
   * @param widest part of a plane
   */
  static long bytes(int width, int height, int widest) {
    return 2 * 16L * TOGETHER * Math.max(width, height) + 8L * (height / 2 + 1) * widest;
  }

  /** Bytes of a spectrum. */
  static long spectrumBytes(int width, int height) {
    return 8L * (height / 2 + 1) * width;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** Sum of plane exp(-2 pi i (...)). */
  PlaneSpectrum transform(float[] plane, Part part) {
    down(plane, part);
    float[][] blocks = new float[blocks()][];
    crew.each(
        blocks.length,
        (b, m) -> {
          columns[m].across(b, part);
          blocks[b] = columns[m].store(rows(b));
        });
    return new PlaneSpectrum(blocks);
  }

  /** A plane's transform times a spectrum, and back into a part of the same width. */
  void convolve(float[] plane, Part part, PlaneSpectrum with, float[] out, Part outPart) {
    if (part.width != outPart.width) {
      throw new IllegalArgumentException("parts of " + part.width + " and " + outPart.width);
    }
    down(plane, part);
    crew.each(
        with.blocks.length,
        (b, m) -> {
          columns[m].across(b, part);
          columns[m].multiply(with.blocks[b], rows(b));
          columns[m].back(b, outPart);
        });
    up(out, outPart);
  }

  /** As {@link #convolve(float[], Part, PlaneSpectrum, float[], Part)} of a plane's transform. */
  void convolve(PlaneSpectrum plane, PlaneSpectrum with, float[] out, Part part) {
    reserve(part.width);
    crew.each(
        plane.blocks.length,
        (b, m) -> {
          columns[m].load(plane.blocks[b], rows(b));
          columns[m].multiply(with.blocks[b], rows(b));
          columns[m].back(b, part);
        });
    up(out, part);
  }

  /** The inverse: of a transform it is the plane again. */
  void inverse(PlaneSpectrum spectrum, float[] out, Part part) {
    reserve(part.width);
    crew.each(
        spectrum.blocks.length,
        (b, m) -> {
          columns[m].load(spectrum.blocks[b], rows(b));
          columns[m].back(b, part);
        });
    up(out, part);
  }

  /** A spectrum from a function of frequencies that is real. */
  PlaneSpectrum of(Response response) {
    float[][] blocks = new float[blocks()][];
    for (int b = 0; b < blocks.length; b++) {
      int n = rows(b);
      blocks[b] = new float[2 * width * n];
      for (int u = 0; u < width; u++) {
        int at = alongX.place(u) * n;
        double turnsX = (double) (u <= width / 2 ? u : u - width) / width;
        for (int c = 0; c < n; c++) {
          double turnsY = (double) (b * TOGETHER + c) / height;
          blocks[b][at + c] = (float) response.at(turnsX, turnsY);
        }
      }
    }
    return new PlaneSpectrum(blocks);
  }

  /** What a frequency, in turns a pixel, is multiplied with. */
  interface Response {
    double at(double x, double y);
  }

  private int blocks() {
    return (height / 2 + TOGETHER) / TOGETHER;
  }

  /** Frequencies v of a block. */
  private int rows(int block) {
    return Math.min(TOGETHER, height / 2 + 1 - block * TOGETHER);
  }

  private void reserve(int columns) {
    if (half == null || half[0].length < 2 * columns) {
      half = null;
      half = new float[height / 2 + 1][2 * columns];
    }
  }

  /** a + i b of a frequency, or of its negative, of which both are the conjugates. */
  private static void join(
      float[] from, int wide, int x, int n, int second, double[] re, double[] im, int sign) {
    for (int c = 0; c < n; c++) {
      re[c] = from[x + c];
      im[c] = sign * from[wide + x + c];
    }
    for (int c = 0; c < second; c++) {
      re[c] -= sign * from[wide + x + n + c];
      im[c] += from[x + n + c];
    }
  }

  private static void multiply(double[] re, double[] im, float[] with, int at, int imAt, int n) {
    for (int c = 0; c < n; c++) {
      double r = re[c];
      double i = im[c];
      re[c] = r * with[at + c] - i * with[imAt + c];
      im[c] = r * with[imAt + c] + i * with[at + c];
    }
  }

  /** Columns of the plane into {@link #half}. */
  private void down(float[] plane, Part part) {
    reserve(part.width);
    crew.each(pieces(part), (i, m) -> columns[m].down(plane, part, i * 2 * TOGETHER));
  }

  /** The way back from {@link #half}. */
  private void up(float[] plane, Part part) {
    crew.each(pieces(part), (i, m) -> columns[m].up(plane, part, i * 2 * TOGETHER));
  }

  private static int pieces(Part part) {
    return (part.width + 2 * TOGETHER - 1) / (2 * TOGETHER);
  }

  private static boolean isZero(float[] plane, int at, int n) {
    for (int i = at; i < at + n; i++) {
      if (plane[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private static void load(float[] from, int at, double[] to, int n) {
    for (int c = 0; c < n; c++) {
      to[c] = from[at + c];
    }
  }

  private static void store(double[] from, float[] to, int at, int n) {
    for (int c = 0; c < n; c++) {
      to[at + c] = (float) from[c];
    }
  }

  private static void scale(double[] from, double factor, float[] to, int at, int n) {
    for (int c = 0; c < n; c++) {
      to[at + c] = (float) (factor * from[c]);
    }
  }

  /** Half of a sum, or of a difference. */
  private static void halve(double[] a, double[] b, int sign, float[] to, int at, int n) {
    for (int c = 0; c < n; c++) {
      to[at + c] = (float) (0.5 * (a[c] + sign * b[c]));
    }
  }

  /** Some columns or rows at work: one thread's memory. */
  private final class Columns {
    private final double[][] re;
    private final double[][] im;
    // The same rows in the order of frequencies.
    private final double[][] orderedRe;
    private final double[][] orderedIm;

    Columns() {
      int longest = Math.max(width, height);
      re = new double[longest][TOGETHER];
      im = new double[longest][TOGETHER];
      orderedRe = new double[width][];
      orderedIm = new double[width][];
      for (int u = 0; u < width; u++) {
        orderedRe[u] = re[alongX.place(u)];
        orderedIm[u] = im[alongX.place(u)];
      }
    }

    void load(float[] block, int n) {
      for (int u = 0, at = 0; u < width; u++, at += n) {
        RealFourier.load(block, at, re[u], n);
        RealFourier.load(block, width * n + at, im[u], n);
      }
    }

    float[] store(int n) {
      float[] block = new float[2 * width * n];
      for (int u = 0, at = 0; u < width; u++, at += n) {
        RealFourier.store(re[u], block, at, n);
        RealFourier.store(im[u], block, width * n + at, n);
      }
      return block;
    }

    /** Columns of the plane into {@link #half}. */
    void down(float[] plane, Part part, int x) {
      int n = Math.min(TOGETHER, part.width - x);
      int second = Math.max(0, Math.min(TOGETHER, part.width - x - TOGETHER));
      boolean blank = true;
      zero(height);
      for (int y = 0; y < part.height; y++) {
        int row = Math.floorMod(part.top + y, height);
        int at = (part.y + y) * part.stride + part.x + x;
        blank &= isZero(plane, at, n + second);
        RealFourier.load(plane, at, re[row], n);
        RealFourier.load(plane, at + n, im[row], second);
      }
      if (!blank) {
        alongY.transform(re, im, n);
      }
      for (int v = 0; v <= height / 2; v++) {
        int p = alongY.place(v);
        int q = alongY.place((height - v) % height);
        halve(re[p], re[q], 1, half[v], x, n);
        halve(im[p], im[q], -1, half[v], part.width + x, n);
        halve(im[p], im[q], 1, half[v], x + n, second);
        halve(re[q], re[p], -1, half[v], part.width + x + n, second);
      }
    }

    /** The way back from {@link #half}. */
    void up(float[] plane, Part part, int x) {
      double scale = 1.0 / ((double) width * height);
      int n = Math.min(TOGETHER, part.width - x);
      int second = Math.max(0, Math.min(TOGETHER, part.width - x - TOGETHER));
      zero(height);
      for (int v = 0; v <= height / 2; v++) {
        join(half[v], part.width, x, n, second, re[v], im[v], 1);
        if (v > 0 && 2 * v < height) {
          join(half[v], part.width, x, n, second, re[height - v], im[height - v], -1);
        }
      }
      // Parts exchanged: the transform with the other sign.
      alongY.transform(im, re, n);
      for (int y = 0; y < part.height; y++) {
        int row = alongY.place(Math.floorMod(part.top + y, height));
        int at = (part.y + y) * part.stride + part.x + x;
        RealFourier.scale(re[row], scale, plane, at, n);
        RealFourier.scale(im[row], scale, plane, at + n, second);
      }
    }

    /** Rows of a block of {@link #half} through the transform along them. */
    void across(int block, Part part) {
      int n = rows(block);
      zero(width);
      for (int x = 0; x < part.width; x += SQUARE) {
        int end = Math.min(part.width, x + SQUARE);
        for (int c = 0; c < n; c++) {
          float[] line = half[block * TOGETHER + c];
          for (int i = x; i < end; i++) {
            int row = (part.left + i) % width;
            re[row][c] = line[i];
            im[row][c] = line[part.width + i];
          }
        }
      }
      alongX.transform(re, im, n);
    }

    /** The way back of a block to columns of a part. */
    void back(int block, Part part) {
      int n = rows(block);
      alongX.transform(orderedIm, orderedRe, n);
      for (int x = 0; x < part.width; x += SQUARE) {
        int end = Math.min(part.width, x + SQUARE);
        for (int c = 0; c < n; c++) {
          float[] line = half[block * TOGETHER + c];
          for (int i = x; i < end; i++) {
            int row = alongX.place((part.left + i) % width);
            line[i] = (float) orderedRe[row][c];
            line[part.width + i] = (float) orderedIm[row][c];
          }
        }
      }
    }

    void multiply(float[] with, int n) {
      for (int u = 0, at = 0; u < width; u++, at += n) {
        RealFourier.multiply(re[u], im[u], with, at, width * n + at, n);
      }
    }

    private void zero(int rows) {
      for (int row = 0; row < rows; row++) {
        Arrays.fill(re[row], 0);
        Arrays.fill(im[row], 0);
      }
    }
  }
}
