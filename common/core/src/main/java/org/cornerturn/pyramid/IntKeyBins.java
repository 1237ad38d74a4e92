package org.cornerturn.pyramid;

import org.cornerturn.array.DataType.Primitive;

/** Bins of values of up to 32 bits. */
final class IntKeyBins extends KeyBins {
  private static final int NO_MIN = Integer.MAX_VALUE;
  private static final int NO_MAX = Integer.MIN_VALUE;
  private static final int FLOAT_INFINITY = 0x7f800000;
  private static final int HALF_INFINITY = 0x7c00;

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
    int nans = read(src, at, 1, min, 0, n, NO_MIN);
    if (nans == 0) {
      max = min;
    } else {
      if (max == min) {
        max = new int[min.length];
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
    IntKeyBins t = (IntKeyBins) target;
    int whole = n / factor;
    if (factor == 4) {
      reduce4(min, max, from, whole, t.min, t.max, to);
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

  private void group(int from, int n, IntKeyBins target, int slot) {
    int lo = NO_MIN;
    int hi = NO_MAX;
    for (int i = from; i < from + n; i++) {
      lo = Math.min(lo, min[i]);
      hi = Math.max(hi, max[i]);
    }
    target.min[slot] = lo;
    target.max[slot] = hi;
  }

  /** Four int16 samples to a bin, straight from their bytes: the commonest case by far. */
  void reduce4Shorts(byte[] src, int at, int bins, int to) {
    for (int b = 0; b < bins; b++) {
      long four = (long) LONG.get(src, at + 8 * b);
      int s0 = (short) four;
      int s1 = (int) four >> 16;
      int s2 = (short) (four >> 32);
      int s3 = (int) (four >> 48);
      min[to + b] = Math.min(Math.min(s0, s1), Math.min(s2, s3));
      max[to + b] = Math.max(Math.max(s0, s1), Math.max(s2, s3));
    }
  }

  @Override
  void mergeSlot(int slot, KeyBins other, int from) {
    IntKeyBins o = (IntKeyBins) other;
    min[slot] = Math.min(min[slot], o.min[from]);
    max[slot] = Math.max(max[slot], o.max[from]);
  }

  private int read(byte[] src, int at, int step, int[] dst, int to, int n, int empty) {
    int nans = 0;
    switch (type) {
      case BOOL, UINT8 -> {
        for (int i = 0; i < n; i++) {
          dst[to + i] = src[at + step * i] & 0xff;
        }
      }
      case INT8 -> {
        for (int i = 0; i < n; i++) {
          dst[to + i] = src[at + step * i];
        }
      }
      case INT16 -> {
        for (int i = 0; i < n; i++) {
          dst[to + i] = (short) SHORT.get(src, at + 2 * step * i);
        }
      }
      case UINT16 -> {
        for (int i = 0; i < n; i++) {
          dst[to + i] = (short) SHORT.get(src, at + 2 * step * i) & 0xffff;
        }
      }
      case INT32 -> {
        for (int i = 0; i < n; i++) {
          dst[to + i] = (int) INT.get(src, at + 4 * step * i);
        }
      }
      case UINT32 -> {
        for (int i = 0; i < n; i++) {
          dst[to + i] = (int) INT.get(src, at + 4 * step * i) ^ Integer.MIN_VALUE;
        }
      }
      case FLOAT16 -> {
        for (int i = 0; i < n; i++) {
          int bits = (short) SHORT.get(src, at + 2 * step * i);
          boolean nan = (bits & 0x7fff) > HALF_INFINITY;
          dst[to + i] = nan ? empty : bits ^ ((bits >> 15) & 0x7fff);
          nans += nan ? 1 : 0;
        }
      }
      case FLOAT32 -> {
        for (int i = 0; i < n; i++) {
          int bits = (int) INT.get(src, at + 4 * step * i);
          boolean nan = (bits & Integer.MAX_VALUE) > FLOAT_INFINITY;
          dst[to + i] = nan ? empty : floatKey(bits);
          nans += nan ? 1 : 0;
        }
      }
      case COMPLEX64 -> {
        for (int i = 0; i < n; i++) {
          float v = Samples.magnitude32(src, at + 8 * step * i);
          dst[to + i] = v != v ? empty : floatKey(Float.floatToRawIntBits(v));
          nans += v != v ? 1 : 0;
        }
      }
      default -> throw new IllegalStateException("not a type of 32 bits or fewer: " + type);
    }
    return nans;
  }

  private static int floatKey(int bits) {
    return bits ^ ((bits >> 31) & Integer.MAX_VALUE);
  }

  private void write(int[] src, int from, int n, byte[] dst, int at, int step) {
    switch (type) {
      case BOOL, UINT8, INT8 -> {
        for (int i = 0; i < n; i++) {
          dst[at + step * i] = (byte) src[from + i];
        }
      }
      case INT16, UINT16 -> {
        for (int i = 0; i < n; i++) {
          SHORT.set(dst, at + 2 * step * i, (short) src[from + i]);
        }
      }
      case INT32 -> {
        for (int i = 0; i < n; i++) {
          INT.set(dst, at + 4 * step * i, src[from + i]);
        }
      }
      case UINT32 -> {
        for (int i = 0; i < n; i++) {
          INT.set(dst, at + 4 * step * i, src[from + i] ^ Integer.MIN_VALUE);
        }
      }
      case FLOAT16 -> {
        for (int i = 0; i < n; i++) {
          int key = src[from + i];
          boolean empty = key == NO_MIN || key == NO_MAX;
          SHORT.set(
              dst, at + 2 * step * i, (short) (empty ? 0x7e00 : key ^ ((key >> 15) & 0x7fff)));
        }
      }
      case FLOAT32 -> {
        for (int i = 0; i < n; i++) {
          int key = src[from + i];
          boolean empty = key == NO_MIN || key == NO_MAX;
          INT.set(dst, at + 4 * step * i, empty ? 0x7fc00000 : floatKey(key));
        }
      }
      default -> throw new IllegalStateException("not a result type: " + type);
    }
  }
}
