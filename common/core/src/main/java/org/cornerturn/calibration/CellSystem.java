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

  private static final int NONE = -1;

  private final int antennas;
  // Column q: A_pq of all p. Columns are arrays of their own, so that loops over p have one index,
  // which the compiler turns into vector instructions.
  private final double[][] re;
  private final double[][] im;
  private final double[][] model;
  private final SolutionFlag[] flags;
  private final double[] modelSum;
  private final double[] powerSum;
  private final double[] countSum;
  private final double[] snr;
  private final double[] chiSquared;
  private final int[] degree;
  private final double[] residual;
  private final double[] information;
  private final double[] samples;
  private final double[] sumRe;
  private final double[] sumIm;
  private final double[] divisor;
  private final AntennaGroups groups;
  private NormalSums sums;
  private int cell;
  // (second antenna, first antenna): place of a baseline's sums among the cell's, and the sign of
  // the imaginary part; NONE where there is no baseline.
  private final int[][] place;
  private final double[][] sign;
  private boolean group;

  CellSystem(Baselines baselines) {
    antennas = baselines.antennas();
    place = new int[antennas][antennas];
    sign = new double[antennas][antennas];
    for (int[] column : place) {
      Arrays.fill(column, NONE);
    }
    for (int b = 0; b < baselines.count(); b++) {
      if (baselines.isCross(b)) {
        int p = baselines.first(b);
        int q = baselines.second(b);
        place[q][p] = b * NormalSums.FIELDS;
        place[p][q] = b * NormalSums.FIELDS;
        sign[q][p] = 1;
        sign[p][q] = -1;
      }
    }
    re = new double[antennas][antennas];
    im = new double[antennas][antennas];
    model = new double[antennas][antennas];
    flags = new SolutionFlag[antennas];
    modelSum = new double[antennas];
    powerSum = new double[antennas];
    countSum = new double[antennas];
    snr = new double[antennas];
    chiSquared = new double[antennas];
    degree = new int[antennas];
    residual = new double[antennas];
    information = new double[antennas];
    samples = new double[antennas];
    sumRe = new double[antennas];
    sumIm = new double[antennas];
    divisor = new double[antennas];
    groups = new AntennaGroups(antennas);
  }

  /** Goes to a cell and chooses the antennas to solve for. */
  void load(NormalSums from, int number, int minBaselines, boolean amplitudes) {
    sums = from;
    cell = number;
    Arrays.fill(snr, Double.NaN);
    Arrays.fill(chiSquared, Double.NaN);
    double[] values = sums.values();
    int start = sums.start(cell);
    for (int q = 0; q < antennas; q++) {
      gather(values, start, q);
    }
    for (int a = 0; a < antennas; a++) {
      flags[a] = beforehand(countSum[a], modelSum[a], powerSum[a], sums.hadNotFinite(a, cell));
    }
    if (!isComplete(minBaselines)) {
      groups.choose(model, flags, minBaselines, amplitudes);
    }
    group = false;
    for (SolutionFlag f : flags) {
      group |= f == SolutionFlag.GOOD;
    }
  }

  /** Whether each good antenna is joined to each other: then none has to be looked for. */
  private boolean isComplete(int minBaselines) {
    int good = 0;
    for (SolutionFlag f : flags) {
      good += f == SolutionFlag.GOOD ? 1 : 0;
    }
    boolean all = good > Math.max(2, minBaselines);
    for (int a = 0; a < antennas; a++) {
      boolean joined = flags[a] != SolutionFlag.GOOD || degree[a] == good - 1;
      all &= joined && flags[a] != SolutionFlag.DEAD_ANTENNA;
    }
    return all;
  }

  /** Fills an antenna's column and adds it up. */
  private void gather(double[] values, int start, int q) {
    int[] from = place[q];
    double[] direction = sign[q];
    double[] a = re[q];
    double[] b = im[q];
    double[] d = model[q];
    double power = 0;
    double count = 0;
    double sum = 0;
    int joined = 0;
    for (int p = 0; p < from.length; p++) {
      if (from[p] != NONE) {
        int s = start + from[p];
        a[p] = values[s + NormalSums.REAL];
        b[p] = direction[p] * values[s + NormalSums.IMAGINARY];
        d[p] = values[s + NormalSums.MODEL];
        power += values[s + NormalSums.POWER];
        count += values[s + NormalSums.COUNT];
        sum += d[p];
        joined += d[p] > 0 ? 1 : 0;
      }
    }
    modelSum[q] = sum;
    powerSum[q] = power;
    countSum[q] = count;
    degree[q] = joined;
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
      double r = re[most][a];
      double i = im[most][a];
      double size = Math.sqrt(r * r + i * i);
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
    for (int q = 0; q < antennas; q++) {
      double r = gainRe[q];
      double i = gainIm[q];
      if (r != 0 || i != 0) {
        addColumn(re[q], im[q], r, i, sumRe, sumIm);
        addColumn(model[q], r * r + i * i, divisor);
      }
    }
  }

  private static void addColumn(
      double[] a, double[] b, double r, double i, double[] sumRe, double[] sumIm) {
    for (int p = 0; p < sumRe.length; p++) {
      sumRe[p] += a[p] * r - b[p] * i;
      sumIm[p] += a[p] * i + b[p] * r;
    }
  }

  private static void addColumn(double[] d, double s, double[] sum) {
    for (int p = 0; p < sum.length; p++) {
      sum[p] += d[p] * s;
    }
  }

  /**
   * Computes residuals and signal over noise of the gains, and flags what is too weak or no number.
   * Where phases alone are free, a baseline's amplitude is taken from the data: a flux that the
   * model has wrong is no noise of phases.
   */
  void judge(double[] gainRe, double[] gainIm, SolverOptions options) {
    boolean amplitudes = options.freedom() == Freedom.AMPLITUDE_AND_PHASE;
    double numbers = amplitudes ? measure(gainRe, gainIm) : measurePhases(gainRe, gainIm);
    double total = 0;
    double solved = 0;
    for (int a = 0; a < antennas; a++) {
      total += isSolved(a) ? residual[a] / 2 : 0;
      solved += isSolved(a) ? samples[a] / 2 : 0;
    }
    int members = 0;
    double known = 0;
    for (int a = 0; a < antennas; a++) {
      if (isSolved(a)) {
        members++;
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
      double size = Math.sqrt(gainRe[a] * gainRe[a] + gainIm[a] * gainIm[a]);
      if (size == 0) {
        flags[a] = SolutionFlag.DEAD_ANTENNA;
      } else if (!(size < Double.POSITIVE_INFINITY)) {
        flags[a] = SolutionFlag.NOT_FINITE;
      } else if (options.minSnr() > 0 && !(significant && snr[a] >= options.minSnr())) {
        flags[a] = SolutionFlag.LOW_SNR;
      }
    }
  }

  /** Residuals, information and samples by antenna; returns how many numbers there are. */
  private double measure(double[] gainRe, double[] gainIm) {
    boolean all = true;
    for (int a = 0; a < antennas; a++) {
      all &= isSolved(a) || countSum[a] == 0;
    }
    if (!all) {
      sumSolved();
    }
    step(gainRe, gainIm, sumRe, sumIm, divisor);
    double count = 0;
    for (int a = 0; a < antennas; a++) {
      if (isSolved(a)) {
        double power = gainRe[a] * gainRe[a] + gainIm[a] * gainIm[a];
        double along = gainRe[a] * sumRe[a] + gainIm[a] * sumIm[a];
        information[a] = power * divisor[a];
        double rest = powerSum[a] - 2 * along + information[a];
        residual[a] = Math.max(rest, ROUNDING * powerSum[a]);
        samples[a] = countSum[a];
        count += samples[a];
      }
    }
    return count;
  }

  /** Sums up data anew of baselines between antennas that were solved for. */
  private void sumSolved() {
    Arrays.fill(powerSum, 0);
    Arrays.fill(countSum, 0);
    Baselines baselines = sums.baselines();
    double[] values = sums.values();
    for (int b = 0, s = sums.start(cell); b < baselines.count(); b++, s += NormalSums.FIELDS) {
      int p = baselines.first(b);
      int q = baselines.second(b);
      if (p != q && isSolved(p) && isSolved(q)) {
        powerSum[p] += values[s + NormalSums.POWER];
        powerSum[q] += values[s + NormalSums.POWER];
        countSum[p] += values[s + NormalSums.COUNT];
        countSum[q] += values[s + NormalSums.COUNT];
      }
    }
  }

  /** As {@link #measure}, with an amplitude of each baseline's own. */
  private double measurePhases(double[] gainRe, double[] gainIm) {
    Arrays.fill(residual, 0);
    Arrays.fill(information, 0);
    Arrays.fill(samples, 0);
    Arrays.fill(divisor, 0);
    double numbers = 0;
    Baselines baselines = sums.baselines();
    double[] values = sums.values();
    for (int b = 0, s = sums.start(cell); b < baselines.count(); b++, s += NormalSums.FIELDS) {
      int p = baselines.first(b);
      int q = baselines.second(b);
      double d = values[s + NormalSums.MODEL];
      if (p == q || d == 0 || !isSolved(p) || !isSolved(q)) {
        continue;
      }
      double gr = gainRe[p] * gainRe[q] + gainIm[p] * gainIm[q];
      double gi = gainIm[p] * gainRe[q] - gainRe[p] * gainIm[q];
      double along = gr * values[s + NormalSums.REAL] + gi * values[s + NormalSums.IMAGINARY];
      double power = values[s + NormalSums.POWER];
      double rest = Math.max(power - along * along / d, ROUNDING * power);
      double count = values[s + NormalSums.COUNT];
      residual[p] += rest;
      residual[q] += rest;
      samples[p] += count;
      samples[q] += count;
      divisor[p] += d;
      divisor[q] += d;
      information[p] += along;
      information[q] += along;
      numbers += 2 * count - 1;
    }
    for (int a = 0; a < antennas; a++) {
      double coherent = Math.max(0, information[a]);
      information[a] = isSolved(a) ? coherent * coherent / divisor[a] : 0;
    }
    return numbers;
  }
}
