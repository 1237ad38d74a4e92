package org.cornerturn.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Byte shuffle: the first bytes of all elements, then the second bytes, and so on. Bytes after the
 * last whole element stay where they are. Same layout as HDF5's filter 2, Blosc and numcodecs.
 *
 * <p>Source and target must not overlap.
 */
public final class Shuffle {
  static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long B1 = 0x00FF00FF00FF00FFL;
  private static final long B2 = 0x0000FFFF0000FFFFL;
  private static final long B4 = 0x00000000FFFFFFFFL;

  private Shuffle() {}

  /**
   * @param length bytes to shuffle
   * @param elementSize bytes of an element, at least 1
   */
  public static void shuffle(
      byte[] src, int srcOffset, byte[] dst, int dstOffset, int length, int elementSize) {
    int n = length / elementSize;
    int done = elementSize == 1 ? 0 : n & ~7;
    switch (elementSize) {
      case 2 -> shuffle2(src, srcOffset, dst, dstOffset, n, done);
      case 4 -> shuffle4(src, srcOffset, dst, dstOffset, n, done);
      case 8 -> shuffle8(src, srcOffset, dst, dstOffset, n, done);
      default -> done = 0;
    }
    if (elementSize == 1) {
      System.arraycopy(src, srcOffset, dst, dstOffset, length);
      return;
    }
    for (int j = 0; j < elementSize; j++) {
      int s = srcOffset + done * elementSize + j;
      int d = dstOffset + j * n;
      for (int i = done; i < n; i++, s += elementSize) {
        dst[d + i] = src[s];
      }
    }
    int whole = n * elementSize;
    System.arraycopy(src, srcOffset + whole, dst, dstOffset + whole, length - whole);
  }

  /** Inverse of {@link #shuffle}. */
  public static void unshuffle(
      byte[] src, int srcOffset, byte[] dst, int dstOffset, int length, int elementSize) {
    int n = length / elementSize;
    int done = elementSize == 1 ? 0 : n & ~7;
    switch (elementSize) {
      case 2 -> unshuffle2(src, srcOffset, dst, dstOffset, n, done);
      case 4 -> unshuffle4(src, srcOffset, dst, dstOffset, n, done);
      case 8 -> unshuffle8(src, srcOffset, dst, dstOffset, n, done);
      default -> done = 0;
    }
    if (elementSize == 1) {
      System.arraycopy(src, srcOffset, dst, dstOffset, length);
      return;
    }
    for (int j = 0; j < elementSize; j++) {
      int s = srcOffset + j * n;
      int d = dstOffset + done * elementSize + j;
      for (int i = done; i < n; i++, d += elementSize) {
        dst[d] = src[s + i];
      }
    }
    int whole = n * elementSize;
    System.arraycopy(src, srcOffset + whole, dst, dstOffset + whole, length - whole);
  }

  // The kernels below take eight elements at a time in longs. Numbering the bits of a byte's
  // position (element bits e2 e1 e0, byte-in-element bits b...), each step exchanges two of those
  // bits for all bytes at once.

  private static void shuffle2(byte[] src, int so, byte[] dst, int d, int n, int end) {
    for (int i = 0; i < end; i += 8) {
      long a = planes2((long) LONG.get(src, so + 2 * i));
      long b = planes2((long) LONG.get(src, so + 2 * i + 8));
      LONG.set(dst, d + i, (a & B4) | (b << 32));
      LONG.set(dst, d + n + i, (a >>> 32) | (b & ~B4));
    }
  }

  private static void unshuffle2(byte[] src, int so, byte[] dst, int d, int n, int end) {
    for (int i = 0; i < end; i += 8) {
      long p = (long) LONG.get(src, so + i);
      long q = (long) LONG.get(src, so + n + i);
      LONG.set(dst, d + 2 * i, elements2((p & B4) | (q << 32)));
      LONG.set(dst, d + 2 * i + 8, elements2((p >>> 32) | (q & ~B4)));
    }
  }

  /** (e1 e0 b0) to (b0 e1 e0). */
  private static long planes2(long x) {
    long t = (x ^ (x >>> 8)) & 0x0000FF000000FF00L;
    x ^= t ^ (t << 8);
    t = (x ^ (x >>> 16)) & 0x00000000FFFF0000L;
    return x ^ t ^ (t << 16);
  }

  private static long elements2(long x) {
    long t = (x ^ (x >>> 16)) & 0x00000000FFFF0000L;
    x ^= t ^ (t << 16);
    t = (x ^ (x >>> 8)) & 0x0000FF000000FF00L;
    return x ^ t ^ (t << 8);
  }

