package org.cornerturn.pyramid;

import org.cornerturn.array.DataType.Primitive;

/** Bins of 64-bit values. */
final class LongKeyBins extends KeyBins {
  private static final long NO_MIN = Long.MAX_VALUE;
  private static final long NO_MAX = Long.MIN_VALUE;
  private static final long INFINITY = 0x7ff0000000000000L;
  private static final long NAN = 0x7ff8000000000000L;

  private final long[] min;
  // The same array as min while it holds samples none of which is NaN.
  private long[] max;

  LongKeyBins(Primitive type, int capacity) {
    super(type);
    min = new long[capacity];
    max = new long[capacity];
  }

  @Override
  int readSamples(byte[] src, int at, int n) {
    int nans = read(src, at, 1, min, 0, n, NO_MIN);
    if (nans == 0) {
      max = min;
    } else {
      if (max == min) {
        max = new long[min.length];
      }
      read(src, at, 1, max, 0, n, NO_MAX);
    }
    return nans;
  }

  @Override
  boolean isEmpty(int slot) {
    return min[slot] > max[slot];
  }

  @Override
  void readBins(byte[] minSrc, int minAt, byte[] maxSrc, int maxAt, int step, int to, int n) {
    read(minSrc, minAt, step, min, to, n, NO_MIN);
    read(maxSrc, maxAt, step, max, to, n, NO_MAX);
  }

  @Override
  void writeBins(int from, int n, byte[] minDst, int minAt, byte[] maxDst, int maxAt, int step) {
    write(min, from, n, minDst, minAt, step);
    write(max, from, n, maxDst, maxAt, step);
  }

  @Override
  void reduce(int from, int n, int factor, KeyBins target, int to) {
    LongKeyBins t = (LongKeyBins) target;
    int bins = (int) PyramidLevels.ceilDiv(n, factor);
    for (int b = 0; b < bins; b++) {
      int first = from + b * factor;
      int end = Math.min(first + factor, from + n);
      long lo = NO_MIN;
      long hi = NO_MAX;
      for (int i = first; i < end; i++) {
        lo = Math.min(lo, min[i]);
        hi = Math.max(hi, max[i]);
      }
      t.min[to + b] = lo;
      t.max[to + b] = hi;
    }
  }

  @Override
  void mergeSlot(int slot, KeyBins other, int from) {
    LongKeyBins o = (LongKeyBins) other;
    min[slot] = Math.min(min[slot], o.min[from]);
    max[slot] = Math.max(max[slot], o.max[from]);
  }

  private int read(byte[] src, int at, int step, long[] dst, int to, int n, long empty) {
    int nans = 0;
    switch (type) {
      case INT64 -> {
        for (int i = 0; i < n; i++) {
          dst[to + i] = (long) LONG.get(src, at + 8 * step * i);
        }
      }
      case UINT64 -> {
        for (int i = 0; i < n; i++) {
          dst[to + i] = (long) LONG.get(src, at + 8 * step * i) ^ Long.MIN_VALUE;
        }
      }
      case FLOAT64 -> {
        for (int i = 0; i < n; i++) {
          long bits = (long) LONG.get(src, at + 8 * step * i);
          boolean nan = (bits & Long.MAX_VALUE) > INFINITY;
          dst[to + i] = nan ? empty : key(bits);
          nans += nan ? 1 : 0;
        }
      }
      case COMPLEX128 -> {
        for (int i = 0; i < n; i++) {
          double v = Samples.magnitude64(src, at + 16 * step * i);
          dst[to + i] = v != v ? empty : key(Double.doubleToRawLongBits(v));
          nans += v != v ? 1 : 0;
        }
      }
      default -> throw new IllegalStateException("not a 64-bit type: " + type);
    }
    return nans;
  }

  private static long key(long bits) {
    return bits ^ ((bits >> 63) & Long.MAX_VALUE);
  }

  private void write(long[] src, int from, int n, byte[] dst, int at, int step) {
    switch (type) {
      case INT64 -> {
        for (int i = 0; i < n; i++) {
          LONG.set(dst, at + 8 * step * i, src[from + i]);
        }
      }
      case UINT64 -> {
        for (int i = 0; i < n; i++) {
          LONG.set(dst, at + 8 * step * i, src[from + i] ^ Long.MIN_VALUE);
        }
      }
      case FLOAT64 -> {
        for (int i = 0; i < n; i++) {
          long k = src[from + i];
          LONG.set(dst, at + 8 * step * i, k == NO_MIN || k == NO_MAX ? NAN : key(k));
        }
      }
      default -> throw new IllegalStateException("not a result type: " + type);
    }
  }
}
