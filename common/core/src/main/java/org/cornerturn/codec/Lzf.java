package org.cornerturn.codec;

/**
 * LibLZF without framing, as h5py's filter 32000 stores it. Decoded here rather than by a library:
 * those in Java trust the distances in the data and would need a pass of checks before them.
 */
public final class Lzf {
  /** Control bytes below this announce that many literals and one. */
  private static final int LITERALS = 32;

  private static final int LONG_RUN = 7;

  /** By how many bytes repeat: a factor that fills a long with them, as far as they go into it. */
  private static final long[] REPEATED = new long[8];

  static {
    for (int bytes = 1; bytes < 8; bytes++) {
      for (int bit = 0; bit < Long.SIZE; bit += 8 * bytes) {
        REPEATED[bytes] |= 1L << bit;
      }
    }
  }

  private Lzf() {}

  /** Decoded size as the filter's third parameter gives it. */
  static int decodedSize(int[] parameters, int limit) throws CodecException {
    if (parameters.length < 3 || parameters[2] < 0) {
      throw new CodecException("lzf: the decoded size isn't known");
    }
    if (parameters[2] > limit) {
      throw CodecException.tooLarge("lzf", parameters[2], limit);
    }
    return parameters[2];
  }

  /**
   * Decodes into a given place, which is filled entirely.
   *
   * @return bytes written
   * @throws CodecException when the data are damaged or decode to another size
   */
  public static int decode(
      byte[] src, int srcOffset, int srcLength, byte[] dst, int dstOffset, int dstLength)
      throws CodecException {
    int at = srcOffset;
    int end = srcOffset + srcLength;
    int to = dstOffset;
    int full = dstOffset + dstLength;
    while (at < end) {
      int control = src[at++] & 0xff;
      if (control < LITERALS) {
        int n = control + 1;
        if (n > end - at || n > full - to) {
          throw damaged(to - dstOffset, dstLength);
        }
        if (end - at >= LITERALS && full - to >= LITERALS) {
          copy32(src, at, dst, to);
        } else {
          System.arraycopy(src, at, dst, to, n);
        }
        at += n;
        to += n;
        continue;
      }
      int run = control >> 5;
      if (run == LONG_RUN && at < end) {
        run += src[at++] & 0xff;
      }
      if (at >= end) {
        throw damaged(to - dstOffset, dstLength);
      }
      int distance = ((control & 0x1f) << 8 | src[at++] & 0xff) + 1;
      int n = run + 2;
      if (distance > to - dstOffset || n > full - to) {
        throw damaged(to - dstOffset, dstLength);
      }
      repeat(dst, to, distance, n, full);
      to += n;
    }
    if (to != full) {
      throw damaged(to - dstOffset, dstLength);
    }
    return dstLength;
  }

  /** Copies up to 32 bytes, and whatever follows them, which is overwritten later. */
  private static void copy32(byte[] src, int at, byte[] dst, int to) {
    Shuffle.LONG.set(dst, to, (long) Shuffle.LONG.get(src, at));
    Shuffle.LONG.set(dst, to + 8, (long) Shuffle.LONG.get(src, at + 8));
    Shuffle.LONG.set(dst, to + 16, (long) Shuffle.LONG.get(src, at + 16));
    Shuffle.LONG.set(dst, to + 24, (long) Shuffle.LONG.get(src, at + 24));
  }

  private static void repeat(byte[] dst, int to, int distance, int n, int full) {
    if (full - to < n + 8) {
      for (int i = 0; i < n; i++) {
        dst[to + i] = dst[to + i - distance];
      }
    } else if (distance >= 8) {
      for (int i = 0; i < n; i += 8) {
        Shuffle.LONG.set(dst, to + i, (long) Shuffle.LONG.get(dst, to + i - distance));
      }
    } else {
      // Shuffled planes are full of short runs, too short for a call of Arrays.fill.
      long last = (long) Shuffle.LONG.get(dst, to - distance);
      long pattern = (last & (1L << 8 * distance) - 1) * REPEATED[distance];
      int step = 8 - 8 % distance;
      for (int i = 0; i < n; i += step) {
        Shuffle.LONG.set(dst, to + i, pattern);
      }
    }
  }

  private static CodecException damaged(int done, int size) {
    return new CodecException("lzf: the data are damaged at byte " + done + " of " + size);
  }
}