  private static void shuffle4(byte[] src, int so, byte[] dst, int d, int n, int end) {
    for (int i = 0; i < end; i += 8) {
      int s = so + 4 * i;
      long x0 = pair(src, s, s + 16);
      long x1 = pair(src, s + 4, s + 20);
      long x2 = pair(src, s + 8, s + 24);
      long x3 = pair(src, s + 12, s + 28);
      long y0 = (x0 & B2) | ((x2 & B2) << 16);
      long y2 = ((x0 >>> 16) & B2) | (x2 & ~B2);
      long y1 = (x1 & B2) | ((x3 & B2) << 16);
      long y3 = ((x1 >>> 16) & B2) | (x3 & ~B2);
      LONG.set(dst, d + i, (y0 & B1) | ((y1 & B1) << 8));
      LONG.set(dst, d + n + i, ((y0 >>> 8) & B1) | (y1 & ~B1));
      LONG.set(dst, d + 2 * n + i, (y2 & B1) | ((y3 & B1) << 8));
      LONG.set(dst, d + 3 * n + i, ((y2 >>> 8) & B1) | (y3 & ~B1));
    }
  }

  private static long pair(byte[] src, int low, int high) {
    return ((int) INT.get(src, low) & B4) | ((long) (int) INT.get(src, high) << 32);
  }

  private static void unshuffle4(byte[] src, int so, byte[] dst, int d, int n, int end) {
    for (int i = 0; i < end; i += 8) {
      long p0 = (long) LONG.get(src, so + i);
      long p1 = (long) LONG.get(src, so + n + i);
      long p2 = (long) LONG.get(src, so + 2 * n + i);
      long p3 = (long) LONG.get(src, so + 3 * n + i);
      long y0 = (p0 & B1) | ((p1 & B1) << 8);
      long y1 = ((p0 >>> 8) & B1) | (p1 & ~B1);
      long y2 = (p2 & B1) | ((p3 & B1) << 8);
      long y3 = ((p2 >>> 8) & B1) | (p3 & ~B1);
      int t = d + 4 * i;
      unpair(dst, t, t + 16, (y0 & B2) | ((y2 & B2) << 16));
      unpair(dst, t + 4, t + 20, (y1 & B2) | ((y3 & B2) << 16));
      unpair(dst, t + 8, t + 24, ((y0 >>> 16) & B2) | (y2 & ~B2));
      unpair(dst, t + 12, t + 28, ((y1 >>> 16) & B2) | (y3 & ~B2));
    }
  }

  private static void unpair(byte[] dst, int low, int high, long x) {
    INT.set(dst, low, (int) x);
    INT.set(dst, high, (int) (x >>> 32));
  }

  private static void shuffle8(byte[] src, int so, byte[] dst, int d, int n, int end) {
    for (int i = 0; i < end; i += 8) {
      int s = so + 8 * i;
      long m0 = (long) LONG.get(src, s);
      long m1 = (long) LONG.get(src, s + 8);
      long m2 = (long) LONG.get(src, s + 16);
      long m3 = (long) LONG.get(src, s + 24);
      long m4 = (long) LONG.get(src, s + 32);
      long m5 = (long) LONG.get(src, s + 40);
      long m6 = (long) LONG.get(src, s + 48);
      long m7 = (long) LONG.get(src, s + 56);
      long a0 = (m0 & B4) | (m4 << 32);
      long a4 = (m0 >>> 32) | (m4 & ~B4);
      long a1 = (m1 & B4) | (m5 << 32);
      long a5 = (m1 >>> 32) | (m5 & ~B4);
      long a2 = (m2 & B4) | (m6 << 32);
      long a6 = (m2 >>> 32) | (m6 & ~B4);
      long a3 = (m3 & B4) | (m7 << 32);
      long a7 = (m3 >>> 32) | (m7 & ~B4);
      long b0 = (a0 & B2) | ((a2 & B2) << 16);
      long b2 = ((a0 >>> 16) & B2) | (a2 & ~B2);
      long b1 = (a1 & B2) | ((a3 & B2) << 16);
      long b3 = ((a1 >>> 16) & B2) | (a3 & ~B2);
      long b4 = (a4 & B2) | ((a6 & B2) << 16);
      long b6 = ((a4 >>> 16) & B2) | (a6 & ~B2);
      long b5 = (a5 & B2) | ((a7 & B2) << 16);
      long b7 = ((a5 >>> 16) & B2) | (a7 & ~B2);
      LONG.set(dst, d + i, (b0 & B1) | ((b1 & B1) << 8));
      LONG.set(dst, d + n + i, ((b0 >>> 8) & B1) | (b1 & ~B1));
      LONG.set(dst, d + 2 * n + i, (b2 & B1) | ((b3 & B1) << 8));
      LONG.set(dst, d + 3 * n + i, ((b2 >>> 8) & B1) | (b3 & ~B1));
      LONG.set(dst, d + 4 * n + i, (b4 & B1) | ((b5 & B1) << 8));
      LONG.set(dst, d + 5 * n + i, ((b4 >>> 8) & B1) | (b5 & ~B1));
      LONG.set(dst, d + 6 * n + i, (b6 & B1) | ((b7 & B1) << 8));
      LONG.set(dst, d + 7 * n + i, ((b6 >>> 8) & B1) | (b7 & ~B1));
    }
  }

