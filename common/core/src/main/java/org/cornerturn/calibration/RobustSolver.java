package org.cornerturn.calibration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Gains of each receptor that outliers don't draw away: solved for again and again with weights by
 * the residuals of the solution before (iteratively re-weighted least squares), in units of their
 * own scale, which the median of each cell tells. The samples stay in memory, by reference. Signal
 * over noise and chi^2 are those of the re-weighted data. Not for use by several threads.
 */
public final class RobustSolver {
  private static final int ROUNDS = 60;

  // From this round on scales stay as they are, so that they can't go back and forth.
  private static final int SCALED = 10;

  // Gains that change by less than this part of themselves between rounds have settled.
  private static final double SETTLED = 1e-4;

  // The median of the sum of two squared normal deviates.
  private static final double MEDIAN = 2 * Math.log(2);

  // Bits of a float's fraction by which residuals are told apart: to 3 %.
  private static final int FRACTION_BITS = 5;
  private static final int SHIFT = 23 - FRACTION_BITS;
  private static final int BINS = 256 << FRACTION_BITS;

  private final DiagonalSolver rounds;
  private final DiagonalSolver last;
  private final Reweighting reweighting;
  private final Baselines baselines;
  private final SolutionCells cells;
  private final List<Integration> integrations = new ArrayList<>();
  private final NormalSums sums;

  private record Integration(
      float[] visibilities, float[] weights, short[] flags, int at, float[] model, int modelAt) {}

  public RobustSolver(
      SolverOptions options, Reweighting reweighting, Baselines baselines, SolutionCells cells) {
    // A gain that outliers hide is not to be given up before they have lost their weight.
    rounds = new DiagonalSolver(options.withMinSnr(0));
    last = new DiagonalSolver(options);
    this.reweighting = reweighting;
    this.baselines = baselines;
    this.cells = cells;
    sums = new NormalSums(baselines, cells.count());
  }

  /** Adds an integration of the interval, as {@link NormalSums#add} does; kept by reference. */
  public void add(
      float[] visibilities, float[] weights, short[] flags, int at, float[] model, int modelAt) {
    integrations.add(new Integration(visibilities, weights, flags, at, model, modelAt));
  }

  /** Forgets all integrations. */
  public void clear() {
    integrations.clear();
  }

  /**
   * Solves all cells of the interval.
   *
   * @param table a diagonal one, that gets the solutions
   * @param time place of the interval in the table
   */
  public void solve(GainTable table, int time) {
    // At first what is much brighter than the rest counts less, whatever the model says.
    add(null, scales(null));
    rounds.solve(sums, table, time);
    double[] scale = null;
    double[] change = new double[cells.count()];
    Arrays.fill(change, Double.POSITIVE_INFINITY);
    for (int round = 0; round < ROUNDS && !isSettled(change); round++) {
      GainTable before = copy(table, time);
      scale = round < SCALED ? scales(before) : scale;
      add(before, scale);
      rounds.solve(sums, table, time);
      changes(before, table, time, change);
    }
    last.solve(sums, table, time);
    for (int cell = 0; cell < change.length; cell++) {
      if (change[cell] > SETTLED) {
        flag(table, time, cell);
      }
    }
  }

  /** Makes the sums anew, with weights by the residuals of gains, or by the data's own power. */
  private void add(GainTable gains, double[] scale) {
    sums.clear();
    forEach(
        gains,
        (b, cell, w, square, v, m) -> {
          double factor = Double.isNaN(square) ? 1 : reweighting.factor(square / scale[cell]);
          sums.add(b, cell, w * factor, v[0], v[1], m[0], m[1]);
        });
  }

  private static boolean isSettled(double[] change) {
    return Arrays.stream(change).allMatch(c -> c <= SETTLED);
  }

  private static GainTable copy(GainTable table, int time) {
    SolutionAxis axis = table.time();
    GainTable one =
        GainTable.diagonal(
            new SolutionAxis(
                new double[] {axis.centre(time)},
                new double[] {axis.start(time)},
                new double[] {axis.end(time)}),
            table.frequency(),
            table.antennas(),
            table.receptors());
    int from = table.index(time, 0, 0, 0);
    System.arraycopy(table.gains(), 2 * from, one.gains(), 0, one.gains().length);
    System.arraycopy(table.flags(), from, one.flags(), 0, one.flags().length);
    return one;
  }

  /** Takes a sample and the square of its residual times its weight; NaN without gains. */
  private interface Sample {
    void take(int baseline, int cell, double weight, double square, double[] v, double[] m);
  }

