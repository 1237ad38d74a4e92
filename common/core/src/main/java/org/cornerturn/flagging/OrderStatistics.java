package org.cornerturn.flagging;

import java.util.Arrays;

/**
 * Values of given ranks, exactly and in linear time: a radix selection over the bits of floats, in
 * three steps of 11, 11 and 10 bits. Holds room for one plane, used again.
 */
final class OrderStatistics {
  private static final int BINS = 1 << 11;

  private final int[] keys;
  private final int[] few;
  private final int[] fewer;
  private final int[] bins = new int[BINS];
  private final int[] inner = new int[BINS];
  private int count;

  OrderStatistics(int most) {
    keys = new int[most];
    few = new int[most];
    fewer = new int[most];
  }

  /**
   * Takes values in.
   *
   * @param values finite
   * @param use values whose entry is not 0 count
   * @return how many
   */
  int take(float[] values, float[] use, int length) {
    Arrays.fill(bins, 0);
    int n = 0;
    for (int i = 0; i < length; i++) {
      if (use[i] != 0) {
        int bits = Float.floatToRawIntBits(values[i]);
        // Order of unsigned integers is then that of the numbers.
        int key = bits ^ (bits >> 31 | Integer.MIN_VALUE);
        keys[n++] = key;
        bins[key >>> 21]++;
      }
    }
    count = n;
    return n;
  }

  /**
   * @param part 0 the smallest, 0.5 the lower median, 1 the largest of the values taken in
   */
  float quantile(double part) {
    if (count == 0) {
      throw new IllegalStateException("no values");
    }
    int rank = (int) Math.min(count - 1, Math.floor(part * (count - 1)));
    int bin = 0;
    while (rank >= bins[bin]) {
      rank -= bins[bin++];
    }
    int n = 0;
    // Written always, counted where it is one of them: no branch to guess.
    for (int i = 0; i < count; i++) {
      int key = keys[i];
      few[n] = key;
      n += key >>> 21 == bin ? 1 : 0;
    }
    Arrays.fill(inner, 0);
    for (int i = 0; i < n; i++) {
      inner[few[i] >>> 10 & BINS - 1]++;
    }
    int second = 0;
    while (rank >= inner[second]) {
      rank -= inner[second++];
    }
    int m = 0;
    for (int i = 0; i < n; i++) {
      if ((few[i] >>> 10 & BINS - 1) == second) {
        fewer[m++] = few[i];
      }
    }
    Arrays.fill(inner, 0);
    for (int i = 0; i < m; i++) {
      inner[fewer[i] & 1023]++;
    }
    int third = 0;
    while (rank >= inner[third]) {
      rank -= inner[third++];
    }
    int found = bin << 21 | second << 10 | third;
    return Float.intBitsToFloat(found < 0 ? found ^ Integer.MIN_VALUE : ~found);
  }
}
