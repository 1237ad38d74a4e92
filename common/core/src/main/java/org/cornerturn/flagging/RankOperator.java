package org.cornerturn.flagging;

/**
 * The scale-invariant rank operator (Offringa, van de Gronde and Roerdink 2012): a sample is
 * flagged when it lies in some run of which a part of at least 1 - eta is flagged. In linear time:
 * with flagged samples worth eta and others eta - 1, such a run is one whose sum is not negative,
 * and with prefix sums the sample is in one when the largest sum behind it is no less than the
 * smallest before it. Samples that aren't there are passed over. Sums are integers, so that a part
 * of exactly 1 - eta counts as such.
 */
final class RankOperator {
  private static final long UNIT = 1_000_000;

  private final long flaggedWorth;
  private final long goodWorth;
  private final long[] smallest;
  private final long[] sums;
  private final int[] where;

  /**
   * @param eta 0 (nothing more is flagged) to below 1
   * @param most samples in a line
   */
  RankOperator(double eta, int most) {
    if (!(eta >= 0 && eta < 1)) {
      throw new IllegalArgumentException("eta of " + eta);
    }
    flaggedWorth = Math.round(eta * UNIT);
    goodWorth = flaggedWorth - UNIT;
    smallest = new long[most + 1];
    sums = new long[most + 1];
    where = new int[most];
  }

  /**
   * Extends the flags of a line.
   *
   * @param bits of the samples of a plane
   * @param present samples whose entry is 0 aren't there
   * @param at index of the line's first sample
   * @param stride from a sample of the line to the next
   * @param length samples in the line
   * @param seed samples with any of these bits are flagged
   * @param mark set in the samples that become so
   */
  void extend(byte[] bits, float[] present, int at, int stride, int length, int seed, byte mark) {
    if (!canGrow(bits, present, at, stride, length, seed)) {
      return;
    }
    int n = 0;
    int flagged = 0;
    for (int i = 0; i < length; i++) {
      int index = at + i * stride;
      if (present[index] != 0) {
        boolean set = (bits[index] & seed) != 0;
        flagged += set ? 1 : 0;
        sums[n + 1] = sums[n] + (set ? flaggedWorth : goodWorth);
        where[n++] = index;
      }
    }
    if (flagged == 0 || flagged == n) {
      return;
    }
    smallest[0] = 0;
    for (int i = 1; i <= n; i++) {
      smallest[i] = Math.min(smallest[i - 1], sums[i]);
    }
    long largest = Long.MIN_VALUE;
    for (int i = n - 1; i >= 0; i--) {
      largest = Math.max(largest, sums[i + 1]);
      int index = where[i];
      if (largest >= smallest[i] && (bits[index] & seed) == 0) {
        bits[index] |= mark;
      }
    }
  }

  /**
   * Whether anything can be extended at all. A run of more than two thirds flagged with a good
   * sample in it has two flagged samples side by side.
   */
  private boolean canGrow(byte[] bits, float[] present, int at, int stride, int length, int seed) {
    boolean before = false;
    boolean any = false;
    boolean sideBySide = false;
    for (int i = 0, index = at; i < length; i++, index += stride) {
      if (present[index] != 0) {
        boolean set = (bits[index] & seed) != 0;
        any |= set;
        sideBySide |= set & before;
        before = set;
      }
    }
    return 3 * flaggedWorth < UNIT ? sideBySide : any;
  }
}
