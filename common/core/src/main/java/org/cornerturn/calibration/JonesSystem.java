package org.cornerturn.calibration;

import java.util.Arrays;
import org.cornerturn.calibration.SolverOptions.Noise;

/** One cell's equations of full Jones matrices, (antenna, 2, 2) complex. */
final class JonesSystem {
  // A determinant below this part of its terms is rounding.
  private static final double SINGULAR = 1e-12;

  // Matrices fitted to noise alone explain of each antenna's data up to 32 times the variance of a
  // number (the two largest eigenvalues of a random Hermitian matrix of twice the antennas), and
  // less than this in all but 1 of 100 trials, of 5 antennas or of many.
  private static final double NOISE_ALONE = 33;

  private final JonesSums sums;
  private final int cell;
  private final SolverOptions options;
  private final SolutionFlag[] flags;
  private final double[] modelSum;
  private final double[] powerSum;
  private final double[] snr;
  private final double[] chiSquared;
  // Numerators and divisors of all antennas, (antenna, 2, 2).
  private final double[] left;
  private final double[] right;

  // Of the baseline in work.
  private final double[] numerator = new double[8];
  private final double[] divisor = new double[8];
  private final double[] square = new double[8];

  JonesSystem(JonesSums sums, int cell, SolverOptions options) {
    this.sums = sums;
    this.cell = cell;
    this.options = options;
    int n = sums.baselines().antennas();
    flags = new SolutionFlag[n];
    modelSum = new double[n];
    powerSum = new double[n];
    snr = new double[4 * n];
    chiSquared = new double[n];
    Arrays.fill(snr, Double.NaN);
    Arrays.fill(chiSquared, Double.NaN);
    left = new double[8 * n];
    right = new double[8 * n];
    choose();
  }

  private void choose() {
    Baselines baselines = sums.baselines();
    int n = baselines.antennas();
    double[][] joined = new double[n][n];
    double[] count = new double[n];
    for (int b = 0; b < baselines.count(); b++) {
      if (!baselines.isCross(b)) {
        continue;
      }
      int s = sums.index(b, cell);
      double d = 0;
      for (int e = 0; e < 4; e++) {
        d += sums.values()[s + JonesSums.MODEL + 2 * 5 * e];
      }
      joined[baselines.first(b)][baselines.second(b)] = d;
      joined[baselines.second(b)][baselines.first(b)] = d;
      for (int a : new int[] {baselines.first(b), baselines.second(b)}) {
        modelSum[a] += d;
        powerSum[a] += sums.values()[s + JonesSums.POWER];
        count[a] += sums.values()[s + JonesSums.COUNT];
      }
    }
    for (int a = 0; a < n; a++) {
      flags[a] =
          CellSystem.beforehand(count[a], modelSum[a], powerSum[a], sums.hadNotFinite(a, cell));
    }
    flagHalfModels();
    new AntennaGroups(n).choose(joined, flags, options.minBaselines(), true);
  }

  /** Flags antennas whose model has one receptor only, or both always in the same ratio. */
  private void flagHalfModels() {
    double[] ones = new double[left.length];
    for (int m = 0; m < ones.length; m += 8) {
      ones[m] = 1;
      ones[m + 6] = 1;
    }
    accumulate(ones);
    for (int a = 0; a < flags.length; a++) {
      int m = 8 * a;
      double product = right[m] * right[m + 6];
      double cross = right[m + 2] * right[m + 2] + right[m + 3] * right[m + 3];
      if (isSolved(a) && !(product - cross > SINGULAR * product)) {
        flags[a] = SolutionFlag.ZERO_MODEL;
      }
    }
  }

  SolutionFlag flag(int antenna) {
    return flags[antenna];
  }

  double snr(int antenna, int element) {
    return snr[4 * antenna + element];
  }

  double chiSquared(int antenna) {
    return chiSquared[antenna];
  }

  private boolean isSolved(int antenna) {
    return flags[antenna] == SolutionFlag.GOOD;
  }

  void flagAll(SolutionFlag why) {
    for (int a = 0; a < flags.length; a++) {
      flags[a] = isSolved(a) ? why : flags[a];
    }
  }