  private void forEach(GainTable gains, Sample sample) {
    double[] v = new double[2];
    double[] m = new double[2];
    for (Integration in : integrations) {
      for (int b = 0; b < baselines.count(); b++) {
        if (!baselines.isCross(b)) {
          continue;
        }
        for (int e = 0; e < cells.elements(); e++) {
          int i = in.at() + b * cells.elements() + e;
          int k = in.modelAt() + b * cells.elements() + e;
          int cell = cells.cell(e);
          double w = in.weights() == null ? 1 : in.weights()[i];
          if (cell == SolutionCells.NONE || in.flags() != null && in.flags()[i] != 0 || !(w > 0)) {
            continue;
          }
          v[0] = in.visibilities()[2 * i];
          v[1] = in.visibilities()[2 * i + 1];
          m[0] = in.model()[2 * k];
          m[1] = in.model()[2 * k + 1];
          sample.take(b, cell, w, w * residual(gains, b, cell, v, m), v, m);
        }
      }
    }
  }

  private double residual(GainTable table, int b, int cell, double[] v, double[] m) {
    if (table == null) {
      return v[0] * v[0] + v[1] * v[1];
    }
    int f = cell / table.elements();
    int r = cell % table.elements();
    int p = 2 * table.index(0, baselines.first(b), f, r);
    int q = 2 * table.index(0, baselines.second(b), f, r);
    double[] g = table.gains();
    double gr = g[p] * g[q] + g[p + 1] * g[q + 1];
    double gi = g[p + 1] * g[q] - g[p] * g[q + 1];
    double re = v[0] - gr * m[0] + gi * m[1];
    double im = v[1] - gr * m[1] - gi * m[0];
    return re * re + im * im;
  }

  /** Variance of a real or imaginary part of each cell, by the median of the squares. */
  private double[] scales(GainTable gains) {
    int[][] histogram = new int[cells.count()][BINS];
    int[] count = new int[cells.count()];
    forEach(
        gains,
        (b, cell, w, square, v, m) -> {
          if (square >= 0 && square < Float.MAX_VALUE) {
            histogram[cell][Float.floatToIntBits((float) square) >>> SHIFT]++;
            count[cell]++;
          }
        });
    double[] scales = new double[cells.count()];
    for (int cell = 0; cell < scales.length; cell++) {
      int bin = 0;
      for (int seen = histogram[cell][0]; 2 * seen < count[cell]; seen += histogram[cell][bin]) {
        bin++;
      }
      // The bin's middle; of exact data the smallest number, so that nothing is divided by 0.
      float middle = Float.intBitsToFloat((bin << SHIFT) | 1 << SHIFT - 1);
      scales[cell] = middle / MEDIAN;
    }
    return scales;
  }

  /** Largest change of each cell's gains, the phase that all share taken out, relative. */
  private void changes(GainTable before, GainTable table, int time, double[] change) {
    for (int cell = 0; cell < change.length; cell++) {
      int f = cell / table.elements();
      int r = cell % table.elements();
      double re = 0;
      double im = 0;
      for (int a = 0; a < baselines.antennas(); a++) {
        int i = table.index(time, a, f, r);
        int k = before.index(0, a, f, r);
        if (table.isGood(i) && before.isGood(k)) {
          double[] g = table.gains();
          double[] h = before.gains();
          re += g[2 * i] * h[2 * k] + g[2 * i + 1] * h[2 * k + 1];
          im += g[2 * i + 1] * h[2 * k] - g[2 * i] * h[2 * k + 1];
        }
      }
      double size = Math.hypot(re, im);
      change[cell] = 0;
      for (int a = 0; a < baselines.antennas(); a++) {
        int i = table.index(time, a, f, r);
        int k = before.index(0, a, f, r);
        if (table.isGood(i) != before.isGood(k)) {
          change[cell] = Double.POSITIVE_INFINITY;
        } else if (table.isGood(i)) {
          double x = before.gains()[2 * k];
          double y = before.gains()[2 * k + 1];
          double dr = table.gains()[2 * i] - (x * re - y * im) / size;
          double di = table.gains()[2 * i + 1] - (x * im + y * re) / size;
          change[cell] = Math.max(change[cell], Math.hypot(dr, di) / table.amplitude(i));
        }
      }
    }
  }

  private void flag(GainTable table, int time, int cell) {
    for (int a = 0; a < baselines.antennas(); a++) {
      int i = table.index(time, a, cell / table.elements(), cell % table.elements());
      if (table.isGood(i)) {
        table.flag(i, SolutionFlag.NOT_CONVERGED);
      }
    }
  }
}
