package org.cornerturn.imaging;

import java.util.Arrays;
import org.cornerturn.crew.Crew;
import org.cornerturn.fourier.FourierRows;

/**
 * Between an image and one of larger pixels that holds as much: the transforms of gridding need no
 * finer pixels than the longest baseline has fringes, and no image has more detail than its
 * visibilities. In the plane of u and v this is a low pass that is 1 as far as baselines reach and
 * falls to 0 where the larger pixels end; its flanks are smooth, so that the image needs few pixels
 * around it (its own margin) to be right up to its edges.
 *
 * <p>To smaller pixels dirty images go, to larger ones models, by the adjoint. Both are linear maps
 * along each axis, one after the other; two rows of real numbers are the parts of complex ones.
 */
public final class Resampling {
  /** Of the pixels' Nyquist frequency over the longest baseline. */
  private static final double MARGIN = 1.3;

  /** Pixels must be so many times as large to be worth it. */
  private static final double LEAST = 1.2;

  /** More accurate images are gridded as they are: numbers on the way are of single precision. */
  private static final double FINEST = 0.99e-5;

  private static final double SHARE = 0.5;
  private static final int COLUMNS = FourierRows.COLUMNS;
  private static final int SQUARE = 32;

  private final ImageGeometry fine;
  private final ImageGeometry coarse;
  private final int fineX;
  private final int fineY;
  private final double pass;
  private final double steepness;

  private Resampling(
      ImageGeometry fine,
      ImageGeometry coarse,
      int fineX,
      int fineY,
      double pass,
      double steepness) {
    this.fine = fine;
    this.coarse = coarse;
    this.fineX = fineX;
    this.fineY = fineY;
    this.pass = pass;
    this.steepness = steepness;
  }

  /**
   * The largest pixels that are good enough; those of the image where that is not worth it.
   *
   * @param accuracy as that of the grid
   */
  public static Resampling of(ImageGeometry fine, UvwExtent extent, double accuracy) {
    // The turn by w (n - 1) shifts frequencies a little further.
    double l = fine.mostL();
    double m = fine.mostM();
    double n = 1 + fine.leastNMinusOne();
    double reach =
        Math.max(extent.mostU() + extent.mostW() * l / n, extent.mostV() + extent.mostW() * m / n);
    double ratio = 0.5 / (reach * MARGIN) / fine.pixelRad();
    double error = Math.min(1e-3, accuracy / 100);
    double steepness = inverse(error);
    int[] best = null;
    for (int q = 1; accuracy >= FINEST && q <= 12; q++) {
      int p = (int) Math.floor(q * ratio);
      boolean better = best == null || (double) p / q > (double) best[0] / best[1] * 1.001;
      if (p >= LEAST * q && FourierRows.isSmooth(p) && FourierRows.isSmooth(q) && better) {
        best = new int[] {p, q};
      }
    }
    if (best != null) {
      int p = best[0];
      int q = best[1];
      double pixel = fine.pixelRad() * p / q;
      double nyquist = 0.5 / pixel;
      // The low pass in an image dies away as a Gaussian does.
      double deviation = (nyquist - reach) / (2 * Math.sqrt(2) * steepness);
      double border = Math.sqrt(-Math.log(error) / 2) / (Math.PI * deviation) / fine.pixelRad();
      int x = times(fine.width() + 2 * border, p, q);
      int y = times(fine.height() + 2 * border, p, q);
      double side =
          Math.hypot(
              Math.abs(fine.middleL()) + x * q / 2.0 * pixel,
              Math.abs(fine.middleM()) + y * q / 2.0 * pixel);
      if (side < 0.99 && x * (long) q * y * q * LEAST < fine.pixels()) {
        ImageGeometry coarse =
            new ImageGeometry(x * q, y * q, pixel, fine.middleL(), fine.middleM());
        return new Resampling(fine, coarse, x * p, y * p, reach, steepness);
      }
    }
    return new Resampling(fine, fine, fine.width(), fine.height(), reach, steepness);
  }

  /** x so that erfc(x) / 2 is about so much. */
  private static double inverse(double error) {
    double x = 1;
    for (int i = 0; i < 40; i++) {
      x = Math.sqrt(Math.max(0.5, -Math.log(2 * error * x * Math.sqrt(Math.PI))));
    }
    return x;
  }

