package org.cornerturn.calibration;

import java.util.Arrays;
import org.cornerturn.calibration.SolverOptions.Freedom;
import org.cornerturn.calibration.SolverOptions.Noise;

/**
 * One cell's equations as dense matrices of antennas by antennas, which antennas they determine,
 * and how well.
 */
final class CellSystem {
  // Below this part of the data's power, a residual is rounding.
  static final double ROUNDING = 1e-15;

  // Gains fitted to noise alone have a mean square of signal over noise of 8 (the largest
  // eigenvalue of a random Hermitian matrix), and less than 8 + 96 / antennas in all but 1 of 100
  // trials.
  private static final double NOISE_ALONE = 8;
  private static final double NOISE_ALONE_FEW = 96;

  private final int antennas;
  // Column q: A_pq of all p, so that the innermost loop runs over neighbours.
  private final double[] re;
  private final double[] im;
  private final double[] model;
  private final SolutionFlag[] flags;
  private final double[] modelSum;
  private final double[] powerSum;
  private final double[] countSum;
  private final double[] snr;
  private final double[] chiSquared;
  private final double[] residual;
  private final double[] information;
  private final double[] samples;
  private final AntennaGroups groups;
  private NormalSums sums;
  private int cell;
  private boolean group;

  CellSystem(int antennas) {
    this.antennas = antennas;
    re = new double[antennas * antennas];
    im = new double[antennas * antennas];
    model = new double[antennas * antennas];
    flags = new SolutionFlag[antennas];
    modelSum = new double[antennas];
    powerSum = new double[antennas];
    countSum = new double[antennas];
    snr = new double[antennas];
    chiSquared = new double[antennas];
    residual = new double[antennas];
    information = new double[antennas];
    samples = new double[antennas];
    groups = new AntennaGroups(antennas);
  }

  /** Goes to a cell and chooses the antennas to solve for. */
  void load(NormalSums from, int number, int minBaselines, boolean amplitudes) {
    if (sums == null || sums.baselines() != from.baselines()) {
      Arrays.fill(re, 0);
      Arrays.fill(im, 0);
      Arrays.fill(model, 0);
    }
    sums = from;
    cell = number;
    Arrays.fill(modelSum, 0);
    Arrays.fill(powerSum, 0);
    Arrays.fill(countSum, 0);
    Arrays.fill(snr, Double.NaN);
    Arrays.fill(chiSquared, Double.NaN);
    Baselines baselines = sums.baselines();
    double[] values = sums.values();
    int step = sums.cells() * NormalSums.FIELDS;
    for (int b = 0, s = cell * NormalSums.FIELDS; b < baselines.count(); b++, s += step) {
      int p = baselines.first(b);
      int q = baselines.second(b);
      if (p == q) {
        continue;
      }
      double d = values[s + NormalSums.MODEL];
      re[q * antennas + p] = values[s + NormalSums.REAL];
      im[q * antennas + p] = values[s + NormalSums.IMAGINARY];
      model[q * antennas + p] = d;
      re[p * antennas + q] = values[s + NormalSums.REAL];
      im[p * antennas + q] = -values[s + NormalSums.IMAGINARY];
      model[p * antennas + q] = d;
      double power = values[s + NormalSums.POWER];
      double count = values[s + NormalSums.COUNT];
      modelSum[p] += d;
      modelSum[q] += d;
      powerSum[p] += power;
      powerSum[q] += power;
      countSum[p] += count;
      countSum[q] += count;
    }
    for (int a = 0; a < antennas; a++) {
      flags[a] = beforehand(countSum[a], modelSum[a], powerSum[a], sums.hadNotFinite(a, cell));
    }
    groups.choose(model, flags, minBaselines, amplitudes);
    group = false;
    for (SolutionFlag f : flags) {
      group |= f == SolutionFlag.GOOD;
    }
  }

  /** What an antenna's data are, by their number and their sums. */
  static SolutionFlag beforehand(double count, double model, double power, boolean notFinite) {
    if (count == 0) {
      return notFinite ? SolutionFlag.NOT_FINITE : SolutionFlag.NO_DATA;
    }
    if (model == 0) {
      return SolutionFlag.ZERO_MODEL;
    }
    return power == 0 ? SolutionFlag.DEAD_ANTENNA : SolutionFlag.GOOD;
  }

  /** Whether there are antennas to solve for. */
  boolean hasGroup() {
    return group;
  }

  boolean isSolved(int antenna) {
    return flags[antenna] == SolutionFlag.GOOD;
  }

  SolutionFlag flag(int antenna) {
    return flags[antenna];
  }

  double snr(int antenna) {
    return snr[antenna];
  }

  double chiSquared(int antenna) {
    return chiSquared[antenna];
  }

  /** Flags all that were solved for. */
  void flagAll(SolutionFlag why) {
    for (int a = 0; a < antennas; a++) {
      if (isSolved(a)) {
        flags[a] = why;
      }
    }
  }

  /**
   * First gains: phases against the antenna with the most signal, one amplitude for all. Antennas
   * without a baseline to it begin with nothing and get theirs from the others.
   */
  void start(boolean amplitudes, double[] gainRe, double[] gainIm) {
    int most = -1;
    double signal = 0;
    double model0 = 0;
    for (int a = 0; a < antennas; a++) {
      if (isSolved(a)) {
        if (most < 0 || powerSum[a] > powerSum[most]) {
          most = a;
        }
        signal += powerSum[a];
        model0 += modelSum[a];
      }
    }
    double amplitude = amplitudes ? Math.pow(signal / model0, 0.25) : 1;
    for (int a = 0; a < antennas; a++) {
      double r = re[most * antennas + a];
      double i = im[most * antennas + a];
      double size = Math.hypot(r, i);
      boolean known = isSolved(a) && size > 0;
      gainRe[a] = known ? amplitude * r / size : 0;
      gainIm[a] = known ? amplitude * i / size : 0;
    }
    gainRe[most] = amplitude;
    gainIm[most] = 0;
  }

