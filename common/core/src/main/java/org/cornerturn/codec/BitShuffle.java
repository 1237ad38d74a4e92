package org.cornerturn.codec;

import java.util.Arrays;

/**
 * Bit shuffle: bit 0 of the first byte of all elements, then bit 1, and so on; each row of bits is
 * packed eight elements to a byte, the first in the lowest bit. Same layout as one block of the
 * bitshuffle library (HDF5 filter 32008) and of Blosc.
 *
 * <p>Works on the largest multiple of eight elements; what is left over stays where it is, as the
 * bitshuffle library does (Blosc instead leaves a block alone whose elements aren't a multiple of
 * eight). Source and target must not overlap.
 */
public final class BitShuffle {
  /** Elements that the wide kernel takes at once: eight longs of eight bits each. */
  private static final int TILE = 64;

  private BitShuffle() {}

  /**
   * @param length bytes to shuffle
   * @param elementSize bytes of an element, at least 1
   */
  public static void shuffle(
      byte[] src, int srcOffset, byte[] dst, int dstOffset, int length, int elementSize) {
    int n = (length / elementSize) & ~7;
    int row = n >>> 3;
    byte[] planes = new byte[TILE * elementSize];
    long[] m = new long[8];
    for (int i = 0; i < n; i += TILE) {
      int count = Math.min(TILE, n - i);
      Shuffle.shuffle(
          src, srcOffset + i * elementSize, planes, 0, count * elementSize, elementSize);
      int groups = count >>> 3;
      for (int j = 0; j < elementSize; j++) {
        int target = dstOffset + j * n + (i >>> 3);
        for (int g = 0; g < groups; g++) {
          m[g] = transpose((long) Shuffle.LONG.get(planes, j * count + 8 * g));
        }
        if (groups == 8) {
          Shuffle.transpose(m);
          for (int r = 0; r < 8; r++) {
            Shuffle.LONG.set(dst, target + r * row, m[r]);
          }
        } else {
          for (int g = 0; g < groups; g++) {
            for (int r = 0; r < 8; r++) {
              dst[target + r * row + g] = (byte) (m[g] >>> (8 * r));
            }
          }
        }
      }
    }
    int whole = n * elementSize;
    System.arraycopy(src, srcOffset + whole, dst, dstOffset + whole, length - whole);
  }

  /** Inverse of {@link #shuffle}. */
  public static void unshuffle(
      byte[] src, int srcOffset, byte[] dst, int dstOffset, int length, int elementSize) {
    int n = (length / elementSize) & ~7;
    int row = n >>> 3;
    byte[] planes = new byte[TILE * elementSize];
    long[] m = new long[8];
    for (int i = 0; i < n; i += TILE) {
      int count = Math.min(TILE, n - i);
      int groups = count >>> 3;
      for (int j = 0; j < elementSize; j++) {
        int source = srcOffset + j * n + (i >>> 3);
        if (groups == 8) {
          long any = 0;
          for (int r = 0; r < 8; r++) {
            m[r] = (long) Shuffle.LONG.get(src, source + r * row);
            any |= m[r];
          }
          if (any == 0) {
            Arrays.fill(planes, j * count, (j + 1) * count, (byte) 0);
            continue;
          }
          Shuffle.transpose(m);
        } else {
          for (int g = 0; g < groups; g++) {
            long x = 0;
            for (int r = 0; r < 8; r++) {
              x |= (src[source + r * row + g] & 0xFFL) << (8 * r);
            }
            m[g] = x;
          }
        }
        for (int g = 0; g < groups; g++) {
          Shuffle.LONG.set(planes, j * count + 8 * g, transpose(m[g]));
        }
      }
      Shuffle.unshuffle(
          planes, 0, dst, dstOffset + i * elementSize, count * elementSize, elementSize);
    }
    int whole = n * elementSize;
    System.arraycopy(src, srcOffset + whole, dst, dstOffset + whole, length - whole);
  }

  /** Transposes a long as an 8 x 8 matrix of bits (Warren, Hacker's Delight, 7-3). */
  private static long transpose(long x) {
    long t = (x ^ (x >>> 7)) & 0x00AA00AA00AA00AAL;
    x ^= t ^ (t << 7);
    t = (x ^ (x >>> 14)) & 0x0000CCCC0000CCCCL;
    x ^= t ^ (t << 14);
    t = (x ^ (x >>> 28)) & 0x00000000F0F0F0F0L;
    return x ^ t ^ (t << 28);
  }
}