  /** The least even number of which p times are at least so many pixels, without large factors. */
  private static int times(double pixels, int p, int q) {
    for (int t = 2; ; t += 2) {
      if (FourierRows.isSmooth(t) && (double) t * p >= pixels) {
        return t;
      }
    }
  }

  /** The image that is gridded. */
  public ImageGeometry gridded() {
    return coarse;
  }

  /** Whether the image itself is gridded. */
  public boolean isIdentity() {
    return coarse == fine;
  }

  /**
   * How accurate gridding is to be so that the image is as accurate as was asked for: baselines
   * fill a smaller part of the grid, in which the kernel's error is a larger part of the image.
   */
  public double gridAccuracy(double accuracy) {
    return isIdentity() ? accuracy : SHARE * accuracy;
  }

  /** Bytes that either way takes, with a crew of two, beside the image and the gridded one. */
  public long memoryBytes() {
    return isIdentity()
        ? 0
        : (long) Float.BYTES * fine.width() * coarse.height()
            + 2 * 4L * Double.BYTES * COLUMNS * (Math.max(fineX, fineY) + coarse.width());
  }

  /**
   * A dirty image on its own pixels.
   *
   * @param gridded (y, x) of {@link #gridded}
   */
  public float[] toImage(float[] gridded) {
    return toImage(gridded, Crew.alone());
  }

  /** The same, by several threads. */
  public float[] toImage(float[] gridded, Crew crew) {
    if (isIdentity()) {
      return gridded;
    }
    int wide = coarse.width();
    Axis alongX = new Axis(wide, wide, fineX, fine.width(), 1.0 / wide, crew);
    Axis alongY =
        new Axis(
            coarse.height(), coarse.height(), fineY, fine.height(), 1.0 / coarse.height(), crew);
    float[] between = alongX.rows(gridded, coarse.height());
    return alongY.columns(between, fine.width());
  }

  /**
   * A model on the pixels that are gridded, whose visibilities are the same: the adjoint of {@link
   * #toImage}.
   *
   * @param image (y, x), Jy/pixel
   */
  public float[] toGridded(float[] image) {
    return toGridded(image, Crew.alone());
  }

  /** The same, by several threads. */
  public float[] toGridded(float[] image, Crew crew) {
    if (isIdentity()) {
      return image;
    }
    int high = coarse.height();
    Axis alongX =
        new Axis(fine.width(), fineX, coarse.width(), coarse.width(), 1.0 / coarse.width(), crew);
    Axis alongY = new Axis(fine.height(), fineY, high, high, 1.0 / high, crew);
    float[] between = alongY.columns(image, fine.width());
    return alongX.rows(between, high);
  }

  /** The map along one axis: some pixels of a period, in the middle, to those of another. */
  private final class Axis {
    private final int from;
    private final int fromPeriod;
    private final int toPeriod;
    private final int to;
    private final double[] filter;
    private final FourierRows there;
    private final FourierRows back;
    private final Crew crew;
    private final Columns[] columns;

    Axis(int from, int fromPeriod, int toPeriod, int to, double scale, Crew crew) {
      this.from = from;
      this.fromPeriod = fromPeriod;
      this.toPeriod = toPeriod;
      this.to = to;
      there = new FourierRows(fromPeriod);
      back = new FourierRows(toPeriod);
      this.crew = crew;
      columns = new Columns[crew.size()];
      Arrays.setAll(columns, m -> new Columns(fromPeriod, toPeriod));
      int half = Math.min(fromPeriod, toPeriod) / 2;
      double nyquist = 0.5 / coarse.pixelRad();
      double step = nyquist / half;
      filter = new double[half];
      for (int k = 0; k < half; k++) {
        double place = (k * step - pass) / (nyquist - pass);
        filter[k] = scale * fall(steepness * (2 * place - 1));
      }
    }

    /** Of rows of a plane, each to one of another. */
    float[] rows(float[] plane, int count) {
      float[] out = new float[Math.multiplyExact(to, count)];
      crew.each(
          pieces(count),
          (piece, m) -> {
            Columns c = columns[m];
            int y = piece * 2 * COLUMNS;
            c.clear();
            c.fromRows(plane, y, Math.min(2 * COLUMNS, count - y));
            c.apply();
            c.toRows(out, y, Math.min(2 * COLUMNS, count - y));
          });
      return out;
    }