  /**
   * sum_q A_pq g_q and sum_q D_pq |g_q|^2 of all p; gains of antennas that aren't solved for must
   * be 0.
   */
  void step(double[] gainRe, double[] gainIm, double[] sumRe, double[] sumIm, double[] divisor) {
    Arrays.fill(sumRe, 0);
    Arrays.fill(sumIm, 0);
    Arrays.fill(divisor, 0);
    int q = 0;
    for (; q + 1 < antennas; q += 2) {
      double r0 = gainRe[q];
      double i0 = gainIm[q];
      double r1 = gainRe[q + 1];
      double i1 = gainIm[q + 1];
      twoColumns(q * antennas, r0, i0, r1, i1, sumRe, sumIm);
      twoModels(q * antennas, r0 * r0 + i0 * i0, r1 * r1 + i1 * i1, divisor);
    }
    if (q < antennas) {
      double r = gainRe[q];
      double i = gainIm[q];
      int at = q * antennas;
      for (int p = 0; p < antennas; p++) {
        sumRe[p] += re[at + p] * r - im[at + p] * i;
        sumIm[p] += re[at + p] * i + im[at + p] * r;
        divisor[p] += model[at + p] * (r * r + i * i);
      }
    }
  }

  private void twoColumns(
      int at, double r0, double i0, double r1, double i1, double[] sumRe, double[] sumIm) {
    int next = at + antennas;
    for (int p = 0; p < antennas; p++) {
      double a = re[at + p];
      double b = im[at + p];
      double c = re[next + p];
      double d = im[next + p];
      sumRe[p] += a * r0 - b * i0 + (c * r1 - d * i1);
      sumIm[p] += a * i0 + b * r0 + (c * i1 + d * r1);
    }
  }

  private void twoModels(int at, double s0, double s1, double[] divisor) {
    int next = at + antennas;
    for (int p = 0; p < antennas; p++) {
      divisor[p] += model[at + p] * s0 + model[next + p] * s1;
    }
  }

  /**
   * Computes residuals and signal over noise of the gains, and flags what is too weak or no number.
   * Where phases alone are free, a baseline's amplitude is taken from the data: a flux that the
   * model has wrong is no noise of phases.
   */
  void judge(double[] gainRe, double[] gainIm, SolverOptions options) {
    boolean amplitudes = options.freedom() == Freedom.AMPLITUDE_AND_PHASE;
    Arrays.fill(residual, 0);
    Arrays.fill(information, 0);
    Arrays.fill(samples, 0);
    Arrays.fill(modelSum, 0);
    double total = 0;
    double numbers = 0;
    double solved = 0;
    Baselines baselines = sums.baselines();
    double[] values = sums.values();
    int step = sums.cells() * NormalSums.FIELDS;
    for (int b = 0, s = cell * NormalSums.FIELDS; b < baselines.count(); b++, s += step) {
      int p = baselines.first(b);
      int q = baselines.second(b);
      double count = values[s + NormalSums.COUNT];
      double d = values[s + NormalSums.MODEL];
      if (p == q || d == 0 || !isSolved(p) || !isSolved(q)) {
        continue;
      }
      double gr = gainRe[p] * gainRe[q] + gainIm[p] * gainIm[q];
      double gi = gainIm[p] * gainRe[q] - gainRe[p] * gainIm[q];
      double along = gr * values[s + NormalSums.REAL] + gi * values[s + NormalSums.IMAGINARY];
      double model = amplitudes ? (gr * gr + gi * gi) * d : along * along / d;
      double power = values[s + NormalSums.POWER];
      double rest = amplitudes ? power - 2 * along + model : power - model;
      rest = Math.max(rest, ROUNDING * power);
      residual[p] += rest;
      residual[q] += rest;
      samples[p] += count;
      samples[q] += count;
      modelSum[p] += d;
      modelSum[q] += d;
      information[p] += amplitudes ? model : along;
      information[q] += amplitudes ? model : along;
      total += rest;
      numbers += amplitudes ? 2 * count : 2 * count - 1;
      solved += count;
    }
    int members = 0;
    double known = 0;
    for (int a = 0; a < antennas; a++) {
      if (isSolved(a)) {
        members++;
        if (!amplitudes) {
          double coherent = Math.max(0, information[a]);
          information[a] = coherent * coherent / modelSum[a];
        }
        known += information[a];
      }
    }
    double freedom = numbers - (amplitudes ? 2 * members - 1 : members - 1);
    // What the gains took of the samples' freedom is shared equally.
    double perSample = freedom > 0 ? freedom / solved : Double.NaN;
    double variance = options.noise() == Noise.OF_WEIGHTS ? 1 : total / (perSample * solved);
    double noiseAlone = NOISE_ALONE + NOISE_ALONE_FEW / members;
    boolean significant = known / variance >= members * noiseAlone;
    for (int a = 0; a < antennas; a++) {
      if (!isSolved(a)) {
        continue;
      }
      chiSquared[a] = residual[a] / (samples[a] * perSample);
      snr[a] = Math.sqrt(information[a] / variance);
      double size = Math.hypot(gainRe[a], gainIm[a]);
      if (size == 0) {
        flags[a] = SolutionFlag.DEAD_ANTENNA;
      } else if (!(size < Double.POSITIVE_INFINITY)) {
        flags[a] = SolutionFlag.NOT_FINITE;
      } else if (options.minSnr() > 0 && !(significant && snr[a] >= options.minSnr())) {
        flags[a] = SolutionFlag.LOW_SNR;
      }
    }
  }
}
