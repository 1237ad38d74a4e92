package org.cornerturn.flagging;

import java.util.Arrays;

/**
 * What all channels of a plane have in common as time goes by, and all times along the band: beam
 * and gain, bandpass. Each is the mean across the plane, smoothed by a straight line that is fitted
 * around each sample with the weights of a Gaussian, so that it goes right up to the plane's edges;
 * the plane is taken for their product. Holds room for one plane, used again.
 */
final class Trend {
  private static final double REACH = 3;

  private final int times;
  private final int channels;
  private final Lines alongTime;
  private final Lines alongFrequency;
  private final double[] ofTime;
  private final double[] inTime;
  private final double[] smoothTime;
  private final float[] ofChannel;
  private final float[] inChannel;
  private final double[] wide;
  private final double[] weights;
  private final double[] smoothChannel;

  /**
   * @param timeSigma standard deviation along time, integrations
   * @param channelSigma along frequency, channels
   */
  Trend(int times, int channels, double timeSigma, double channelSigma) {
    this.times = times;
    this.channels = channels;
    alongTime = new Lines(times, taps(timeSigma));
    alongFrequency = new Lines(channels, taps(channelSigma));
    ofTime = new double[times];
    inTime = new double[times];
    smoothTime = new double[times];
    ofChannel = new float[channels];
    inChannel = new float[channels];
    wide = new double[channels];
    weights = new double[channels];
    smoothChannel = new double[channels];
  }

  /** Weights from the middle outwards. */
  private static double[] taps(double sigma) {
    double[] taps = new double[1 + (int) Math.ceil(REACH * sigma)];
    for (int i = 0; i < taps.length; i++) {
      taps[i] = Math.exp(-0.5 * (i / sigma) * (i / sigma));
    }
    return taps;
  }

  /**
   * Fits a plane.
   *
   * @param values (time, channel), their mean about 0
   * @param use 1 for good samples, else 0; values are 0 there
   * @param level what was taken from the values, in their unit
   * @param trend gets what is common, (time, channel)
   */
  void of(float[] values, float[] use, double level, float[] trend) {
    Arrays.fill(ofTime, 0);
    Arrays.fill(ofChannel, 0);
    count(use);
    rows(values, use);
    columns(values, use);
    rows(values, use);
    alongTime.smooth(ofTime, inTime, smoothTime);
    for (int c = 0; c < channels; c++) {
      wide[c] = ofChannel[c];
      weights[c] = inChannel[c];
    }
    alongFrequency.smooth(wide, weights, smoothChannel);
    for (int c = 0; c < channels; c++) {
      ofChannel[c] = (float) smoothChannel[c];
    }
    for (int t = 0; t < times; t++) {
      float offset = (float) smoothTime[t];
      float factor = (float) (1 + smoothTime[t] / Math.max(1, level));
      for (int c = 0; c < channels; c++) {
        trend[t * channels + c] = offset + factor * ofChannel[c];
      }
    }
  }

  /** Good samples of rows. */
  private void count(float[] use) {
    for (int t = 0; t < times; t++) {
      inTime[t] = sum(use, t * channels, (t + 1) * channels);
    }
  }

