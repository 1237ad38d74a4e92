package org.cornerturn.calibration;

import java.util.Arrays;
import org.cornerturn.radio.ChannelPhasors;

/** Sums of one receptor as spectra of baselines. */
final class CrossSpectra {
  private static final int PADDING = 4;
  private static final int LARGEST_GRID = 1 << 18;
  private static final int NONE = -1;

  private final NormalSums sums;
  private final Baselines baselines;
  private final int receptors;
  private final int receptor;
  private final int channels;
  private final double[] offsetHz;
  private final double middleHz;
  private final ChannelPhasors phasors;
  // (antenna, antenna) -> baseline.
  private final int[] between;
  private final double[] cos;
  private final double[] sin;

  CrossSpectra(NormalSums sums, double[] frequencyHz, int receptors, int receptor) {
    this.sums = sums;
    this.receptors = receptors;
    this.receptor = receptor;
    baselines = sums.baselines();
    channels = frequencyHz.length;
    middleHz = (frequencyHz[0] + frequencyHz[channels - 1]) / 2;
    offsetHz = Arrays.stream(frequencyHz).map(f -> f - middleHz).toArray();
    phasors = new ChannelPhasors(offsetHz);
    cos = new double[channels];
    sin = new double[channels];
    int n = baselines.antennas();
    between = new int[n * n];
    Arrays.fill(between, NONE);
    for (int b = 0; b < baselines.count(); b++) {
      between[baselines.first(b) * n + baselines.second(b)] = b;
      between[baselines.second(b) * n + baselines.first(b)] = b;
    }
  }

  Baselines baselines() {
    return baselines;
  }

  int channels() {
    return channels;
  }

  double middleHz() {
    return middleHz;
  }

  /** Half the width of the band, Hz. */
  double reachHz() {
    return offsetHz[channels - 1];
  }

  /** Offset of a channel from the middle of the band, Hz. */
  double offsetHz(int channel) {
    return offsetHz[channel];
  }

  /** The baseline of two antennas, or -1. */
  int baseline(int a, int b) {
    return between[a * baselines.antennas() + b];
  }

  boolean isFirst(int baseline, int antenna) {
    return baselines.first(baseline) == antenna;
  }

  double get(int baseline, int channel, int field) {
    return sums.get(baseline, channel * receptors + receptor, field);
  }

  /** Signal and noise of a baseline: sum over channels of |A|^2 / D. */
  double power(int baseline) {
    double sum = 0;
    for (int c = 0; c < channels; c++) {
      double d = get(baseline, c, NormalSums.MODEL);
      if (d > 0) {
        double re = get(baseline, c, NormalSums.REAL);
        double im = get(baseline, c, NormalSums.IMAGINARY);
        sum += (re * re + im * im) / d;
      }
    }
    return sum;
  }

  /** Which antennas can be solved for. */
  SolutionFlag[] flags(int minBaselines) {
    int n = baselines.antennas();
    double[] joined = new double[n * n];
    double[] model = new double[n];
    double[] power = new double[n];
    double[] count = new double[n];
    for (int b = 0; b < baselines.count(); b++) {
      if (!baselines.isCross(b)) {
        continue;
      }
      int p = baselines.first(b);
      int q = baselines.second(b);
      for (int c = 0; c < channels; c++) {
        double d = get(b, c, NormalSums.MODEL);
        joined[p * n + q] += d;
        joined[q * n + p] += d;
        for (int a : new int[] {p, q}) {
          model[a] += d;
          power[a] += get(b, c, NormalSums.POWER);
          count[a] += get(b, c, NormalSums.COUNT);
        }
      }
    }
    SolutionFlag[] flags = new SolutionFlag[n];
    for (int a = 0; a < n; a++) {
      boolean notFinite = false;
      for (int c = 0; c < channels; c++) {
        notFinite |= sums.hadNotFinite(a, c * receptors + receptor);
      }
      flags[a] = CellSystem.beforehand(count[a], model[a], power[a], notFinite);
    }
    new AntennaGroups(n).choose(joined, flags, minBaselines, false);
    return flags;
  }

  /** Adds a baseline's spectrum, conjugated or not, turned by a delay and a phase. */
  void addTurned(int baseline, int sign, double delay, double phase, double[] re, double[] im) {
    phasors.fill(delay, cos, sin);
    double c0 = Math.cos(phase);
    double s0 = Math.sin(phase);
    for (int c = 0; c < channels; c++) {
      double tr = cos[c] * c0 - sin[c] * s0;
      double ti = cos[c] * s0 + sin[c] * c0;
      double ar = get(baseline, c, NormalSums.REAL);
      double ai = sign * get(baseline, c, NormalSums.IMAGINARY);
      re[c] += ar * tr - ai * ti;
      im[c] += ar * ti + ai * tr;
    }
  }

