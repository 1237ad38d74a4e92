package org.cornerturn.plane;

import java.util.Arrays;

/**
 * Level and noise of values most of which are normally distributed about one level. NaN isn't
 * counted.
 *
 * @param median of the values that were kept
 * @param rms 1.4826 times the median absolute deviation from it
 * @param count of the values that were kept
 */
public record RobustNoise(double median, double rms, long count) {
  private static final double NORMAL = 1.482602218505602;
  private static final int STEPS = 12;
  private static final int BUCKETS = 1 << 12;
  private static final int DIGIT = 11;
  private static final int DIGITS = (1 << DIGIT) - 1;

  /** Of all values. */
  public static RobustNoise of(float[] values) {
    return of(values, 0, values.length);
  }

  /** Of a part of an array. */
  public static RobustNoise of(float[] values, int from, int to) {
    return measure(kept(values, from, to));
  }

  /**
   * Of the values within {@code sigmas} of the level, again and again until none leaves: bright
   * sources don't count.
   */
  public static RobustNoise clipped(float[] values, double sigmas) {
    int[] sorted = sorted(values);
    int from = 0;
    int to = sorted.length;
    RobustNoise now = ofSorted(sorted, from, to);
    for (int step = 0; step < STEPS; step++) {
      float low = (float) (now.median - sigmas * now.rms);
      float high = (float) (now.median + sigmas * now.rms);
      int first = first(sorted, from, to, v -> v >= low);
      int end = first(sorted, first, to, v -> !(v <= high));
      if (end - first == to - from || end <= first) {
        break;
      }
      from = first;
      to = end;
      now = ofSorted(sorted, from, to);
    }
    return now;
  }

  /** Middle value, or the mean of the two middle ones; NaN, which isn't counted, of none. */
  public static double median(float[] values, int from, int to) {
    float[] kept = kept(values, from, to);
    return kept.length == 0 ? Double.NaN : median(kept, 0, false);
  }

  /** In order, as {@link #order}; without NaN. Eleven bits at a time, the lowest first. */
  private static int[] sorted(float[] values) {
    int[] from = new int[values.length];
    int n = 0;
    int[][] count = new int[3][1 << DIGIT];
    for (float v : values) {
      if (!Float.isNaN(v)) {
        int key = order(v) ^ Integer.MIN_VALUE;
        from[n++] = key;
        count[0][key & DIGITS]++;
        count[1][key >>> DIGIT & DIGITS]++;
        count[2][key >>> 2 * DIGIT]++;
      }
    }
    int[] to = new int[n];
    for (int pass = 0; pass < 3; pass++) {
      int[] next = count[pass];
      for (int d = 0, sum = 0; d < next.length; d++) {
        int here = next[d];
        next[d] = sum;
        sum += here;
      }
      for (int i = 0; i < n; i++) {
        to[next[from[i] >>> pass * DIGIT & DIGITS]++] = from[i];
      }
      int[] swap = from;
      from = to;
      to = swap;
    }
    int[] out = from.length == n ? from : Arrays.copyOf(from, n);
    for (int i = 0; i < n; i++) {
      out[i] ^= Integer.MIN_VALUE;
    }
    return out;
  }

  private interface Condition {
    boolean holds(float value);
  }

  /** The first of a sorted range for which a condition holds, which then holds for all others. */
  private static int first(int[] sorted, int from, int to, Condition condition) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = low + high >>> 1;
      if (condition.holds(ofOrder(sorted[middle]))) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** As {@link #measure} of a sorted range. */
  private static RobustNoise ofSorted(int[] sorted, int from, int to) {
    int n = to - from;
    if (n == 0) {
      return new RobustNoise(Double.NaN, Double.NaN, 0);
    }
    double median = between(ofOrder(sorted[from + (n - 1) / 2]), ofOrder(sorted[from + n / 2]));
    float level = (float) median;
    if (Float.isNaN(level) || Float.isInfinite(level)) {
      return new RobustNoise(median, Double.NaN, n);
    }
    double mad =
        between(
            distance(sorted, from, to, level, (n - 1) / 2),
            distance(sorted, from, to, level, n / 2));
    return new RobustNoise(median, NORMAL * mad, n);
  }

  private static double between(float low, float high) {
    return low == high ? low : ((double) low + high) / 2;
  }

  /** The n-th least distance from a level, counted from 0. */
  private static float distance(int[] sorted, int from, int to, float level, int n) {
    int low = 0;
    int high = Float.floatToRawIntBits(Float.POSITIVE_INFINITY);
    while (low < high) {
      int middle = low + high >>> 1;
      float most = Float.intBitsToFloat(middle);
      int first = first(sorted, from, to, v -> v >= level || level - v <= most);
      int end = first(sorted, first, to, v -> v > level && v - level > most);
      if (end - first > n) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return Float.intBitsToFloat(low);
  }

  private static float[] kept(float[] values, int from, int to) {
    float[] kept = new float[to - from];
    int n = 0;
    for (int i = from; i < to; i++) {
      if (!Float.isNaN(values[i])) {
        kept[n++] = values[i];
      }
    }
    return n == kept.length ? kept : Arrays.copyOf(kept, n);
  }

  /** Leaves the values as they are. */
  private static RobustNoise measure(float[] values) {
    if (values.length == 0) {
      return new RobustNoise(Double.NaN, Double.NaN, 0);
    }
    double median = median(values, 0, false);
    double mad = median(values, (float) median, true);
    return new RobustNoise(median, NORMAL * mad, values.length);
  }

  /**
   * Middle value, or the mean of the two middle ones, of the values or of their distances from a
   * level; NaN is not allowed.
   */
  private static double median(float[] values, float level, boolean distances) {
    int lower = nth(values, (values.length - 1) / 2, level, distances);
    float low = ofOrder(lower);
    if (values.length % 2 == 1) {
      return low;
    }
    // The next value in order: the same again, or the least of the larger ones.
    int notAbove = 0;
    int next = Integer.MAX_VALUE;
    for (float v : values) {
      int order = order(distances ? Math.abs(v - level) : v);
      if (order <= lower) {
        notAbove++;
      } else {
        next = Math.min(next, order);
      }
    }
    float high = notAbove > values.length / 2 ? low : ofOrder(next);
    return low == high ? low : ((double) low + high) / 2;
  }

  /**
   * The n-th in order, counted from 0, by counting the highest bits that aren't known yet: three
   * passes that neither sort nor copy.
   */
  private static int nth(float[] values, int n, float level, boolean distances) {
    int[] count = new int[BUCKETS];
    int left = n;
    int known = 0;
    int bits = 0;
    for (int width : new int[] {12, 12, 8}) {
      Arrays.fill(count, 0);
      int shift = 32 - bits - width;
      for (float v : values) {
        int order = order(distances ? Math.abs(v - level) : v) ^ Integer.MIN_VALUE;
        if (bits == 0 || order >>> 32 - bits == known) {
          count[order >>> shift & (1 << width) - 1]++;
        }
      }
      int bucket = 0;
      while (left >= count[bucket]) {
        left -= count[bucket++];
      }
      known = known << width | bucket;
      bits += width;
    }
    return known ^ Integer.MIN_VALUE;
  }

  /** A number whose order as an integer is the float's. */
  private static int order(float value) {
    int bits = Float.floatToRawIntBits(value);
    return bits ^ bits >> 31 & Integer.MAX_VALUE;
  }

  private static float ofOrder(int order) {
    return Float.intBitsToFloat(order ^ order >> 31 & Integer.MAX_VALUE);
  }
}
