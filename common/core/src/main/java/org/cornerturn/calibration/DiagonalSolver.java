package org.cornerturn.calibration;

import org.cornerturn.calibration.SolverOptions.Freedom;

/**
 * Gains of each receptor from {@link NormalSums}, by the alternating direction implicit iteration
 * (StefCal: Salvini and Wijnholds 2014, A&amp;A 571, A97, algorithm 1): g_p = sum_q A_pq g_q /
 * sum_q D_pq |g_q|^2, where A = sum w V conj(M) and D = sum w |M|^2; every second iterate is
 * averaged with the one before, and what creeps is extrapolated. The result of a cell depends on
 * this cell alone. Phases are not referred to any antenna. Not for use by several threads.
 */
public final class DiagonalSolver {
  /** Iterations before it extrapolates: most data need no more. */
  private static final int PLAIN = 40;

  private final SolverOptions options;
  private Baselines prepared;
  private CellSystem system;

  // By antenna.
  private double[] gainRe;
  private double[] gainIm;
  private double[] nextRe;
  private double[] nextIm;
  private double[] divisor;
  private double[] startRe;
  private double[] startIm;
  private double[] oneRe;
  private double[] oneIm;
  private double[] twoRe;
  private double[] twoIm;

  public DiagonalSolver(SolverOptions options) {
    this.options = options;
  }

  /**
   * Solves all cells of an interval.
   *
   * @param sums whose cells are (frequency, receptor) of the table
   * @param table a diagonal one, that gets the solutions
   * @param time place of the interval in the table
   */
  public void solve(NormalSums sums, GainTable table, int time) {
    int receptors = table.receptors().size();
    if (table.isFull()
        || sums.cells() != table.frequency().count() * receptors
        || sums.baselines().antennas() != table.antennas().size()) {
      throw new IllegalArgumentException("the sums are not those of the table");
    }
    prepare(sums.baselines());
    for (int cell = 0; cell < sums.cells(); cell++) {
      int iterations = solve(sums, cell);
      int f = cell / receptors;
      for (int a = 0; a < gainRe.length; a++) {
        write(table, table.index(time, a, f, cell % receptors), a, iterations);
      }
    }
  }

  private void prepare(Baselines baselines) {
    if (baselines != prepared) {
      int antennas = baselines.antennas();
      prepared = baselines;
      system = new CellSystem(baselines);
      gainRe = new double[antennas];
      gainIm = new double[antennas];
      nextRe = new double[antennas];
      nextIm = new double[antennas];
      divisor = new double[antennas];
      startRe = new double[antennas];
      startIm = new double[antennas];
      oneRe = new double[antennas];
      oneIm = new double[antennas];
      twoRe = new double[antennas];
      twoIm = new double[antennas];
    }
  }

  /** Solves a cell; the flags are the system's. */
  private int solve(NormalSums sums, int cell) {
    boolean amplitudes = options.freedom() == Freedom.AMPLITUDE_AND_PHASE;
    system.load(sums, cell, options.minBaselines(), amplitudes);
    if (!system.hasGroup()) {
      return 0;
    }
    system.start(amplitudes, gainRe, gainIm);
    int iterations = iterate();
    boolean converged = iterations <= options.maxIterations();
    if (!converged) {
      system.flagAll(SolutionFlag.NOT_CONVERGED);
      return options.maxIterations();
    }
    system.judge(gainRe, gainIm, options);
    return iterations;
  }

