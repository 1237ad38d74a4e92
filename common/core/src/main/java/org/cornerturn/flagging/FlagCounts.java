package org.cornerturn.flagging;

import java.util.Arrays;

/**
 * How many samples are flagged, in all and by reason, of the whole set and of every antenna,
 * channel, integration and correlation. A sample counts for both antennas of its baseline, and for
 * each of its reasons.
 */
public final class FlagCounts {
  /** Bits of stored flags. */
  public static final int REASONS = 16;

  private static final int COLUMNS = REASONS + 2;

  /** What counts are of. */
  public enum Axis {
    SET,
    ANTENNA,
    CHANNEL,
    TIME,
    CORRELATION
  }

  private final int[] lengths;
  private final long[] counts;

  public FlagCounts(int antennas, int channels, int times, int correlations) {
    lengths = new int[] {1, antennas, channels, times, correlations};
    counts = new long[COLUMNS * (1 + antennas + channels + times + correlations)];
  }

  private int at(Axis axis, int index) {
    int entry = index;
    for (int a = 0; a < axis.ordinal(); a++) {
      entry += lengths[a];
    }
    return COLUMNS * entry;
  }

  public int length(Axis axis) {
    return lengths[axis.ordinal()];
  }

  /** Samples there are. */
  public long samples(Axis axis, int index) {
    return counts[at(axis, index)];
  }

  /** Samples that are flagged. */
  public long flagged(Axis axis, int index) {
    return counts[at(axis, index) + 1];
  }

  /** Samples that are flagged for a reason, by its bit. */
  public long flagged(Axis axis, int index, int bit) {
    return counts[at(axis, index) + 2 + bit];
  }

  /**
   * Counts a piece.
   *
   * @param flags stored flags, (time, baseline, channel, correlation) in C order
   * @param shape of the piece: times, baselines, channels, correlations
   * @param first of the piece in these counts: time, baseline, channel, correlation
   * @param antenna1 first antenna of every baseline there is
   * @param antenna2 second antenna of every baseline there is
   */
  public void count(short[] flags, int[] shape, int[] first, int[] antenna1, int[] antenna2) {
    int inner = shape[2] * shape[3];
    long[] row = new long[COLUMNS];
    for (int t = 0; t < shape[0]; t++) {
      for (int b = 0; b < shape[1]; b++) {
        int at = (t * shape[1] + b) * inner;
        Arrays.fill(row, 0);
        row[0] = inner;
        for (int i = 0; i < inner; i++) {
          int bits = flags[at + i] & 0xffff;
          if (bits != 0) {
            sample(bits, first[2] + i / shape[3], first[3] + i % shape[3], row);
          }
        }
        add(row, at(Axis.SET, 0));
        add(row, at(Axis.TIME, first[0] + t));
        int one = antenna1[first[1] + b];
        int two = antenna2[first[1] + b];
        add(row, at(Axis.ANTENNA, one));
        if (two != one) {
          add(row, at(Axis.ANTENNA, two));
        }
      }
    }
    long rows = (long) shape[0] * shape[1];
    for (int c = 0; c < shape[2]; c++) {
      counts[at(Axis.CHANNEL, first[2] + c)] += rows * shape[3];
    }
    for (int p = 0; p < shape[3]; p++) {
      counts[at(Axis.CORRELATION, first[3] + p)] += rows * shape[2];
    }
  }

  private void sample(int bits, int channel, int correlation, long[] row) {
    int ofChannel = at(Axis.CHANNEL, channel);
    int ofCorrelation = at(Axis.CORRELATION, correlation);
    row[1]++;
    counts[ofChannel + 1]++;
    counts[ofCorrelation + 1]++;
    for (int left = bits; left != 0; left &= left - 1) {
      int column = 2 + Integer.numberOfTrailingZeros(left);
      row[column]++;
      counts[ofChannel + column]++;
      counts[ofCorrelation + column]++;
    }
  }

  private void add(long[] row, int at) {
    for (int i = 0; i < COLUMNS; i++) {
      counts[at + i] += row[i];
    }
  }

  /** As numbers to be kept. */
  public long[] toLongs() {
    return counts.clone();
  }

  /**
   * Adds what {@link #toLongs} gave of counts of a piece.
   *
   * @param piece counts of all antennas, and of the channels, times and correlations of the piece
   * @param shape of the piece: times, baselines, channels, correlations
   * @param first of the piece in these counts: time, baseline, channel, correlation
   */
  public void add(long[] piece, int[] shape, int[] first) {
    FlagCounts p = new FlagCounts(length(Axis.ANTENNA), shape[2], shape[0], shape[3]);
    if (piece.length != p.counts.length) {
      throw new IllegalArgumentException(piece.length + " counts");
    }
    int[] offsets = {0, 0, first[2], first[0], first[3]};
    for (Axis axis : Axis.values()) {
      int from = p.at(axis, 0);
      int to = at(axis, offsets[axis.ordinal()]);
      for (int i = 0; i < COLUMNS * p.length(axis); i++) {
        counts[to + i] += piece[from + i];
      }
    }
  }
}