  private static void unshuffle8(byte[] src, int so, byte[] dst, int d, int n, int end) {
    for (int i = 0; i < end; i += 8) {
      int t = d + 8 * i;
      long m0 = (long) LONG.get(src, so + i);
      long m1 = (long) LONG.get(src, so + n + i);
      long m2 = (long) LONG.get(src, so + 2 * n + i);
      long m3 = (long) LONG.get(src, so + 3 * n + i);
      long m4 = (long) LONG.get(src, so + 4 * n + i);
      long m5 = (long) LONG.get(src, so + 5 * n + i);
      long m6 = (long) LONG.get(src, so + 6 * n + i);
      long m7 = (long) LONG.get(src, so + 7 * n + i);
      long a0 = (m0 & B4) | (m4 << 32);
      long a4 = (m0 >>> 32) | (m4 & ~B4);
      long a1 = (m1 & B4) | (m5 << 32);
      long a5 = (m1 >>> 32) | (m5 & ~B4);
      long a2 = (m2 & B4) | (m6 << 32);
      long a6 = (m2 >>> 32) | (m6 & ~B4);
      long a3 = (m3 & B4) | (m7 << 32);
      long a7 = (m3 >>> 32) | (m7 & ~B4);
      long b0 = (a0 & B2) | ((a2 & B2) << 16);
      long b2 = ((a0 >>> 16) & B2) | (a2 & ~B2);
      long b1 = (a1 & B2) | ((a3 & B2) << 16);
      long b3 = ((a1 >>> 16) & B2) | (a3 & ~B2);
      long b4 = (a4 & B2) | ((a6 & B2) << 16);
      long b6 = ((a4 >>> 16) & B2) | (a6 & ~B2);
      long b5 = (a5 & B2) | ((a7 & B2) << 16);
      long b7 = ((a5 >>> 16) & B2) | (a7 & ~B2);
      LONG.set(dst, t, (b0 & B1) | ((b1 & B1) << 8));
      LONG.set(dst, t + 8, ((b0 >>> 8) & B1) | (b1 & ~B1));
      LONG.set(dst, t + 16, (b2 & B1) | ((b3 & B1) << 8));
      LONG.set(dst, t + 24, ((b2 >>> 8) & B1) | (b3 & ~B1));
      LONG.set(dst, t + 32, (b4 & B1) | ((b5 & B1) << 8));
      LONG.set(dst, t + 40, ((b4 >>> 8) & B1) | (b5 & ~B1));
      LONG.set(dst, t + 48, (b6 & B1) | ((b7 & B1) << 8));
      LONG.set(dst, t + 56, ((b6 >>> 8) & B1) | (b7 & ~B1));
    }
  }

  /** Transposes 8 longs as an 8 x 8 matrix of bytes. */
  static void transpose(long[] m) {
    for (int i = 0; i < 4; i++) {
      long a = m[i];
      long b = m[i + 4];
      m[i] = (a & B4) | (b << 32);
      m[i + 4] = (a >>> 32) | (b & ~B4);
    }
    for (int i = 0; i < 8; i += (i & 1) == 0 ? 1 : 3) {
      long a = m[i];
      long b = m[i + 2];
      m[i] = (a & B2) | ((b & B2) << 16);
      m[i + 2] = ((a >>> 16) & B2) | (b & ~B2);
    }
    for (int i = 0; i < 8; i += 2) {
      long a = m[i];
      long b = m[i + 1];
      m[i] = (a & B1) | ((b & B1) << 8);
      m[i + 1] = ((a >>> 8) & B1) | (b & ~B1);
    }
  }
}
