package org.cornerturn.calibration;

import org.cornerturn.calibration.SolverOptions.Freedom;

/**
 * Gains of each receptor from {@link NormalSums}, by the alternating direction implicit iteration
 * (StefCal: Salvini and Wijnholds 2014, A&amp;A 571, A97, algorithm 1): g_p = sum_q A_pq g_q /
 * sum_q D_pq |g_q|^2, where A = sum w V conj(M) and D = sum w |M|^2; every second iterate is
 * averaged with the one before. The result of a cell depends on this cell alone. Phases are not
 * referred to any antenna. Not for use by several threads.
 */
public final class DiagonalSolver {
  private final SolverOptions options;
  private Baselines prepared;
  private CellSystem system;

  // By antenna.
  private double[] gainRe;
  private double[] gainIm;
  private double[] nextRe;
  private double[] nextIm;
  private double[] divisor;

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

  /** Returns how many iterations it took, more than the most if it did not converge. */
  private int iterate() {
    boolean amplitudes = options.freedom() == Freedom.AMPLITUDE_AND_PHASE;
    double limit = options.tolerance() * options.tolerance();
    int n = gainRe.length;
    for (int i = 1; i <= options.maxIterations(); i++) {
      system.step(gainRe, gainIm, nextRe, nextIm, divisor);
      double change = 0;
      double size = 0;
      for (int p = 0; p < n; p++) {
        if (!system.isSolved(p)) {
          nextRe[p] = 0;
          nextIm[p] = 0;
          continue;
        }
        // An antenna that no antenna with a gain yet is paired with.
        double by = divisor[p];
        if (!amplitudes) {
          by = Math.hypot(nextRe[p], nextIm[p]);
        }
        double scale = by > 0 ? 1 / by : 0;
        nextRe[p] *= scale;
        nextIm[p] *= scale;
        double dr = nextRe[p] - gainRe[p];
        double di = nextIm[p] - gainIm[p];
        change += dr * dr + di * di;
        size += nextRe[p] * nextRe[p] + nextIm[p] * nextIm[p];
      }
      boolean even = i % 2 == 0;
      if (even && change <= limit * size) {
        swap();
        return i;
      }
      if (even) {
        average(amplitudes);
      } else {
        swap();
      }
    }
    return options.maxIterations() + 1;
  }

  private void swap() {
    double[] re = gainRe;
    double[] im = gainIm;
    gainRe = nextRe;
    gainIm = nextIm;
    nextRe = re;
    nextIm = im;
  }

  private void average(boolean amplitudes) {
    for (int p = 0; p < gainRe.length; p++) {
      double re = (gainRe[p] + nextRe[p]) / 2;
      double im = (gainIm[p] + nextIm[p]) / 2;
      double by = amplitudes ? 1 : Math.hypot(re, im);
      double scale = by > 0 ? 1 / by : 0;
      gainRe[p] = re * scale;
      gainIm[p] = im * scale;
    }
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
