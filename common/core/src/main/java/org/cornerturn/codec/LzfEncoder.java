package org.cornerturn.codec;

import java.util.Arrays;

/**
 * LibLZF without framing, as h5py's filter 32000 stores it. Greedy, so the same bytes each time.
 */
public final class LzfEncoder {
  private static final int HASH_BITS = 14;
  private static final int LONGEST_LITERAL = 32;
  private static final int FARTHEST = 1 << 13;
  private static final int LONGEST_MATCH = 264;
  private static final int SHORTEST_MATCH = 3;

  private LzfEncoder() {}

  /**
   * @return the encoded bytes, or null where they wouldn't be fewer
   */
  public static byte[] encode(byte[] raw, int offset, int length) {
    byte[] out = new byte[length];
    int[] seen = new int[1 << HASH_BITS];
    int end = offset + length;
    int literals = offset;
    int at = offset;
    int size = 0;
    while (at + SHORTEST_MATCH <= end) {
      int slot = hash(raw, at);
      int candidate = seen[slot] - 1;
      seen[slot] = at + 1;
      boolean near = candidate >= offset && at - candidate <= FARTHEST;
      int match = near ? match(raw, candidate, at, Math.min(end, at + LONGEST_MATCH)) : 0;
      if (match < SHORTEST_MATCH) {
        at++;
        continue;
      }
      size = literals(raw, literals, at, out, size);
      if (size < 0 || size + 3 > length) {
        return null;
      }
      int distance = at - candidate - 1;
      int code = match - 2;
      out[size++] = (byte) (Math.min(code, 7) << 5 | distance >> 8);
      if (code >= 7) {
        out[size++] = (byte) (code - 7);
      }
      out[size++] = (byte) distance;
      at += match;
      literals = at;
    }
    size = literals(raw, literals, end, out, size);
    return size < 0 || size >= length ? null : Arrays.copyOf(out, size);
  }

  private static int hash(byte[] raw, int at) {
    int three = (raw[at] & 0xff) << 16 | (raw[at + 1] & 0xff) << 8 | raw[at + 2] & 0xff;
    return three * 0x9e3779b1 >>> 32 - HASH_BITS;
  }

  private static int match(byte[] raw, int candidate, int at, int end) {
    int n = 0;
    while (at + n < end && raw[candidate + n] == raw[at + n]) {
      n++;
    }
    return n;
  }

  /** Appends literal runs; -1 where the target is full. */
  private static int literals(byte[] raw, int from, int to, byte[] out, int size) {
    int s = size;
    for (int i = from; i < to; i += LONGEST_LITERAL) {
      int n = Math.min(LONGEST_LITERAL, to - i);
      if (s + 1 + n > out.length) {
        return -1;
      }
      out[s++] = (byte) (n - 1);
      System.arraycopy(raw, i, out, s, n);
      s += n;
    }
    return s;
  }
}