    /** Of columns of a plane, each to one of another. */
    float[] columns(float[] plane, int count) {
      float[] out = new float[Math.multiplyExact(to, count)];
      crew.each(
          pieces(count),
          (piece, m) -> {
            Columns c = columns[m];
            int x = piece * 2 * COLUMNS;
            int first = Math.min(COLUMNS, count - x);
            int second = Math.max(0, Math.min(COLUMNS, count - x - COLUMNS));
            c.clear();
            c.fromColumns(plane, count, x, first, second);
            c.apply();
            c.toColumns(out, count, x, first, second);
          });
      return out;
    }

    private static int pieces(int count) {
      return (count + 2 * COLUMNS - 1) / (2 * COLUMNS);
    }

    private int row(int pixel) {
      return back.place(Math.floorMod(pixel - to / 2, toPeriod));
    }

    /** Some rows or columns at work, two real ones as one complex one: one thread's memory. */
    private final class Columns {
      private final double[][] re;
      private final double[][] im;
      private final double[][] nextRe;
      private final double[][] nextIm;

      Columns(int fromPeriod, int toPeriod) {
        re = new double[fromPeriod][COLUMNS];
        im = new double[fromPeriod][COLUMNS];
        nextRe = new double[toPeriod][COLUMNS];
        nextIm = new double[toPeriod][COLUMNS];
      }

      private void clear() {
        for (double[][] part : new double[][][] {re, im, nextRe, nextIm}) {
          for (double[] row : part) {
            Arrays.fill(row, 0);
          }
        }
      }

      private void fromRows(float[] plane, int y, int n) {
        // In squares: rows of the plane and of the columns both stay in the cache.
        for (int x0 = 0; x0 < from; x0 += SQUARE) {
          int x1 = Math.min(from, x0 + SQUARE);
          for (int c = 0; c < n; c++) {
            double[][] part = c < COLUMNS ? re : im;
            for (int x = x0; x < x1; x++) {
              part[Math.floorMod(x - from / 2, fromPeriod)][c % COLUMNS] =
                  plane[(y + c) * from + x];
            }
          }
        }
      }

      private void toRows(float[] out, int y, int n) {
        for (int x0 = 0; x0 < to; x0 += SQUARE) {
          int x1 = Math.min(to, x0 + SQUARE);
          for (int c = 0; c < n; c++) {
            double[][] part = c < COLUMNS ? nextRe : nextIm;
            for (int x = x0; x < x1; x++) {
              out[(y + c) * to + x] = (float) part[row(x)][c % COLUMNS];
            }
          }
        }
      }

      private void fromColumns(float[] plane, int count, int x, int first, int second) {
        for (int y = 0; y < from; y++) {
          int row = Math.floorMod(y - from / 2, fromPeriod);
          for (int c = 0; c < first; c++) {
            re[row][c] = plane[y * count + x + c];
          }
          for (int c = 0; c < second; c++) {
            im[row][c] = plane[y * count + x + COLUMNS + c];
          }
        }
      }

      private void toColumns(float[] out, int count, int x, int first, int second) {
        for (int y = 0; y < to; y++) {
          int row = row(y);
          for (int c = 0; c < first; c++) {
            out[y * count + x + c] = (float) nextRe[row][c];
          }
          for (int c = 0; c < second; c++) {
            out[y * count + x + COLUMNS + c] = (float) nextIm[row][c];
          }
        }
      }

      private void apply() {
        there.transform(re, im, COLUMNS);
        for (int k = 1 - filter.length; k < filter.length; k++) {
          int row = there.place(Math.floorMod(k, fromPeriod));
          int next = Math.floorMod(k, toPeriod);
          double factor = filter[Math.abs(k)];
          for (int c = 0; c < COLUMNS; c++) {
            nextRe[next][c] = factor * re[row][c];
            nextIm[next][c] = factor * im[row][c];
          }
        }
        // Parts exchanged: the transform with the other sign.
        back.transform(nextIm, nextRe, COLUMNS);
      }
    }
  }

  /** From 1 at -infinity to 0, as the integral of a Gaussian falls: erfc(x) / 2. */
  private static double fall(double x) {
    if (x < 0) {
      return 1 - fall(-x);
    }
    // Simpson's rule; beyond 7 there is less than 1e-22.
    int steps = 64;
    double h = Math.max(0, 7 - x) / steps;
    double sum = 0;
    for (int i = 0; i <= steps; i++) {
      double at = x + i * h;
      sum += (i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2) * Math.exp(-at * at);
    }
    return sum * h / (3 * Math.sqrt(Math.PI));
  }
}
