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
  // (baseline, channel): A and D.
  private final double[] re;
  private final double[] im;
  private final double[] model;
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
    re = new double[baselines.count() * channels];
    im = new double[re.length];
    model = new double[re.length];
    for (int c = 0; c < channels; c++) {
      for (int b = 0; b < baselines.count(); b++) {
        int at = b * channels + c;
        re[at] = get(b, c, NormalSums.REAL);
        im[at] = get(b, c, NormalSums.IMAGINARY);
        model[at] = get(b, c, NormalSums.MODEL);
      }
    }
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

  private double get(int baseline, int channel, int field) {
    return sums.get(baseline, channel * receptors + receptor, field);
  }

  /** Signal and noise of a baseline: sum over channels of |A|^2 / D. */
  double power(int baseline) {
    double sum = 0;
    for (int at = baseline * channels; at < (baseline + 1) * channels; at++) {
      if (model[at] > 0) {
        sum += (re[at] * re[at] + im[at] * im[at]) / model[at];
      }
    }
    return sum;
  }

  /** Which antennas can be solved for. */
  SolutionFlag[] flags(int minBaselines) {
    int n = baselines.antennas();
    double[][] joined = new double[n][n];
    double[] modelSum = new double[n];
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
        joined[p][q] += d;
        joined[q][p] += d;
        for (int a : new int[] {p, q}) {
          modelSum[a] += d;
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
      flags[a] = CellSystem.beforehand(count[a], modelSum[a], power[a], notFinite);
    }
    new AntennaGroups(n).choose(joined, flags, minBaselines, false);
    return flags;
  }

  /** Adds a baseline's spectrum, conjugated or not, turned by a delay and a phase. */
  void addTurned(int baseline, int sign, double delay, double phase, double[] toRe, double[] toIm) {
    phasors.fill(delay, cos, sin);
    double c0 = Math.cos(phase);
    double s0 = Math.sin(phase);
    for (int c = 0; c < channels; c++) {
      double tr = cos[c] * c0 - sin[c] * s0;
      double ti = cos[c] * s0 + sin[c] * c0;
      double ar = re[baseline * channels + c];
      double ai = sign * im[baseline * channels + c];
      toRe[c] += ar * tr - ai * ti;
      toIm[c] += ar * ti + ai * tr;
    }
  }

  /** Real and imaginary part of the sum over channels of a spectrum turned back by a delay. */
  double[] coherent(double[] spectrumRe, double[] spectrumIm, double delay) {
    phasors.fill(-delay, cos, sin);
    double[] sum = new double[2];
    for (int c = 0; c < channels; c++) {
      sum[0] += spectrumRe[c] * cos[c] - spectrumIm[c] * sin[c];
      sum[1] += spectrumRe[c] * sin[c] + spectrumIm[c] * cos[c];
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
    double[] gridRe = new double[size];
    double[] gridIm = new double[size];
    for (int c = 0; c < channels; c++) {
      int at = (int) Math.round((offsetHz[c] - offsetHz[0]) / grid);
      gridRe[at] += spectrumRe[c];
      gridIm[at] += spectrumIm[c];
    }
    Fourier.transform(gridRe, gridIm);
    int best = 0;
    for (int k = 1; k < size; k++) {
      if (square(gridRe, gridIm, k) > square(gridRe, gridIm, best)) {
        best = k;
      }
    }
    double here = Math.sqrt(square(gridRe, gridIm, best));
    double left = Math.sqrt(square(gridRe, gridIm, (best + size - 1) % size));
    double right = Math.sqrt(square(gridRe, gridIm, (best + 1) % size));
    double bend = left - 2 * here + right;
    double place = best + (bend < 0 ? (left - right) / (2 * bend) : 0);
    return (place > size / 2.0 ? place - size : place) / (size * grid);
  }

  private static double square(double[] x, double[] y, int k) {
    return x[k] * x[k] + y[k] * y[k];
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
      double ar = re[baseline * channels + c];
      double ai = im[baseline * channels + c];
      double across = ar * ti + ai * tr;
      double d = model[baseline * channels + c];
      double x = offsetHz[c];
      sum[0] += ar * tr - ai * ti;
      sum[1] += across;
      sum[2] += across * x;
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
      int at = baseline * channels + c;
      double d = model[at];
      if (d > 0) {
        double tr = cos[c] * c0 - sin[c] * s0;
        double ti = cos[c] * s0 + sin[c] * c0;
        double along = re[at] * tr - im[at] * ti;
        double power = get(baseline, c, NormalSums.POWER);
        squares += Math.max(power - along * along / d, CellSystem.ROUNDING * power);
        numbers += 2 * get(baseline, c, NormalSums.COUNT) - 1;
      }
    }
    return new double[] {squares, numbers};
  }
}
