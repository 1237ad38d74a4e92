package org.cornerturn.crossmatch;

import java.util.Arrays;

/** Orders of keys, by counting digits: linear in their number, equal keys keep their order. */
public final class KeyOrder {
  private static final int BITS = 11;
  private static final int DIGITS = 1 << BITS;

  private KeyOrder() {}

  /**
   * Places of keys in ascending order.
   *
   * @param keys none is negative; they are left in any order
   */
  public static int[] of(long[] keys) {
    int n = keys.length;
    int[] order = new int[n];
    long all = n == 0 ? 0 : keys[0];
    long any = all;
    for (int i = 0; i < n; i++) {
      order[i] = i;
      all &= keys[i];
      any |= keys[i];
    }
    long differ = all ^ any;
    long[] from = keys;
    long[] to = new long[n];
    int[] next = new int[n];
    int[] starts = new int[DIGITS];
    for (int shift = 0; shift < Long.SIZE; shift += BITS) {
      if ((differ >>> shift & DIGITS - 1) == 0) {
        continue;
      }
      Arrays.fill(starts, 0);
      for (int i = 0; i < n; i++) {
        starts[(int) (from[i] >>> shift & DIGITS - 1)]++;
      }
      int sum = 0;
      for (int d = 0; d < DIGITS; d++) {
        int count = starts[d];
        starts[d] = sum;
        sum += count;
      }
      for (int i = 0; i < n; i++) {
        int at = starts[(int) (from[i] >>> shift & DIGITS - 1)]++;
        to[at] = from[i];
        next[at] = order[i];
      }
      long[] keysSwapped = from;
      from = to;
      to = keysSwapped;
      int[] swapped = order;
      order = next;
      next = swapped;
    }
    return order;
  }
}
