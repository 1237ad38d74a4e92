package org.cornerturn.pyramid;

import java.util.Arrays;
import org.cornerturn.array.Block;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;

/**
 * Reduces a plane of samples (row, column) to bins of {@code rowStep} by {@code columnStep}, the
 * last of an axis smaller where the plane ends within it. Pieces of rows come in any order, each
 * sample once. Minima and maxima are exact; means are summed in double precision in the order in
 * which the pieces come.
 */
public final class PlaneReducer {
  private static final int RUN = 16 * 1024;

  private final Primitive type;
  private final Reduction how;
  private final long columns;
  private final long rowStep;
  private final long columnStep;
  private final int outRows;
  private final int outColumns;
  private final KeyBins samples;
  private final KeyBins runBins;
  private final KeyBins bins;
  private final boolean[] seen;
  private final double[] values;
  private final double[] sum;
  private final long[] weight;

  /**
   * @param rows extent of the plane, samples
   * @param rowStep rows of a bin
   * @throws IllegalArgumentException for an empty plane, a step below 1, or more bins than an array
   *     holds
   */
  public PlaneReducer(
      Primitive type, Reduction how, long rows, long columns, long rowStep, long columnStep) {
    if (rows < 1 || columns < 1 || rowStep < 1 || columnStep < 1) {
      throw new IllegalArgumentException(
          "plane of " + rows + " by " + columns + ", bins of " + rowStep + " by " + columnStep);
    }
    this.type = type;
    this.how = how;
    this.columns = columns;
    this.rowStep = rowStep;
    this.columnStep = columnStep;
    this.outRows = count(rows, rowStep);
    this.outColumns = count(columns, columnStep);
    if ((long) outRows * outColumns > Integer.MAX_VALUE / Long.BYTES) {
      throw new IllegalArgumentException(outRows + " by " + outColumns + " bins");
    }
    int size = outRows * outColumns;
    boolean mean = how == Reduction.MEAN;
    Primitive value = Samples.valueType(type);
    int run = (int) Math.min(RUN, columns);
    samples = mean ? null : KeyBins.of(type, run);
    runBins = mean ? null : KeyBins.of(value, run);
    bins = mean ? null : KeyBins.of(value, size);
    seen = mean ? null : new boolean[size];
    values = mean ? new double[run] : null;
    sum = mean ? new double[size] : null;
    weight = mean ? new long[size] : null;
  }

  private static int count(long samples, long step) {
    long n = PyramidLevels.ceilDiv(samples, step);
    if (n > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(n + " bins along an axis");
    }
    return (int) n;
  }

  /** Type of the result: the samples' own for extremes, a float for means. */
  public static Primitive resultType(Primitive type, Reduction how) {
    return how == Reduction.MEAN ? Samples.meanType(type) : Samples.valueType(type);
  }

  /**
   * Takes a piece of a row.
   *
   * @param row of the plane
   * @param column of the first sample
   * @param src little-endian samples next to each other
   * @param at byte offset of the first
   * @param n samples
   */
  public void add(long row, long column, byte[] src, int at, int n) {
    if (column < 0 || n < 0 || column + n > columns) {
      throw new IllegalArgumentException("columns " + column + " to " + (column + n));
    }
    int out = Math.toIntExact(row / rowStep) * outColumns;
    for (int done = 0; done < n; done += RUN) {
      int run = Math.min(RUN, n - done);
      int offset = at + done * type.itemSize();
      if (how == Reduction.MEAN) {
        addMeans(out, column + done, src, offset, run);
      } else {
        addExtremes(out, column + done, src, offset, run);
      }
    }
  }

  private void addExtremes(int out, long column, byte[] src, int at, int n) {
    samples.readSamples(src, at, n);
    int first = (int) (column / columnStep);
    int head = (int) Math.min(n, (first + 1) * columnStep - column);
    int made = 0;
    if (head < columnStep) {
      samples.reduce(0, head, head, runBins, 0);
      made = 1;
    } else {
      head = 0;
    }
    if (head < n) {
      int step = (int) Math.min(columnStep, n - head);
      samples.reduce(head, n - head, step, runBins, made);
      made += count(n - head, step);
    }
    for (int i = 0; i < made; i++) {
      int slot = out + first + i;
      if (seen[slot]) {
        bins.mergeSlot(slot, runBins, i);
      } else {
        runBins.reduce(i, 1, 1, bins, slot);
        seen[slot] = true;
      }
    }
  }

  private void addMeans(int out, long column, byte[] src, int at, int n) {
    Samples.toDoubles(type, src, at, values, n);
    int i = 0;
    while (i < n) {
      long bin = (column + i) / columnStep;
      int end = (int) Math.min(n, (bin + 1) * columnStep - column);
      double s = 0;
      int w = 0;
      for (; i < end; i++) {
        double v = values[i];
        if (v == v) {
          s += v;
          w++;
        }
      }
      sum[out + (int) bin] += s;
      weight[out + (int) bin] += w;
    }
  }

  /** The bins, of shape (rows, columns) in bins; those that no sample came for are NaN or 0. */
  public Block result() {
    Primitive result = resultType(type, how);
    int size = outRows * outColumns;
    byte[] out;
    if (how == Reduction.MEAN) {
      double[] means = new double[size];
      Arrays.setAll(means, i -> sum[i] / weight[i]);
      out = Samples.fromDoubles(result, means, size);
    } else {
      out = new byte[Math.multiplyExact(size, result.itemSize())];
      byte[] other = new byte[out.length];
      byte[] min = how == Reduction.MIN ? out : other;
      byte[] max = how == Reduction.MIN ? other : out;
      bins.writeBins(0, size, min, 0, max, 0, 1);
    }
    return new Block(result, Shape.of(outRows, outColumns), out);
  }
}
