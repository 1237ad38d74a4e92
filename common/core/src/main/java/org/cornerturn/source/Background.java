package org.cornerturn.source;

import java.util.Arrays;
import org.cornerturn.plane.CutOut;

/**
 * Level and noise of an image about each pixel: mean and standard deviation in boxes, outliers
 * clipped again and again (as in BANE, Hancock, Trott and Hurley-Walker 2018, PASA 35, e011), by
 * straight lines between the boxes' middles. The boxes lie on a lattice of the whole image, half a
 * box apart, so that every window of it has the same values.
 */
public final class Background {
  /** Values further from the mean than this many deviations don't count. */
  private static final double CLIP = 3;

  /** Standard deviation of normal values clipped so until none leaves, over the true one. */
  private static final double NARROWED = 0.984846;

  private static final int STEPS = 16;

  /** Part of a box's pixels that must be there. */
  private static final double LEAST_PART = 0.05;

  private static final int LEAST = 12;

  private final int step;
  private final int firstColumn;
  private final int firstRow;
  private final int columns;
  private final int rows;
  private final double[] level;
  private final double[] rms;

  private Background(int step, int firstColumn, int firstRow, int columns, int rows) {
    this.step = step;
    this.firstColumn = firstColumn;
    this.firstRow = firstRow;
    this.columns = columns;
    this.rows = rows;
    this.level = new double[columns * rows];
    this.rms = new double[columns * rows];
  }

  /**
   * Measures what is needed for a part of an image.
   *
   * @param plane the window's pixels, (y, x); NaN doesn't count
   * @param window of the image; reaches at least a box beyond the part, or to the image's edges
   * @param part pixels for which the background is asked, in the image
   * @param width of the image
   * @param height of the image
   * @param box side of a box, pixels, even
   * @param stride each so manieth pixel of a row and column is looked at: neighbours tell nothing
   *     new where the beam is several pixels wide
   */
  public static Background of(
      float[] plane, CutOut window, CutOut part, int width, int height, int box, int stride) {
    if (box < 8 || box % 2 != 0 || stride < 1 || stride > box / 4) {
      throw new IllegalArgumentException("boxes of " + box + " pixels, each " + stride + "th");
    }
    int step = box / 2;
    int firstColumn = Math.max(0, part.x()) / step;
    int firstRow = Math.max(0, part.y()) / step;
    int columns = (Math.min(width, part.x() + part.width()) - 1) / step + 2 - firstColumn;
    int rows = (Math.min(height, part.y() + part.height()) - 1) / step + 2 - firstRow;
    Background out = new Background(step, firstColumn, firstRow, columns, rows);
    float[] values = new float[(box / stride + 1) * (box / stride + 1)];
    for (int j = 0; j < rows; j++) {
      int y0 = Math.max(0, (firstRow + j - 1) * step);
      int y1 = Math.min(height, (firstRow + j + 1) * step);
      for (int i = 0; i < columns; i++) {
        int x0 = Math.max(0, (firstColumn + i - 1) * step);
        int x1 = Math.min(width, (firstColumn + i + 1) * step);
        int count = 0;
        int looked = 0;
        for (int y = y0 + (stride - y0 % stride) % stride; y < y1; y += stride) {
          int row = (y - window.y()) * window.width() - window.x();
          for (int x = x0 + (stride - x0 % stride) % stride; x < x1; x += stride) {
            float v = plane[row + x];
            looked++;
            if (v - v == 0) {
              values[count++] = v;
            }
          }
        }
        int at = j * columns + i;
        if (count < Math.max(LEAST, LEAST_PART * looked)) {
          out.level[at] = Double.NaN;
          out.rms[at] = Double.NaN;
        } else {
          out.clip(values, count, at);
        }
      }
    }
    return out;
  }

