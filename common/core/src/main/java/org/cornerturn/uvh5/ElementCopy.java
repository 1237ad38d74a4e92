package org.cornerturn.uvh5;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Moves single elements of 1, 4, 8 or 16 bytes. */
final class ElementCopy {
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final byte SIGN = (byte) 0x80;

  private ElementCopy() {}

  /** Target element i is the one at {@code offsets[i]} bytes. */
  static void gather(byte[] src, int from, int[] offsets, byte[] dst, int to, int size) {
    int n = offsets.length;
    switch (size) {
      case 1 -> {
        for (int i = 0; i < n; i++) {
          dst[to + i] = src[from + offsets[i]];
        }
      }
      case 4 -> {
        for (int i = 0; i < n; i++) {
          INTS.set(dst, to + 4 * i, (int) INTS.get(src, from + offsets[i]));
        }
      }
      case 8 -> {
        for (int i = 0; i < n; i++) {
          LONGS.set(dst, to + 8 * i, (long) LONGS.get(src, from + offsets[i]));
        }
      }
      default -> {
        for (int i = 0; i < n; i++) {
          System.arraycopy(src, from + offsets[i], dst, to + size * i, size);
        }
      }
    }
  }

  /** Element i goes to {@code offsets[i]} bytes of the target: the way back of {@link #gather}. */
  static void scatter(byte[] src, int from, int[] offsets, byte[] dst, int to, int size) {
    int n = offsets.length;
    switch (size) {
      case 1 -> {
        for (int i = 0; i < n; i++) {
          dst[to + offsets[i]] = src[from + i];
        }
      }
      case 4 -> {
        for (int i = 0; i < n; i++) {
          INTS.set(dst, to + offsets[i], (int) INTS.get(src, from + 4 * i));
        }
      }
      case 8 -> {
        for (int i = 0; i < n; i++) {
          LONGS.set(dst, to + offsets[i], (long) LONGS.get(src, from + 8 * i));
        }
      }
      default -> {
        for (int i = 0; i < n; i++) {
          System.arraycopy(src, from + size * i, dst, to + offsets[i], size);
        }
      }
    }
  }

  /**
   * Turns the sign of the second number of each pair, by its bit: NaN and zero come back as they
   * were when it is done twice.
   *
   * @param pairs number of pairs
   * @param width bytes of a little-endian number
   */
  static void negateOdd(byte[] data, int at, int pairs, int width) {
    int sign = at + 2 * width - 1;
    for (int i = 0; i < pairs; i++) {
      data[sign] ^= SIGN;
      sign += 2 * width;
    }
  }
}