  /**
   * Returns how many iterations it took, more than the most if it did not converge. Every second
   * iterate is averaged with the one before. Where antennas' responses differ much, at the ends of
   * a band say, that creeps; so after some iterations two such means are extrapolated to a third
   * (Varadhan and Roland 2008, SQUAREM 3).
   */
  private int iterate() {
    int n = gainRe.length;
    double last = Double.POSITIVE_INFINITY;
    int i = 0;
    while (i + 2 <= options.maxIterations()) {
      boolean extrapolates = i >= PLAIN;
      if (extrapolates) {
        copy(gainRe, gainIm, startRe, startIm);
      }
      i += 2;
      if (mean()) {
        return i;
      }
      if (!extrapolates || i + 2 > options.maxIterations()) {
        continue;
      }
      double moved = distance(gainRe, gainIm, startRe, startIm);
      if (moved > last) {
        // The extrapolation went too far: back to where it came from.
        copy(twoRe, twoIm, gainRe, gainIm);
        last = Double.POSITIVE_INFINITY;
        continue;
      }
      copy(gainRe, gainIm, oneRe, oneIm);
      i += 2;
      if (mean()) {
        return i;
      }
      copy(gainRe, gainIm, twoRe, twoIm);
      double bend = 0;
      for (int p = 0; p < n; p++) {
        double re = twoRe[p] - 2 * oneRe[p] + startRe[p];
        double im = twoIm[p] - 2 * oneIm[p] + startIm[p];
        bend += re * re + im * im;
      }
      double length = bend > 0 ? Math.max(1, moved / Math.sqrt(bend)) : 1;
      for (int p = 0; p < n; p++) {
        gainRe[p] = extrapolated(startRe[p], oneRe[p], twoRe[p], length);
        gainIm[p] = extrapolated(startIm[p], oneIm[p], twoIm[p], length);
      }
      normalise();
      last = 2 * moved;
    }
    return options.maxIterations() + 1;
  }

  private static double extrapolated(double start, double one, double two, double length) {
    return start + 2 * length * (one - start) + length * length * (two - 2 * one + start);
  }

  private static void copy(double[] re, double[] im, double[] toRe, double[] toIm) {
    System.arraycopy(re, 0, toRe, 0, re.length);
    System.arraycopy(im, 0, toIm, 0, im.length);
  }

  private static double distance(double[] re, double[] im, double[] fromRe, double[] fromIm) {
    double sum = 0;
    for (int p = 0; p < re.length; p++) {
      double dr = re[p] - fromRe[p];
      double di = im[p] - fromIm[p];
      sum += dr * dr + di * di;
    }
    return Math.sqrt(sum);
  }

  /** Two steps, whose mean is left unless the second changed nothing any more; whether so. */
  private boolean mean() {
    step();
    swap();
    double size = step();
    double change = distance(nextRe, nextIm, gainRe, gainIm);
    boolean done = change * change <= options.tolerance() * options.tolerance() * size;
    if (done) {
      swap();
    } else {
      for (int p = 0; p < gainRe.length; p++) {
        gainRe[p] = (gainRe[p] + nextRe[p]) / 2;
        gainIm[p] = (gainIm[p] + nextIm[p]) / 2;
      }
      normalise();
    }
    return done;
  }

  /** Makes the next iterate; returns the sum of its squares. */
  private double step() {
    boolean amplitudes = options.freedom() == Freedom.AMPLITUDE_AND_PHASE;
    system.step(gainRe, gainIm, nextRe, nextIm, divisor);
    double size = 0;
    for (int p = 0; p < gainRe.length; p++) {
      if (!system.isSolved(p)) {
        nextRe[p] = 0;
        nextIm[p] = 0;
        continue;
      }
      // 0 for an antenna that no antenna with a gain yet is paired with.
      double by = amplitudes ? divisor[p] : Math.hypot(nextRe[p], nextIm[p]);
      double scale = by > 0 ? 1 / by : 0;
      nextRe[p] *= scale;
      nextIm[p] *= scale;
      size += nextRe[p] * nextRe[p] + nextIm[p] * nextIm[p];
    }
    return size;
  }

  /** Where phases alone are free, takes amplitudes to 1. */
  private void normalise() {
    if (options.freedom() == Freedom.AMPLITUDE_AND_PHASE) {
      return;
    }
    for (int p = 0; p < gainRe.length; p++) {
      double by = Math.hypot(gainRe[p], gainIm[p]);
      double scale = by > 0 ? 1 / by : 0;
      gainRe[p] *= scale;
      gainIm[p] *= scale;
    }
  }

  private void swap() {
    double[] re = gainRe;
    double[] im = gainIm;
    gainRe = nextRe;
    gainIm = nextIm;
    nextRe = re;
    nextIm = im;
  }

  private void write(GainTable table, int index, int antenna, int iterations) {
    SolutionFlag flag = system.flag(antenna);
    if (flag == SolutionFlag.GOOD) {
      table.set(index, gainRe[antenna], gainIm[antenna]);
    } else {
      table.flag(index, flag);
    }
    table.snr()[index] = (float) system.snr(antenna);
    table.chiSquared()[index] = (float) system.chiSquared(antenna);
    table.iterations()[index] = iterations;
  }
}
