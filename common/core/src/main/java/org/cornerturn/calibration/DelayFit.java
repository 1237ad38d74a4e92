package org.cornerturn.calibration;

import java.util.Arrays;
import org.cornerturn.calibration.SolverOptions.Noise;

/** Phases and delays of antennas, fitted to all baselines at once. */
final class DelayFit {
  private static final int NONE = -1;

  final double[] delay;
  final double[] phase;
  final double[] error;
  final double[] snr;
  final double[] chiSquared;

  private final CrossSpectra spectra;
  private final SolutionFlag[] flags;
  // Place of an antenna among the unknowns; the reference has none.
  private final int[] unknown;
  private final NormalEquations equations;

  DelayFit(CrossSpectra spectra, SolutionFlag[] flags, int reference) {
    this.spectra = spectra;
    this.flags = flags;
    int n = flags.length;
    delay = new double[n];
    phase = new double[n];
    error = new double[n];
    snr = new double[n];
    chiSquared = new double[n];
    Arrays.fill(snr, Double.NaN);
    Arrays.fill(chiSquared, Double.NaN);
    unknown = new int[n];
    int count = 0;
    for (int a = 0; a < n; a++) {
      unknown[a] = flags[a] == SolutionFlag.GOOD && a != reference ? count++ : NONE;
    }
    equations = new NormalEquations(2 * count);
  }

  private boolean isUsed(int b) {
    Baselines baselines = spectra.baselines();
    return baselines.isCross(b)
        && flags[baselines.first(b)] == SolutionFlag.GOOD
        && flags[baselines.second(b)] == SolutionFlag.GOOD;
  }

  private double[] coherent(int b) {
    int p = spectra.baselines().first(b);
    int q = spectra.baselines().second(b);
    return spectra.coherent(b, delay[p] - delay[q], phase[p] - phase[q]);
  }

  /** Returns the iterations that it took, more than the most if it did not converge. */
  int improve(SolverOptions options) {
    for (int i = 1; i <= options.maxIterations(); i++) {
      fill();
      if (!equations.factor()) {
        break;
      }
      double[] change = equations.solve();
      double largest = 0;
      for (int a = 0; a < unknown.length; a++) {
        if (unknown[a] != NONE) {
          // Offsets are in units of half the band, so these are the phases at its edge.
          double turn = change[2 * unknown[a] + 1];
          phase[a] += change[2 * unknown[a]];
          delay[a] += turn / (2 * Math.PI * spectra.reachHz());
          largest = Math.max(largest, Math.abs(change[2 * unknown[a]]) + Math.abs(turn));
        }
      }
      if (largest < options.tolerance()) {
        for (int a = 0; a < phase.length; a++) {
          phase[a] = Math.IEEEremainder(phase[a], 2 * Math.PI);
        }
        return i;
      }
    }
    return options.maxIterations() + 1;
  }

  private void fill() {
    equations.clear();
    double reach = spectra.reachHz();
    Baselines baselines = spectra.baselines();
    for (int b = 0; b < baselines.count(); b++) {
      if (!isUsed(b)) {
        continue;
      }
      double[] s = coherent(b);
      double amplitude = s[0] / s[3];
      // Turned against the model a baseline says nothing of how to mend it.
      if (!(amplitude > 0)) {
        continue;
      }
      double w = amplitude * amplitude;
      double[] m = {w * s[3], w * s[4] / reach, w * s[5] / (reach * reach)};
      double[] r = {amplitude * s[1], amplitude * s[2] / reach};
      int p = unknown[baselines.first(b)];
      int q = unknown[baselines.second(b)];
      addOwn(p, m, r, 1);
      addOwn(q, m, r, -1);
      if (p != NONE && q != NONE) {
        equations.add(2 * p, 2 * q, -m[0]);
        equations.add(2 * p, 2 * q + 1, -m[1]);
        equations.add(2 * p + 1, 2 * q, -m[1]);
        equations.add(2 * p + 1, 2 * q + 1, -m[2]);
      }
    }
  }

  private void addOwn(int u, double[] m, double[] r, int sign) {
    if (u != NONE) {
      equations.add(2 * u, 2 * u, m[0]);
      equations.add(2 * u, 2 * u + 1, m[1]);
      equations.add(2 * u + 1, 2 * u + 1, m[2]);
      equations.addRight(2 * u, sign * r[0]);
      equations.addRight(2 * u + 1, sign * r[1]);
    }
  }

  /** Errors, signal over noise and chi^2, and flags of what is too weak. */
  void judge(SolverOptions options) {
    int n = flags.length;
    double[] along = new double[n];
    double[] model = new double[n];
    double[] squares = new double[n];
    double[] numbers = new double[n];
    double total = 0;
    double all = 0;
    Baselines baselines = spectra.baselines();
    for (int b = 0; b < baselines.count(); b++) {
      if (!isUsed(b)) {
        continue;
      }
      int p = baselines.first(b);
      int q = baselines.second(b);
      double[] s = coherent(b);
      double[] rest = spectra.residual(b, delay[p] - delay[q], phase[p] - phase[q]);
      for (int a : new int[] {p, q}) {
        along[a] += s[0];
        model[a] += s[3];
        squares[a] += rest[0];
        numbers[a] += rest[1];
      }
      total += rest[0];
      all += rest[1];
    }
    int unknowns = 2 * (int) Arrays.stream(unknown).filter(u -> u != NONE).count();
    double freedom = all - unknowns;
    double share = freedom > 0 ? freedom / all : Double.NaN;
    double variance = options.noise() == Noise.OF_WEIGHTS ? 1 : total / freedom;
    fill();
    boolean factored = equations.factor();
    for (int a = 0; a < n; a++) {
      if (flags[a] != SolutionFlag.GOOD) {
        continue;
      }
      chiSquared[a] = squares[a] / (numbers[a] * share);
      snr[a] = freedom > 0 ? Math.max(0, along[a]) / Math.sqrt(model[a] * variance) : Double.NaN;
      if (unknown[a] != NONE) {
        double bound = factored ? equations.inverse(2 * unknown[a] + 1) : Double.NaN;
        error[a] = Math.sqrt(bound * variance) / (2 * Math.PI * spectra.reachHz());
      }
    }
    if (options.minSnr() > 0) {
      flagWeak(options);
    }
  }

  /**
   * Flags antennas without signal. All agree with the reference as well as noise can be made to, so
   * its own signal counts only if enough others have theirs.
   */
  private void flagWeak(SolverOptions options) {
    int strong = 0;
    for (int a = 0; a < flags.length; a++) {
      strong += unknown[a] != NONE && snr[a] >= options.minSnr() ? 1 : 0;
    }
    for (int a = 0; a < flags.length; a++) {
      boolean weak = strong < options.minBaselines() || !(snr[a] >= options.minSnr());
      if (flags[a] == SolutionFlag.GOOD && weak) {
        flags[a] = SolutionFlag.LOW_SNR;
      }
    }
  }
}