  /** Real and imaginary part of the sum over channels of a spectrum turned back by a delay. */
  double[] coherent(double[] re, double[] im, double delay) {
    phasors.fill(-delay, cos, sin);
    double[] sum = new double[2];
    for (int c = 0; c < channels; c++) {
      sum[0] += re[c] * cos[c] - im[c] * sin[c];
      sum[1] += re[c] * sin[c] + im[c] * cos[c];
    }
    return sum;
  }

  /**
   * The delay at which a spectrum's channels agree best, in seconds, by a Fourier transform four
   * times as long as the band and a parabola through its peak.
   */
  double peak(double[] spectrumRe, double[] spectrumIm) {
    double step = smallestStep();
    double width = offsetHz[channels - 1] - offsetHz[0];
    int cells = (int) Math.min(LARGEST_GRID, Math.ceil(width / step) + 1);
    int size = Integer.highestOneBit(2 * PADDING * cells - 1);
    double grid = Math.max(step, width / (cells - 1));
    double[] re = new double[size];
    double[] im = new double[size];
    for (int c = 0; c < channels; c++) {
      int at = (int) Math.round((offsetHz[c] - offsetHz[0]) / grid);
      re[at] += spectrumRe[c];
      im[at] += spectrumIm[c];
    }
    Fourier.transform(re, im);
    int best = 0;
    for (int k = 1; k < size; k++) {
      if (square(re, im, k) > square(re, im, best)) {
        best = k;
      }
    }
    double here = Math.sqrt(square(re, im, best));
    double left = Math.sqrt(square(re, im, (best + size - 1) % size));
    double right = Math.sqrt(square(re, im, (best + 1) % size));
    double bend = left - 2 * here + right;
    double place = best + (bend < 0 ? (left - right) / (2 * bend) : 0);
    return (place > size / 2.0 ? place - size : place) / (size * grid);
  }

  private static double square(double[] re, double[] im, int k) {
    return re[k] * re[k] + im[k] * im[k];
  }

  private double smallestStep() {
    double step = Double.POSITIVE_INFINITY;
    for (int c = 1; c < channels; c++) {
      step = Math.min(step, offsetHz[c] - offsetHz[c - 1]);
    }
    if (!(step > 0)) {
      throw new IllegalArgumentException("the channels' frequencies don't ascend");
    }
    return step;
  }

  /**
   * A baseline's spectrum turned back by a delay and a phase: sums over channels of its real and
   * imaginary parts, of the imaginary part times the offset, and of D, D times the offset and its
   * square.
   */
  double[] coherent(int baseline, double delay, double phase) {
    phasors.fill(-delay, cos, sin);
    double c0 = Math.cos(phase);
    double s0 = -Math.sin(phase);
    double[] sum = new double[6];
    for (int c = 0; c < channels; c++) {
      double tr = cos[c] * c0 - sin[c] * s0;
      double ti = cos[c] * s0 + sin[c] * c0;
      double ar = get(baseline, c, NormalSums.REAL);
      double ai = get(baseline, c, NormalSums.IMAGINARY);
      double im = ar * ti + ai * tr;
      double d = get(baseline, c, NormalSums.MODEL);
      double x = offsetHz[c];
      sum[0] += ar * tr - ai * ti;
      sum[1] += im;
      sum[2] += im * x;
      sum[3] += d;
      sum[4] += d * x;
      sum[5] += d * x * x;
    }
    return sum;
  }

  /**
   * What a phase of a delay doesn't explain of a baseline, each channel's amplitude free: the sum
   * of squares, and how many numbers it has.
   */
  double[] residual(int baseline, double delay, double phase) {
    phasors.fill(-delay, cos, sin);
    double c0 = Math.cos(phase);
    double s0 = -Math.sin(phase);
    double squares = 0;
    double numbers = 0;
    for (int c = 0; c < channels; c++) {
      double d = get(baseline, c, NormalSums.MODEL);
      if (d > 0) {
        double tr = cos[c] * c0 - sin[c] * s0;
        double ti = cos[c] * s0 + sin[c] * c0;
        double along =
            get(baseline, c, NormalSums.REAL) * tr - get(baseline, c, NormalSums.IMAGINARY) * ti;
        double power = get(baseline, c, NormalSums.POWER);
        squares += Math.max(power - along * along / d, CellSystem.ROUNDING * power);
        numbers += 2 * get(baseline, c, NormalSums.COUNT) - 1;
      }
    }
    return new double[] {squares, numbers};
  }
}