  /** First matrices: a multiple of 1 for the antenna with most signal; whether there are any. */
  boolean start(double[] gains) {
    int most = -1;
    double power = 0;
    double model = 0;
    for (int a = 0; a < flags.length; a++) {
      if (isSolved(a)) {
        most = most < 0 || powerSum[a] > powerSum[most] ? a : most;
        power += powerSum[a];
        model += modelSum[a];
      }
    }
    if (most < 0) {
      return false;
    }
    double amplitude = Math.pow(power / model, 0.25);
    gains[8 * most] = amplitude;
    gains[8 * most + 6] = amplitude;
    double[] next = new double[gains.length];
    step(gains, next);
    double[] own = Arrays.copyOfRange(gains, 8 * most, 8 * most + 8);
    System.arraycopy(next, 0, gains, 0, gains.length);
    System.arraycopy(own, 0, gains, 8 * most, 8);
    return true;
  }

  /** The next iterate; matrices of antennas that aren't solved for are 0 and stay so. */
  void step(double[] gains, double[] next) {
    accumulate(gains);
    double[] inverse = new double[8];
    for (int a = 0; a < flags.length; a++) {
      Arrays.fill(next, 8 * a, 8 * a + 8, 0);
      if (isSolved(a) && right[8 * a] + right[8 * a + 6] > 0) {
        Jones.invert(right, 8 * a, inverse, 0);
        Jones.multiply(left, 8 * a, inverse, 0, next, 8 * a);
      }
    }
  }

  private void accumulate(double[] gains) {
    Arrays.fill(left, 0);
    Arrays.fill(right, 0);
    Baselines baselines = sums.baselines();
    for (int b = 0; b < baselines.count(); b++) {
      int p = baselines.first(b);
      int q = baselines.second(b);
      if (p == q || !isSolved(p) || !isSolved(q)) {
        continue;
      }
      forFirst(b, gains, 8 * q);
      addTo(8 * p);
      forSecond(b, gains, 8 * p);
      addTo(8 * q);
    }
  }

  private void addTo(int at) {
    for (int e = 0; e < 8; e++) {
      left[at + e] += numerator[e];
      right[at + e] += divisor[e];
    }
  }

  /** J^H J: G_ln = sum_s conj(J_sl) J_sn. */
  private void square(double[] gains, int at) {
    for (int l = 0; l < 2; l++) {
      for (int n = 0; n < 2; n++) {
        double re = 0;
        double im = 0;
        for (int s = 0; s < 2; s++) {
          int i = at + 2 * (2 * s + l);
          int j = at + 2 * (2 * s + n);
          re += gains[i] * gains[j] + gains[i + 1] * gains[j + 1];
          im += gains[i] * gains[j + 1] - gains[i + 1] * gains[j];
        }
        square[2 * (2 * l + n)] = re;
        square[2 * (2 * l + n) + 1] = im;
      }
    }
  }

  /**
   * What a baseline says of its first antenna: numerator_rk = sum A_(rs)(kl) J_sl and divisor_km =
   * sum B_(kl)(mn) G_ln of the second's J.
   */
  private void forFirst(int b, double[] gains, int other) {
    square(gains, other);
    double[] v = sums.values();
    int s0 = sums.index(b, cell);
    for (int r = 0; r < 2; r++) {
      for (int k = 0; k < 2; k++) {
        int out = 2 * (2 * r + k);
        numerator[out] = 0;
        numerator[out + 1] = 0;
        divisor[out] = 0;
        divisor[out + 1] = 0;
        for (int s = 0; s < 2; s++) {
          for (int l = 0; l < 2; l++) {
            int a = s0 + JonesSums.DATA + 2 * (4 * (2 * r + s) + 2 * k + l);
            add(numerator, out, v[a], v[a + 1], gains, other + 2 * (2 * s + l));
            int m = s0 + JonesSums.MODEL + 2 * (4 * (2 * r + s) + 2 * k + l);
            add(divisor, out, v[m], v[m + 1], square, 2 * (2 * s + l));
          }
        }
      }
    }
  }

