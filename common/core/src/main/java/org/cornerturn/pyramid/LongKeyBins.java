package org.cornerturn.pyramid;

import java.util.Arrays;
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
    long[] a = min;
    long[] c = max;
    int bins = (int) PyramidLevels.ceilDiv(n, factor);
    for (int b = 0; b < bins; b++) {
      int first = from + b * factor;
      int end = Math.min(first + factor, from + n);
      long lo = NO_MIN;
      long hi = NO_MAX;
      for (int i = first; i < end; i++) {
        lo = Math.min(lo, a[i]);
        hi = Math.max(hi, c[i]);
      }
      t.min[to + b] = lo;
      t.max[to + b] = hi;
    }
  }

  @Override
  void clear(int from, int n) {
    Arrays.fill(min, from, from + n, NO_MIN);
    Arrays.fill(max, from, from + n, NO_MAX);
  }

  @Override
  void mergeSlot(int slot, KeyBins other, int from) {
    LongKeyBins o = (LongKeyBins) other;
    min[slot] = Math.min(min[slot], o.min[from]);
    max[slot] = Math.max(max[slot], o.max[from]);
  }

  private int read(byte[] src, int at, int step, long[] dst, int to, int n, long empty) {
    return switch (type) {
      case INT64 -> integers(src, at, 8 * step, dst, to, n, 0);
      case UINT64 -> integers(src, at, 8 * step, dst, to, n, Long.MIN_VALUE);
      case FLOAT64 -> doubles(src, at, 8 * step, dst, to, n, empty);
      case COMPLEX128 -> magnitudes(src, at, 16 * step, dst, to, n, empty);
      default -> throw new IllegalStateException("not a 64-bit type: " + type);
    };
  }

  private static int integers(
      byte[] src, int at, int stride, long[] dst, int to, int n, long flip) {
    for (int i = 0; i < n; i++) {
      dst[to + i] = (long) LONG.get(src, at + stride * i) ^ flip;
    }
    return 0;
  }

  private static int doubles(
      byte[] src, int at, int stride, long[] dst, int to, int n, long empty) {
    long nans = 0;
    for (int i = 0; i < n; i++) {
      long bits = (long) LONG.get(src, at + stride * i);
      nans += (INFINITY - (bits & Long.MAX_VALUE)) >>> 63;
      dst[to + i] = key(bits);
    }
    return emptied(dst, to, n, (int) nans, empty);
  }

  private static int magnitudes(
      byte[] src, int at, int stride, long[] dst, int to, int n, long empty) {
    long nans = 0;
    for (int i = 0; i < n; i++) {
      long bits = Double.doubleToRawLongBits(Samples.magnitude64(src, at + stride * i));
      nans += (INFINITY - (bits & Long.MAX_VALUE)) >>> 63;
      dst[to + i] = key(bits);
    }
    return emptied(dst, to, n, (int) nans, empty);
  }

  private static int emptied(long[] keys, int to, int n, int nans, long empty) {
    if (nans > 0) {
      for (int i = to; i < to + n; i++) {
        if (keys[i] > INFINITY || keys[i] < ~INFINITY) {
          keys[i] = empty;
        }
      }
    }
    return nans;
  }

  private static long key(long bits) {
    return bits ^ ((bits >> 63) & Long.MAX_VALUE);
  }

  private void write(long[] src, int from, int n, byte[] dst, int at, int step) {
    int stride = 8 * step;
    switch (type) {
      case INT64 -> putIntegers(src, from, n, dst, at, stride, 0);
      case UINT64 -> putIntegers(src, from, n, dst, at, stride, Long.MIN_VALUE);
      case FLOAT64 -> {
        for (int i = 0; i < n; i++) {
          long k = src[from + i];
          LONG.set(dst, at + stride * i, k > INFINITY || k < ~INFINITY ? NAN : key(k));
        }
      }
      default -> throw new IllegalStateException("not a result type: " + type);
    }
  }

  private static void putIntegers(
      long[] src, int from, int n, byte[] dst, int at, int stride, long flip) {
    for (int i = 0; i < n; i++) {
      LONG.set(dst, at + stride * i, src[from + i] ^ flip);
    }
  }
}