  /** Of whole numbers below 2^24: exact in floats, in any order. */
  private static float sum(float[] values, int from, int end) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    int at = from;
    // Four sums, since an addition waits for the one before.
    for (; at + 3 < end; at += 4) {
      a += values[at];
      b += values[at + 1];
      c += values[at + 2];
      d += values[at + 3];
    }
    for (; at < end; at++) {
      a += values[at];
    }
    return a + b + c + d;
  }

  /** Means of rows, without what channels have of their own. */
  private void rows(float[] values, float[] use) {
    for (int t = 0; t < times; t++) {
      double sum = sum(values, use, t * channels, ofChannel);
      ofTime[t] = inTime[t] > 0 ? sum / inTime[t] : 0;
    }
  }

  private static double sum(float[] values, float[] use, int first, float[] without) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int at = first;
    int i = 0;
    for (; i + 3 < without.length; i += 4, at += 4) {
      a += (values[at] - without[i]) * use[at];
      b += (values[at + 1] - without[i + 1]) * use[at + 1];
      c += (values[at + 2] - without[i + 2]) * use[at + 2];
      d += (values[at + 3] - without[i + 3]) * use[at + 3];
    }
    for (; i < without.length; i++, at++) {
      a += (values[at] - without[i]) * use[at];
    }
    return a + b + c + d;
  }

  /** Means of columns, without what rows have of their own. */
  private void columns(float[] values, float[] use) {
    Arrays.fill(ofChannel, 0);
    Arrays.fill(inChannel, 0);
    for (int t = 0; t < times; t++) {
      float row = (float) ofTime[t];
      int at = t * channels;
      for (int c = 0; c < channels; c++) {
        ofChannel[c] += (values[at + c] - row) * use[at + c];
        inChannel[c] += use[at + c];
      }
    }
    for (int c = 0; c < channels; c++) {
      ofChannel[c] = inChannel[c] > 0 ? ofChannel[c] / inChannel[c] : 0;
    }
  }

  /** Lines around each entry of an axis, for all entries at once. */
  private static final class Lines {
    private final int n;
    private final double[] taps;
    private final double[] product;
    private final double[] weight;
    private final double[] value;
    private final double[] s0;
    private final double[] s1;
    private final double[] s2;
    private final double[] t0;
    private final double[] t1;

    Lines(int n, double[] taps) {
      this.n = n;
      this.taps = taps;
      product = new double[n];
      weight = new double[n];
      value = new double[n];
      s0 = new double[n];
      s1 = new double[n];
      s2 = new double[n];
      t0 = new double[n];
      t1 = new double[n];
    }

    /** A straight line where there is enough for one; else the mean around the entry. */
    void smooth(double[] values, double[] weights, double[] out) {
      for (int i = 0; i < n; i++) {
        product[i] = weights[i] * values[i];
        s0[i] = taps[0] * weights[i];
        t0[i] = taps[0] * product[i];
      }
      Arrays.fill(s1, 0);
      Arrays.fill(s2, 0);
      Arrays.fill(t1, 0);
      for (int d = 1; d < Math.min(n, taps.length); d++) {
        around(weights, d, weight);
        around(product, d, value);
        add(weight, taps[d], taps[d] * d * d, s0, s2, n);
        add(value, taps[d], t0, n);
        across(weights, d, weight);
        across(product, d, value);
        add(weight, taps[d] * d, s1, n);
        add(value, taps[d] * d, t1, n);
      }
      for (int i = 0; i < n; i++) {
        // The variance of where the samples are, times s0^2.
        double determinant = s0[i] * s2[i] - s1[i] * s1[i];
        double mean = s0[i] > 0 ? t0[i] / s0[i] : 0;
        double line = (s2[i] * t0[i] - s1[i] * t1[i]) / determinant;
        out[i] = determinant > 1e-2 * s0[i] * s0[i] ? line : mean;
      }
    }

    /** {@code to[i] = from[i + d] + from[i - d]}, of what there is. */
    private void around(double[] from, int d, double[] to) {
      System.arraycopy(from, d, to, 0, n - d);
      Arrays.fill(to, n - d, n, 0);
      for (int i = d; i < n; i++) {
        to[i] += from[i - d];
      }
    }

    /** {@code to[i] = from[i + d] - from[i - d]}, of what there is. */
    private void across(double[] from, int d, double[] to) {
      System.arraycopy(from, d, to, 0, n - d);
      Arrays.fill(to, n - d, n, 0);
      for (int i = d; i < n; i++) {
        to[i] -= from[i - d];
      }
    }

    private static void add(double[] from, double factor, double[] to, int n) {
      for (int i = 0; i < n; i++) {
        to[i] += factor * from[i];
      }
    }

    private static void add(
        double[] from, double factor, double other, double[] to, double[] too, int n) {
      for (int i = 0; i < n; i++) {
        to[i] += factor * from[i];
        too[i] += other * from[i];
      }
    }
  }
}
