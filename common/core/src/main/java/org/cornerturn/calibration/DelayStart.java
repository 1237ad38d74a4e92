package org.cornerturn.calibration;

import java.util.Arrays;

/** First delays and phases of antennas, near enough for least squares to find the right ones. */
final class DelayStart {
  private static final int NONE = -1;

  // A baseline to the reference is taken before one with up to this times its power.
  private static final double PREFERENCE = 4;
  private static final int SWEEPS = 4;

  // A peak must be higher than the sum at the delay so far by this, not by rounding.
  private static final double HIGHER = 1.001;

  private final CrossSpectra spectra;
  private final SolutionFlag[] flags;
  private final int reference;
  private final double[] delay;
  private final double[] phase;
  private final double[] re;
  private final double[] im;

  /**
   * @param delay by antenna; overwritten
   * @param phase by antenna; overwritten
   */
  DelayStart(
      CrossSpectra spectra, SolutionFlag[] flags, int reference, double[] delay, double[] phase) {
    this.spectra = spectra;
    this.flags = flags;
    this.reference = reference;
    this.delay = delay;
    this.phase = phase;
    re = new double[spectra.channels()];
    im = new double[spectra.channels()];
  }

  void begin() {
    spread();
    boolean changed = true;
    for (int i = 0; i < SWEEPS && changed; i++) {
      changed = false;
      for (int a = 0; a < flags.length; a++) {
        changed |= a != reference && flags[a] == SolutionFlag.GOOD && sweep(a);
      }
    }
  }

  /** Gives every antenna a delay, from the reference outwards along the best baselines. */
  private void spread() {
    int n = flags.length;
    boolean[] begun = new boolean[n];
    double[] best = new double[n];
    int[] from = new int[n];
    begun[reference] = true;
    int last = reference;
    while (last != NONE) {
      int next = NONE;
      for (int a = 0; a < n; a++) {
        if (begun[a] || flags[a] != SolutionFlag.GOOD) {
          continue;
        }
        int b = spectra.baseline(a, last);
        double power = b == NONE ? 0 : spectra.power(b) * (last == reference ? PREFERENCE : 1);
        if (power > best[a]) {
          best[a] = power;
          from[a] = last;
        }
        if (best[a] > 0 && (next == NONE || best[a] > best[next])) {
          next = a;
        }
      }
      if (next != NONE) {
        clear();
        add(next, from[next]);
        take(next, spectra.peak(re, im));
        begun[next] = true;
      }
      last = next;
    }
  }

  /** Looks for an antenna's delay by all its baselines; whether it found a better one. */
  private boolean sweep(int antenna) {
    clear();
    for (int q = 0; q < flags.length; q++) {
      if (q != antenna && flags[q] == SolutionFlag.GOOD) {
        add(antenna, q);
      }
    }
    double found = spectra.peak(re, im);
    double[] there = spectra.coherent(re, im, found);
    double[] here = spectra.coherent(re, im, delay[antenna]);
    boolean better = Math.hypot(there[0], there[1]) > HIGHER * Math.hypot(here[0], here[1]);
    take(antenna, better ? found : delay[antenna]);
    return better;
  }

  private void clear() {
    Arrays.fill(re, 0);
    Arrays.fill(im, 0);
  }

  /** Adds what a baseline says of an antenna's gain. */
  private void add(int antenna, int other) {
    int b = spectra.baseline(antenna, other);
    if (b != NONE) {
      int sign = spectra.isFirst(b, antenna) ? 1 : -1;
      spectra.addTurned(b, sign, delay[other], phase[other], re, im);
    }
  }

  private void take(int antenna, double seconds) {
    double[] sum = spectra.coherent(re, im, seconds);
    delay[antenna] = seconds;
    phase[antenna] = Math.atan2(sum[1], sum[0]);
  }
}
