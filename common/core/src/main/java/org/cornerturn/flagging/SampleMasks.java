package org.cornerturn.flagging;

import java.util.Arrays;

/**
 * What of a window is flagged whatever the data are: bits of {@link WindowBits} by baseline, by
 * channel, by time and baseline, and by a range of channels for each time and baseline.
 */
public final class SampleMasks {
  private final int baselines;
  private final byte[] ofBaseline;
  private final byte[] ofChannel;
  private final byte[] ofRow;
  private final int[] firstGood;
  private final int channels;
  private boolean anyChannel;
  private final int[] pastGood;

  /**
   * @param times of the window
   * @param channels of the window
   */
  public SampleMasks(int times, int baselines, int channels) {
    this.baselines = baselines;
    this.channels = channels;
    ofBaseline = new byte[baselines];
    ofChannel = new byte[channels];
    int rows = Math.multiplyExact(times, baselines);
    ofRow = new byte[rows];
    firstGood = new int[rows];
    pastGood = new int[rows];
    Arrays.fill(pastGood, channels);
  }

  /** Bytes that the masks of a window hold. */
  public static long bytes(long times, long baselines, long channels) {
    return times * baselines * (1 + 2 * Integer.BYTES) + baselines + channels;
  }

  /** Masks a baseline. */
  public void maskBaseline(int baseline, byte bit) {
    ofBaseline[baseline] |= bit;
  }

  /** Masks a channel, counted from the window's first. */
  public void maskChannel(int channel, byte bit) {
    ofChannel[channel] |= bit;
    anyChannel = true;
  }

  /** Masks a baseline at a time. */
  public void maskRow(int time, int baseline, byte bit) {
    ofRow[time * baselines + baseline] |= bit;
  }

  /** Masks all channels of a baseline at a time but a range; {@link WindowBits#GEOMETRY}. */
  public void keepChannels(int time, int baseline, int first, int past) {
    firstGood[time * baselines + baseline] = first;
    pastGood[time * baselines + baseline] = past;
  }

  /** Whether nothing of a baseline at a time is masked. */
  boolean isClear(int time, int baseline) {
    int row = time * baselines + baseline;
    return !anyChannel
        && row(time, baseline) == 0
        && firstGood[row] == 0
        && pastGood[row] == channels;
  }

  int row(int time, int baseline) {
    return ofBaseline[baseline] | ofRow[time * baselines + baseline];
  }

  int channel(int time, int baseline, int channel) {
    int row = time * baselines + baseline;
    boolean good = channel >= firstGood[row] && channel < pastGood[row];
    return good ? ofChannel[channel] : ofChannel[channel] | WindowBits.GEOMETRY;
  }
}
