package org.cornerturn.prediction;

import java.util.Arrays;
import org.cornerturn.radio.FringeRotator;

/**
 * Sums of point components over evenly spaced channels of some baselines at once. From one channel
 * to the next each phasor is turned by its step, in loops over baselines that the compiler
 * vectorises; every 256 channels it is evaluated anew, so that rounding stays below 1e-12.
 */
final class PointSum {
  /** Baselines of a group: sums of few channels stay in the first cache, of 768 in the second. */
  static final int GROUP = 32;

  private static final int ANEW = 256;
  private static final double TURN = 2 * Math.PI;

  private final double firstHz;
  private final double stepHz;
  // (channel, baseline): an array for each channel, so that all loops have one index.
  private final double[][] re;
  private final double[][] im;
  private final double[] delay = new double[GROUP];
  private final double[] cos = new double[GROUP];
  private final double[] sin = new double[GROUP];
  private final double[] stepCos = new double[GROUP];
  private final double[] stepSin = new double[GROUP];

  /**
   * @param frequencyHz evenly spaced
   */
  PointSum(double[] frequencyHz) {
    int n = frequencyHz.length;
    firstHz = n == 0 ? 0 : frequencyHz[0];
    stepHz = n < 2 ? 0 : (frequencyHz[n - 1] - frequencyHz[0]) / (n - 1);
    re = new double[n][GROUP];
    im = new double[n][GROUP];
  }

  void clear() {
    for (int c = 0; c < re.length; c++) {
      Arrays.fill(re[c], 0);
      Arrays.fill(im[c], 0);
    }
  }

  /**
   * Writes the sums of a baseline as floats.
   *
   * @param received which polarizations have the sum; all else has nothing
   * @param out complex (channel, polarization) from an index on
   */
  void write(int baseline, boolean[] received, float[] out, int at) {
    int i = at;
    for (int c = 0; c < re.length; c++) {
      float real = (float) re[c][baseline];
      float imaginary = (float) im[c][baseline];
      for (boolean r : received) {
        out[i] = r ? real : 0;
        out[i + 1] = r ? imaginary : 0;
        i += 2;
      }
    }
  }

  double real(int channel, int baseline) {
    return re[channel][baseline];
  }

  double imaginary(int channel, int baseline) {
    return im[channel][baseline];
  }

  /**
   * Adds a component.
   *
   * @param uvw (baseline, 3) metres
   * @param at index of the group's first u
   * @param count baselines of the group
   * @param cosines l, m and n - 1
   * @param from index of l
   * @param amplitude by channel
   */
  void add(double[] uvw, int at, int count, double[] cosines, int from, double[] amplitude) {
    for (int b = 0; b < count; b++) {
      int i = at + 3 * b;
      double path =
          uvw[i] * cosines[from] + uvw[i + 1] * cosines[from + 1] + uvw[i + 2] * cosines[from + 2];
      delay[b] = path / FringeRotator.SPEED_OF_LIGHT;
      double step = angle(stepHz, delay[b]);
      stepCos[b] = Math.cos(step);
      stepSin[b] = Math.sin(step);
    }
    for (int c = 0; c < re.length; c++) {
      if (c % ANEW == 0) {
        for (int b = 0; b < count; b++) {
          double start = angle(firstHz + c * stepHz, delay[b]);
          cos[b] = Math.cos(start);
          sin[b] = Math.sin(start);
        }
      }
      add(amplitude[c], cos, sin, stepCos, stepSin, re[c], im[c]);
    }
  }

  private static void add(
      double amplitude, double[] x, double[] y, double[] c, double[] s, double[] re, double[] im) {
    for (int b = 0; b < x.length; b++) {
      double a = x[b];
      double d = y[b];
      re[b] += amplitude * a;
      im[b] += amplitude * d;
      x[b] = a * c[b] - d * s[b];
      y[b] = a * s[b] + d * c[b];
    }
  }

  /** 2 pi nu t, whole turns taken off before the product with pi would lose digits. */
  private static double angle(double hertz, double seconds) {
    double turns = hertz * seconds;
    return TURN * (turns - Math.rint(turns));
  }
}
