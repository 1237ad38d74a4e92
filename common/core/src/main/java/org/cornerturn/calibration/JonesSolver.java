package org.cornerturn.calibration;

import org.cornerturn.calibration.SolverOptions.Freedom;

/**
 * Full Jones matrices by the iteration of {@link DiagonalSolver}, of matrices: J_p = (sum_q w V_pq
 * Z^H) (sum_q w Z Z^H)^-1 with Z = M_pq J_q^H, every second iterate averaged with the one before. A
 * model without polarization determines the matrices up to a unitary one on their right, common to
 * all antennas: the one that the antenna with most signal begins with a multiple of 1. Not for use
 * by several threads.
 */
public final class JonesSolver {
  private final SolverOptions options;

  /**
   * @param options of amplitudes and phases
   */
  public JonesSolver(SolverOptions options) {
    if (options.freedom() != Freedom.AMPLITUDE_AND_PHASE) {
      throw new IllegalArgumentException("full Jones matrices have amplitudes");
    }
    this.options = options;
  }

  /**
   * Solves all cells of an interval.
   *
   * @param sums whose cells are the table's frequencies
   * @param table a full one, that gets the solutions
   * @param time place of the interval in the table
   */
  public void solve(JonesSums sums, GainTable table, int time) {
    if (!table.isFull()
        || sums.cells() != table.frequency().count()
        || sums.baselines().antennas() != table.antennas().size()) {
      throw new IllegalArgumentException("the sums are not those of the table");
    }
    for (int cell = 0; cell < sums.cells(); cell++) {
      JonesSystem system = new JonesSystem(sums, cell, options);
      double[] gains = new double[8 * table.antennas().size()];
      int iterations = 0;
      if (system.start(gains)) {
        iterations = iterate(system, gains);
        if (iterations > options.maxIterations()) {
          iterations = options.maxIterations();
          system.flagAll(SolutionFlag.NOT_CONVERGED);
        } else {
          system.judge(gains);
        }
      }
      for (int a = 0; a < table.antennas().size(); a++) {
        write(system, gains, a, iterations, table, table.index(time, a, cell, 0));
      }
    }
  }

  /**
   * Iterates, two steps and their mean at a time, and extrapolates from two such means to a third
   * (Varadhan and Roland 2008, SQUAREM 3): a model of little polarization determines the unitary
   * factor so weakly that plain iteration takes thousands of steps.
   */
  private int iterate(JonesSystem system, double[] gains) {
    int n = gains.length;
    double[] next = new double[n];
    double[] start = new double[n];
    double[] one = new double[n];
    double[] two = new double[n];
    double last = Double.POSITIVE_INFINITY;
    for (int i = 2; i <= options.maxIterations(); i += 4) {
      System.arraycopy(gains, 0, start, 0, n);
      if (mean(system, gains, next)) {
        return i;
      }
      double moved = distance(gains, start);
      if (moved > last) {
        // The extrapolation went too far: back to where it came from.
        System.arraycopy(two, 0, gains, 0, n);
        last = Double.POSITIVE_INFINITY;
        continue;
      }
      System.arraycopy(gains, 0, one, 0, n);
      if (mean(system, gains, next)) {
        return Math.min(i + 2, options.maxIterations());
      }
      System.arraycopy(gains, 0, two, 0, n);
      double bend = 0;
      for (int k = 0; k < n; k++) {
        double v = two[k] - 2 * one[k] + start[k];
        bend += v * v;
      }
      double length = bend > 0 ? Math.max(1, moved / Math.sqrt(bend)) : 1;
      for (int k = 0; k < n; k++) {
        double r = one[k] - start[k];
        double v = two[k] - 2 * one[k] + start[k];
        gains[k] = start[k] + 2 * length * r + length * length * v;
      }
      last = 2 * moved;
    }
    return options.maxIterations() + 1;
  }

  /** Two steps, whose mean is left unless the second changed nothing any more; whether it did. */
  private boolean mean(JonesSystem system, double[] gains, double[] next) {
    system.step(gains, next);
    System.arraycopy(next, 0, gains, 0, next.length);
    system.step(gains, next);
    double size = 0;
    for (double x : next) {
      size += x * x;
    }
    boolean done = distance(gains, next) <= options.tolerance() * Math.sqrt(size);
    for (int k = 0; k < next.length; k++) {
      gains[k] = done ? next[k] : (gains[k] + next[k]) / 2;
    }
    return done;
  }

  private static double distance(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += (a[k] - b[k]) * (a[k] - b[k]);
    }
    return Math.sqrt(sum);
  }

  private static void write(
      JonesSystem system, double[] gains, int antenna, int iterations, GainTable table, int index) {
    for (int e = 0; e < 4; e++) {
      int i = index + e;
      if (system.flag(antenna) == SolutionFlag.GOOD) {
        table.set(i, gains[8 * antenna + 2 * e], gains[8 * antenna + 2 * e + 1]);
      } else {
        table.flag(i, system.flag(antenna));
      }
      table.snr()[i] = (float) system.snr(antenna, e);
      table.chiSquared()[i] = (float) system.chiSquared(antenna);
      table.iterations()[i] = iterations;
    }
  }
}
