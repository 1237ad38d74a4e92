package org.cornerturn.flagging;

import java.util.Arrays;

/**
 * A smooth surface through a plane, by normalized convolution with a Gaussian: the weighted mean of
 * the good samples around each. Borders and holes take no other form: there are fewer samples.
 * Holds room for one plane, used again.
 */
final class SmoothSurface {
  /** Farther away than so many standard deviations nothing counts. */
  private static final double REACH = 3;

  private final int times;
  private final int channels;
  private final Convolution alongTime;
  private final Convolution alongFrequency;
  private final float[] timeRoom;
  private final float[] channelRoom;
  private final float[] channelOut;
  private final float[] sums;
  private final float[] weights;

  /** The samples whose weights there are: often those of the plane or the iteration before. */
  private final float[] weighted;

  /**
   * @param timeSigma standard deviation along time, integrations
   * @param channelSigma along frequency, channels
   */
  SmoothSurface(int times, int channels, double timeSigma, double channelSigma) {
    this.times = times;
    this.channels = channels;
    alongTime = new Convolution(timeSigma, REACH, times);
    alongFrequency = new Convolution(channelSigma, REACH, channels);
    timeRoom = new float[(times + 2 * alongTime.halo()) * channels];
    channelRoom = new float[(channels + 2 * alongFrequency.halo()) * times];
    channelOut = new float[times * channels];
    sums = new float[times * channels];
    weights = new float[times * channels];
    weighted = new float[times * channels];
  }

  /**
   * Computes the surface.
   *
   * @param values (time, channel), 0 where the weight is
   * @param use 1 for good samples, else 0
   * @param lone what the surface is where no good sample is within reach
   * @param surface gets it, (time, channel)
   */
  void through(float[] values, float[] use, float lone, float[] surface) {
    int n = times * channels;
    smooth(values, sums);
    if (!Arrays.equals(use, weighted)) {
      smooth(use, weights);
      System.arraycopy(use, 0, weighted, 0, n);
    }
    for (int i = 0; i < n; i++) {
      surface[i] = weights[i] > 1e-6f ? sums[i] / weights[i] : lone;
    }
  }

  private void smooth(float[] plane, float[] out) {
    int n = times * channels;
    // The halos stay zero: nothing is ever written there.
    Lanes.transpose(plane, times, channels, channelRoom, alongFrequency.halo() * times);
    alongFrequency.apply(channelRoom, times, channelOut, n);
    Lanes.transpose(channelOut, channels, times, timeRoom, alongTime.halo() * channels);
    alongTime.apply(timeRoom, channels, out, n);
  }
}
