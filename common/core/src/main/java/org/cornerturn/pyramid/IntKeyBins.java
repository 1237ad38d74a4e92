package org.cornerturn.pyramid;

import java.util.Arrays;
import org.cornerturn.array.DataType.Primitive;

/** Bins of values of up to 32 bits. */
final class IntKeyBins extends KeyBins {
  private static final int NO_MIN = Integer.MAX_VALUE;
  private static final int NO_MAX = Integer.MIN_VALUE;

  private final int[] min;
  // The same array as min while it holds samples none of which is NaN.
  private int[] max;

  IntKeyBins(Primitive type, int capacity) {
    super(type);
    min = new int[capacity];
    max = new int[capacity];
  }

  @Override
  int readSamples(byte[] src, int at, int n) {
    int nans = IntKeys.read(type, src, at, 1, min, 0, n, NO_MIN);
    if (nans == 0) {
      max = min;
    } else {
      if (max == min) {
        max = new int[min.length];
      }
      IntKeys.read(type, src, at, 1, max, 0, n, NO_MAX);
    }
    return nans;
  }

  @Override
  boolean isEmpty(int slot) {
    return min[slot] > max[slot];
  }

  @Override
  void readBins(byte[] minSrc, int minAt, byte[] maxSrc, int maxAt, int step, int to, int n) {
    IntKeys.read(type, minSrc, minAt, step, min, to, n, NO_MIN);
    IntKeys.read(type, maxSrc, maxAt, step, max, to, n, NO_MAX);
  }

  @Override
  void writeBins(int from, int n, byte[] minDst, int minAt, byte[] maxDst, int maxAt, int step) {
    boolean shortPairs = type == Primitive.INT16 && step == 2 && maxAt == minAt + Short.BYTES;
    if (shortPairs && minDst == maxDst) {
      writeShortPairs(from, n, minDst, minAt);
    } else {
      IntKeys.write(type, min, from, n, minDst, minAt, step);
      IntKeys.write(type, max, from, n, maxDst, maxAt, step);
    }
  }

  private void writeShortPairs(int from, int n, byte[] dst, int at) {
    int[] lo = min;
    int[] hi = max;
    for (int i = 0; i < n; i++) {
      INT.set(dst, at + 4 * i, lo[from + i] & 0xffff | hi[from + i] << 16);
    }
  }

  @Override
  void reduce(int from, int n, int factor, KeyBins target, int to) {
    IntKeyBins t = (IntKeyBins) target;
    int whole = n / factor;
    if (factor == 4) {
      reduce4(min, max, from, whole, t.min, t.max, to);
    } else if (factor == 8) {
      reduce8(min, max, from, whole, t.min, t.max, to);
    } else {
      for (int b = 0; b < whole; b++) {
        group(from + b * factor, factor, t, to + b);
      }
    }
    if (n % factor != 0) {
      group(from + whole * factor, n % factor, t, to + whole);
    }
  }

  private static void reduce4(
      int[] min, int[] max, int from, int bins, int[] outMin, int[] outMax, int to) {
    for (int b = 0; b < bins; b++) {
      int i = from + 4 * b;
      outMin[to + b] = Math.min(Math.min(min[i], min[i + 1]), Math.min(min[i + 2], min[i + 3]));
      outMax[to + b] = Math.max(Math.max(max[i], max[i + 1]), Math.max(max[i + 2], max[i + 3]));
    }
  }

  private static void reduce8(
      int[] min, int[] max, int from, int bins, int[] outMin, int[] outMax, int to) {
    for (int b = 0; b < bins; b++) {
      int i = from + 8 * b;
      outMin[to + b] =
          Math.min(
              Math.min(Math.min(min[i], min[i + 1]), Math.min(min[i + 2], min[i + 3])),
              Math.min(Math.min(min[i + 4], min[i + 5]), Math.min(min[i + 6], min[i + 7])));
      outMax[to + b] =
          Math.max(
              Math.max(Math.max(max[i], max[i + 1]), Math.max(max[i + 2], max[i + 3])),
              Math.max(Math.max(max[i + 4], max[i + 5]), Math.max(max[i + 6], max[i + 7])));
    }
  }

  private void group(int from, int n, IntKeyBins target, int slot) {
    int[] a = min;
    int[] b = max;
    int lo = NO_MIN;
    int hi = NO_MAX;
    for (int i = from; i < from + n; i++) {
      lo = Math.min(lo, a[i]);
      hi = Math.max(hi, b[i]);
    }
    target.min[slot] = lo;
    target.max[slot] = hi;
  }

  /** Whether {@link #reduceShorts} has a loop for this factor. */
  static boolean reducesShorts(int factor) {
    return factor == 4 || factor == 8;
  }

  /** Four or eight int16 samples to a bin, straight from their bytes: the commonest case by far. */
  void reduceShorts(byte[] src, int at, int factor, int bins, int to) {
    if (factor == 8) {
      reduce8Shorts(src, at, bins, to);
    } else {
      reduce4Shorts(src, at, bins, to);
    }
  }

  private void reduce8Shorts(byte[] src, int at, int bins, int to) {
    int[] lo = min;
    int[] hi = max;
    for (int b = 0; b < bins; b++) {
      int i = at + 16 * b;
      int s0 = (short) SHORT.get(src, i);
      int s1 = (short) SHORT.get(src, i + 2);
      int s2 = (short) SHORT.get(src, i + 4);
      int s3 = (short) SHORT.get(src, i + 6);
      int s4 = (short) SHORT.get(src, i + 8);
      int s5 = (short) SHORT.get(src, i + 10);
      int s6 = (short) SHORT.get(src, i + 12);
      int s7 = (short) SHORT.get(src, i + 14);
      lo[to + b] =
          Math.min(
              Math.min(Math.min(s0, s1), Math.min(s2, s3)),
              Math.min(Math.min(s4, s5), Math.min(s6, s7)));
      hi[to + b] =
          Math.max(
              Math.max(Math.max(s0, s1), Math.max(s2, s3)),
              Math.max(Math.max(s4, s5), Math.max(s6, s7)));
    }
  }

  private void reduce4Shorts(byte[] src, int at, int bins, int to) {
    int[] lo = min;
    int[] hi = max;
    for (int b = 0; b < bins; b++) {
      int i = at + 8 * b;
      int s0 = (short) SHORT.get(src, i);
      int s1 = (short) SHORT.get(src, i + 2);
      int s2 = (short) SHORT.get(src, i + 4);
      int s3 = (short) SHORT.get(src, i + 6);
      lo[to + b] = Math.min(Math.min(s0, s1), Math.min(s2, s3));
      hi[to + b] = Math.max(Math.max(s0, s1), Math.max(s2, s3));
    }
  }

  @Override
  void clear(int from, int n) {
    Arrays.fill(min, from, from + n, NO_MIN);
    Arrays.fill(max, from, from + n, NO_MAX);
  }

  @Override
  void mergeSlot(int slot, KeyBins other, int from) {
    IntKeyBins o = (IntKeyBins) other;
    min[slot] = Math.min(min[slot], o.min[from]);
    max[slot] = Math.max(max[slot], o.max[from]);
  }
}