  private void clip(float[] values, int count, int at) {
    // Sums are taken about a value of the box, or a large level would eat the digits of the noise.
    float origin = values[count / 2];
    double low = Double.NEGATIVE_INFINITY;
    double high = Double.POSITIVE_INFINITY;
    int before = 0;
    double mean = 0;
    double deviation = 0;
    int left = count;
    for (int s = 0; s < STEPS && (s < 2 || left != before); s++) {
      before = left;
      double sum = 0;
      double squares = 0;
      int n = 0;
      float from = (float) low;
      float to = (float) high;
      for (int i = 0; i < left; i++) {
        float v = values[i] - origin;
        if (v >= from && v <= to) {
          sum += v;
          squares += (double) v * v;
          values[n++] = values[i];
        }
      }
      left = n;
      mean = sum / n;
      deviation = Math.sqrt(Math.max(0, squares / n - mean * mean));
      low = mean - CLIP * deviation;
      high = mean + CLIP * deviation;
    }
    level[at] = mean + origin;
    rms[at] = deviation / NARROWED;
  }

  /** Values of consecutive pixels of a row. */
  public final class Row {
    private final int x0;
    private final float[] levels;
    private final float[] noise;
    private final double[] nodeLevel = new double[columns];
    private final double[] nodeRms = new double[columns];

    private Row(int x0, int count) {
      this.x0 = x0;
      this.levels = new float[count];
      this.noise = new float[count];
    }

    /** Level of each pixel; NaN where it isn't known. */
    public float[] levels() {
      return levels;
    }

    /** Noise of each pixel; NaN where it isn't known. */
    public float[] rms() {
      return noise;
    }

    /** Goes to a row of the image. */
    public void go(int y) {
      int j = Math.min(rows - 2, Math.max(0, y / step - firstRow));
      double f = (y - (firstRow + j) * (double) step) / step;
      between(level, j, f, nodeLevel);
      between(rms, j, f, nodeRms);
      int x = x0;
      int end = x0 + levels.length;
      while (x < end) {
        int i = Math.min(columns - 2, Math.max(0, x / step - firstColumn));
        int stop = i == columns - 2 ? end : Math.min(end, (firstColumn + i + 1) * step);
        fill(nodeLevel[i], nodeLevel[i + 1], x, stop, i, levels);
        fill(nodeRms[i], nodeRms[i + 1], x, stop, i, noise);
        x = stop;
      }
    }

    private void between(double[] nodes, int j, double f, double[] out) {
      for (int i = 0; i < columns; i++) {
        double a = nodes[j * columns + i];
        double b = nodes[(j + 1) * columns + i];
        out[i] = Double.isNaN(a) ? b : Double.isNaN(b) ? a : a + f * (b - a);
      }
    }

    private void fill(double a, double b, int from, int to, int node, float[] out) {
      if (Double.isNaN(a) || Double.isNaN(b)) {
        Arrays.fill(out, from - x0, to - x0, (float) (Double.isNaN(a) ? b : a));
        return;
      }
      double slope = (b - a) / step;
      double start = a - (double) (firstColumn + node) * step * slope;
      for (int x = from; x < to; x++) {
        out[x - x0] = (float) (start + slope * x);
      }
    }
  }

  /** A cursor over rows of pixels x0 to x0 + count - 1. */
  public Row row(int x0, int count) {
    return new Row(x0, count);
  }

  /** Level at a pixel; NaN where it isn't known. */
  public double levelAt(int x, int y) {
    return at(level, x, y);
  }

  /** Noise at a pixel; NaN where it isn't known. */
  public double rmsAt(int x, int y) {
    return at(rms, x, y);
  }

  private double at(double[] nodes, int x, int y) {
    int i = Math.min(columns - 2, Math.max(0, x / step - firstColumn));
    int j = Math.min(rows - 2, Math.max(0, y / step - firstRow));
    double f = (y - (firstRow + j) * (double) step) / step;
    double g = (x - (firstColumn + i) * (double) step) / step;
    double a = one(nodes[j * columns + i], nodes[(j + 1) * columns + i], f);
    double b = one(nodes[j * columns + i + 1], nodes[(j + 1) * columns + i + 1], f);
    return one(a, b, g);
  }

  private static double one(double a, double b, double f) {
    return Double.isNaN(a) ? b : Double.isNaN(b) ? a : a + f * (b - a);
  }
}