  /** What a baseline says of its second antenna, whose data and model are the adjoint ones. */
  private void forSecond(int b, double[] gains, int other) {
    square(gains, other);
    double[] v = sums.values();
    int s0 = sums.index(b, cell);
    for (int s = 0; s < 2; s++) {
      for (int l = 0; l < 2; l++) {
        int out = 2 * (2 * s + l);
        numerator[out] = 0;
        numerator[out + 1] = 0;
        divisor[out] = 0;
        divisor[out + 1] = 0;
        for (int r = 0; r < 2; r++) {
          for (int k = 0; k < 2; k++) {
            int a = s0 + JonesSums.DATA + 2 * (4 * (2 * r + s) + 2 * k + l);
            add(numerator, out, v[a], -v[a + 1], gains, other + 2 * (2 * r + k));
            int m = s0 + JonesSums.MODEL + 2 * (4 * (2 * r + s) + 2 * k + l);
            add(divisor, out, v[m], -v[m + 1], square, 2 * (2 * r + k));
          }
        }
      }
    }
  }

  /** out += (re + i im) b. */
  private static void add(double[] out, int at, double re, double im, double[] b, int i) {
    out[at] += re * b[i] - im * b[i + 1];
    out[at + 1] += re * b[i + 1] + im * b[i];
  }

  /** Residuals and signal over noise, and flags of what is too weak or no number. */
  void judge(double[] gains) {
    int n = flags.length;
    double[] residual = new double[n];
    double[] samples = new double[n];
    double total = 0;
    double count = 0;
    double explained = 0;
    Baselines baselines = sums.baselines();
    double[] product = new double[8];
    for (int b = 0; b < baselines.count(); b++) {
      int p = baselines.first(b);
      int q = baselines.second(b);
      double samplesHere = sums.values()[sums.index(b, cell) + JonesSums.COUNT];
      if (p == q || samplesHere == 0 || !isSolved(p) || !isSolved(q)) {
        continue;
      }
      forFirst(b, gains, 8 * q);
      Jones.multiply(gains, 8 * p, divisor, 0, product, 0);
      double power = sums.values()[sums.index(b, cell) + JonesSums.POWER];
      double rest = power;
      for (int e = 0; e < 8; e++) {
        rest += gains[8 * p + e] * (product[e] - 2 * numerator[e]);
      }
      rest = Math.max(rest, CellSystem.ROUNDING * power);
      for (int a : new int[] {p, q}) {
        residual[a] += rest;
        samples[a] += samplesHere;
      }
      total += rest;
      explained += power - rest;
      count += samplesHere;
    }
    int members = (int) Arrays.stream(flags).filter(f -> f == SolutionFlag.GOOD).count();
    double freedom = 8 * count - (8 * members - 1);
    double perSample = freedom > 0 ? freedom / count : Double.NaN;
    double variance = options.noise() == Noise.OF_WEIGHTS ? 1 : total / (perSample * count);
    // A baseline's data are those of both of its antennas.
    boolean significant = 2 * explained / variance >= members * NOISE_ALONE;
    accumulate(gains);
    double[] inverse = new double[8];
    for (int a = 0; a < n; a++) {
      if (!isSolved(a)) {
        continue;
      }
      chiSquared[a] = residual[a] / (samples[a] * perSample);
      Jones.invert(right, 8 * a, inverse, 0);
      for (int e = 0; e < 4; e++) {
        // Element (r, k) has the variance of the k-th diagonal element of the inverse.
        double size = Math.hypot(gains[8 * a + 2 * e], gains[8 * a + 2 * e + 1]);
        snr[4 * a + e] = size / Math.sqrt(inverse[6 * (e % 2)] * variance);
      }
      double least = Math.min(snr[4 * a], snr[4 * a + 3]);
      if (!Double.isFinite(least)) {
        flags[a] = SolutionFlag.NOT_FINITE;
      } else if (options.minSnr() > 0 && !(significant && least >= options.minSnr())) {
        flags[a] = SolutionFlag.LOW_SNR;
      }
    }
  }
}
