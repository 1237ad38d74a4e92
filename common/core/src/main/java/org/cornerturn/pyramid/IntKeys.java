package org.cornerturn.pyramid;

import static org.cornerturn.pyramid.KeyBins.INT;
import static org.cornerturn.pyramid.KeyBins.SHORT;

import org.cornerturn.array.DataType.Primitive;

/**
 * Values of up to 32 bits to and from keys that sort alike. A float's key is its bits, those but
 * the sign inverted where it is negative. Each type has a small loop of its own, which the compiler
 * turns into branch-free code.
 */
final class IntKeys {
  private static final int INFINITY = 0x7f800000;
  private static final int HALF_INFINITY = 0x7c00;
  private static final int NAN = 0x7fc00000;
  private static final short HALF_NAN = 0x7e00;

  private IntKeys() {}

  /**
   * @param at byte offset of the first value
   * @param step values from one to the next
   * @param empty key of NaN
   * @return number of NaN
   */
  static int read(
      Primitive type, byte[] src, int at, int step, int[] dst, int to, int n, int empty) {
    return switch (type) {
      case BOOL, UINT8 -> bytes(src, at, step, dst, to, n, 0xff);
      case INT8 -> bytes(src, at, step, dst, to, n, -1);
      case INT16 -> shorts(src, at, 2 * step, dst, to, n);
      case UINT16 -> chars(src, at, 2 * step, dst, to, n);
      case INT32 -> ints(src, at, 4 * step, dst, to, n, 0);
      case UINT32 -> ints(src, at, 4 * step, dst, to, n, Integer.MIN_VALUE);
      case FLOAT16 -> halves(src, at, 2 * step, dst, to, n, empty);
      case FLOAT32 -> floats(src, at, 4 * step, dst, to, n, empty);
      case COMPLEX64 -> magnitudes(src, at, 8 * step, dst, to, n, empty);
      default -> throw new IllegalStateException("not a type of 32 bits or fewer: " + type);
    };
  }

  private static int bytes(byte[] src, int at, int stride, int[] dst, int to, int n, int mask) {
    for (int i = 0; i < n; i++) {
      dst[to + i] = src[at + stride * i] & mask;
    }
    return 0;
  }

  private static int shorts(byte[] src, int at, int stride, int[] dst, int to, int n) {
    for (int i = 0; i < n; i++) {
      dst[to + i] = (short) SHORT.get(src, at + stride * i);
    }
    return 0;
  }

  private static int chars(byte[] src, int at, int stride, int[] dst, int to, int n) {
    for (int i = 0; i < n; i++) {
      dst[to + i] = (short) SHORT.get(src, at + stride * i) & 0xffff;
    }
    return 0;
  }

  private static int ints(byte[] src, int at, int stride, int[] dst, int to, int n, int flip) {
    for (int i = 0; i < n; i++) {
      dst[to + i] = (int) INT.get(src, at + stride * i) ^ flip;
    }
    return 0;
  }

  private static int floats(byte[] src, int at, int stride, int[] dst, int to, int n, int empty) {
    int nans = 0;
    for (int i = 0; i < n; i++) {
      int bits = (int) INT.get(src, at + stride * i);
      nans += (INFINITY - (bits & Integer.MAX_VALUE)) >>> 31;
      dst[to + i] = floatKey(bits);
    }
    return emptied(dst, to, n, nans, floatKey(INFINITY), empty);
  }

  private static int halves(byte[] src, int at, int stride, int[] dst, int to, int n, int empty) {
    int nans = 0;
    for (int i = 0; i < n; i++) {
      int bits = (short) SHORT.get(src, at + stride * i);
      nans += (HALF_INFINITY - (bits & 0x7fff)) >>> 31;
      dst[to + i] = bits ^ ((bits >> 31) & 0x7fff);
    }
    return emptied(dst, to, n, nans, HALF_INFINITY, empty);
  }

  private static int magnitudes(
      byte[] src, int at, int stride, int[] dst, int to, int n, int empty) {
    int nans = 0;
    for (int i = 0; i < n; i++) {
      int bits = Float.floatToRawIntBits(Samples.magnitude32(src, at + stride * i));
      nans += (INFINITY - (bits & Integer.MAX_VALUE)) >>> 31;
      dst[to + i] = floatKey(bits);
    }
    return emptied(dst, to, n, nans, INFINITY, empty);
  }

  /** Keys beyond those of the infinities are NaN; minus infinity's is {@code ~infinity}. */
  private static int emptied(int[] keys, int to, int n, int nans, int infinity, int empty) {
    if (nans > 0) {
      for (int i = to; i < to + n; i++) {
        if (keys[i] > infinity || keys[i] < ~infinity) {
          keys[i] = empty;
        }
      }
    }
    return nans;
  }

  private static int floatKey(int bits) {
    return bits ^ ((bits >> 31) & Integer.MAX_VALUE);
  }

  /** Inverse of {@link #read}; a key beyond those of the infinities becomes the usual NaN. */
  static void write(Primitive type, int[] src, int from, int n, byte[] dst, int at, int step) {
    switch (type) {
      case BOOL, UINT8, INT8 -> putBytes(src, from, n, dst, at, step);
      case INT16, UINT16 -> putShorts(src, from, n, dst, at, 2 * step);
      case INT32 -> putInts(src, from, n, dst, at, 4 * step, 0);
      case UINT32 -> putInts(src, from, n, dst, at, 4 * step, Integer.MIN_VALUE);
      case FLOAT16 -> putHalves(src, from, n, dst, at, 2 * step);
      case FLOAT32 -> putFloats(src, from, n, dst, at, 4 * step);
      default -> throw new IllegalStateException("not a result type: " + type);
    }
  }

  private static void putBytes(int[] src, int from, int n, byte[] dst, int at, int stride) {
    for (int i = 0; i < n; i++) {
      dst[at + stride * i] = (byte) src[from + i];
    }
  }

  private static void putShorts(int[] src, int from, int n, byte[] dst, int at, int stride) {
    for (int i = 0; i < n; i++) {
      SHORT.set(dst, at + stride * i, (short) src[from + i]);
    }
  }

  private static void putInts(
      int[] src, int from, int n, byte[] dst, int at, int stride, int flip) {
    for (int i = 0; i < n; i++) {
      INT.set(dst, at + stride * i, src[from + i] ^ flip);
    }
  }

  private static void putHalves(int[] src, int from, int n, byte[] dst, int at, int stride) {
    for (int i = 0; i < n; i++) {
      int key = src[from + i];
      boolean nan = key > HALF_INFINITY || key < ~HALF_INFINITY;
      SHORT.set(dst, at + stride * i, nan ? HALF_NAN : (short) (key ^ ((key >> 31) & 0x7fff)));
    }
  }

  private static void putFloats(int[] src, int from, int n, byte[] dst, int at, int stride) {
    for (int i = 0; i < n; i++) {
      int key = src[from + i];
      boolean nan = key > INFINITY || key < ~INFINITY;
      INT.set(dst, at + stride * i, nan ? NAN : floatKey(key));
    }
  }
}
