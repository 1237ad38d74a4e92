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
  private final double[] timeTaps;
  private final double[] channelTaps;
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
    timeTaps = taps(timeSigma);
    channelTaps = taps(channelSigma);
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
    smooth(ofTime, inTime, timeTaps, smoothTime);
    for (int c = 0; c < channels; c++) {
      wide[c] = ofChannel[c];
      weights[c] = inChannel[c];
    }
    smooth(wide, weights, channelTaps, smoothChannel);
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
      // Whole numbers below 2^24: exact in floats, in any order.
      float even = 0;
      float odd = 0;
      int at = t * channels;
      int end = at + channels;
      for (; at + 1 < end; at += 2) {
        even += use[at];
        odd += use[at + 1];
      }
      inTime[t] = at < end ? even + odd + use[at] : even + odd;
    }
  }

  /** Means of rows, without what channels have of their own. */
  private void rows(float[] values, float[] use) {
    for (int t = 0; t < times; t++) {
      double sum = 0;
      double more = 0;
      int at = t * channels;
      int c = 0;
      for (; c + 1 < channels; c += 2, at += 2) {
        sum += (values[at] - ofChannel[c]) * use[at];
        more += (values[at + 1] - ofChannel[c + 1]) * use[at + 1];
      }
      if (c < channels) {
        sum += (values[at] - ofChannel[c]) * use[at];
      }
      ofTime[t] = inTime[t] > 0 ? (sum + more) / inTime[t] : 0;
    }
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

  /** A straight line around each entry, where there is enough for one; else the mean around it. */
  private static void smooth(double[] values, double[] weights, double[] taps, double[] out) {
    int reach = taps.length - 1;
    for (int i = 0; i < values.length; i++) {
      double s0 = 0;
      double s1 = 0;
      double s2 = 0;
      double t0 = 0;
      double t1 = 0;
      for (int j = Math.max(0, i - reach); j <= Math.min(values.length - 1, i + reach); j++) {
        int d = j - i;
        double w = weights[j] * taps[Math.abs(d)];
        s0 += w;
        s1 += w * d;
        s2 += w * d * d;
        t0 += w * values[j];
        t1 += w * d * values[j];
      }
      // The variance of where the samples are, times s0^2.
      double determinant = s0 * s2 - s1 * s1;
      out[i] =
          determinant > 1e-2 * s0 * s0 ? (s2 * t0 - s1 * t1) / determinant : s0 > 0 ? t0 / s0 : 0;
    }
  }
}
