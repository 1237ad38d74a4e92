package org.cornerturn.radio;

import java.util.Arrays;

/**
 * exp(2 pi i nu t) of a delay t at every channel: what interferometry computes most. On an even
 * frequency axis it is a product of a table over 64 channels and a factor a block, two sines and
 * cosines a delay in all, good to 1e-12; on any other it is evaluated channel by channel. Not for
 * use by several threads.
 */
public final class ChannelPhasors {
  private static final int BLOCK = 64;

  // Uneven by less than this, an axis still gives phases to 1e-9 rad at delays of a microsecond.
  private static final double EVEN_HZ = 1e-4;
  private static final double TURN = 2 * Math.PI;

  private final double[] frequencyHz;
  private final double stepHz;
  private final boolean even;
  private final double[] tableCos = new double[BLOCK];
  private final double[] tableSin = new double[BLOCK];

  /**
   * @param frequencyHz in any order
   */
  public ChannelPhasors(double[] frequencyHz) {
    this.frequencyHz = frequencyHz.clone();
    int n = frequencyHz.length;
    stepHz = n < 2 ? 0 : (frequencyHz[n - 1] - frequencyHz[0]) / (n - 1);
    boolean same = true;
    for (int i = 0; i < n; i++) {
      same &= Math.abs(frequencyHz[0] + i * stepHz - frequencyHz[i]) < EVEN_HZ;
    }
    even = same;
  }

  public int channels() {
    return frequencyHz.length;
  }

  /** Whether the frequencies are evenly spaced. */
  public boolean isEven() {
    return even;
  }

  /**
   * Evaluates the phasors.
   *
   * @param cos real parts, by channel; overwritten
   * @param sin imaginary parts, by channel; overwritten
   */
  public void fill(double delaySeconds, double[] cos, double[] sin) {
    Arrays.fill(cos, 0, channels(), 0);
    Arrays.fill(sin, 0, channels(), 0);
    accumulate(delaySeconds, null, cos, sin);
  }

  /**
   * Adds the phasors, each times a real amplitude.
   *
   * @param amplitude by channel; null for 1
   * @param re real parts, by channel; added to
   * @param im imaginary parts, by channel; added to
   */
  public void accumulate(double delaySeconds, double[] amplitude, double[] re, double[] im) {
    if (!even) {
      for (int c = 0; c < frequencyHz.length; c++) {
        double angle = angle(frequencyHz[c], delaySeconds);
        double a = amplitude == null ? 1 : amplitude[c];
        re[c] += a * Math.cos(angle);
        im[c] += a * Math.sin(angle);
      }
      return;
    }
    int n = frequencyHz.length;
    double step = angle(stepHz, delaySeconds);
    double powerCos = Math.cos(step);
    double powerSin = Math.sin(step);
    int table = Math.min(BLOCK, n);
    tableCos[0] = 1;
    tableSin[0] = 0;
    for (int half = 1; half < table; half *= 2) {
      extend(half, powerCos, powerSin);
      double c = powerCos * powerCos - powerSin * powerSin;
      powerSin = 2 * powerCos * powerSin;
      powerCos = c;
    }
    double start = n == 0 ? 0 : angle(frequencyHz[0], delaySeconds);
    double a = Math.cos(start);
    double b = Math.sin(start);
    for (int at = 0; at < n; at += BLOCK) {
      int count = Math.min(BLOCK, n - at);
      if (amplitude == null) {
        add(a, b, at, count, re, im);
      } else {
        add(a, b, amplitude, at, count, re, im);
      }
      double next = a * powerCos - b * powerSin;
      b = a * powerSin + b * powerCos;
      a = next;
    }
  }

  /** Doubles the table: entries from {@code half} on are the first ones turned further. */
  private void extend(int half, double c, double s) {
    for (int i = 0; i < half; i++) {
      tableCos[half + i] = tableCos[i] * c - tableSin[i] * s;
      tableSin[half + i] = tableCos[i] * s + tableSin[i] * c;
    }
  }

  private void add(double a, double b, int at, int count, double[] re, double[] im) {
    for (int i = 0; i < count; i++) {
      re[at + i] += a * tableCos[i] - b * tableSin[i];
      im[at + i] += a * tableSin[i] + b * tableCos[i];
    }
  }

  private void add(
      double a, double b, double[] amplitude, int at, int count, double[] re, double[] im) {
    for (int i = 0; i < count; i++) {
      re[at + i] += amplitude[at + i] * (a * tableCos[i] - b * tableSin[i]);
      im[at + i] += amplitude[at + i] * (a * tableSin[i] + b * tableCos[i]);
    }
  }

  /** 2 pi nu t, whole turns taken off before the product with pi would lose digits. */
  private static double angle(double hertz, double seconds) {
    double turns = hertz * seconds;
    return TURN * (turns - Math.rint(turns));
  }
}
