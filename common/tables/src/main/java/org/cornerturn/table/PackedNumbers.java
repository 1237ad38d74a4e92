package org.cornerturn.table;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Whole numbers in as many bytes each as their range needs: 0, 1, 2, 4 or 8. Immutable. */
public final class PackedNumbers {
  private final long least;
  private final int width;
  private final int size;
  private final ByteBuffer packed;

  private PackedNumbers(long least, int width, int size) {
    this.least = least;
    this.width = width;
    this.size = size;
    this.packed =
        ByteBuffer.allocate(Math.multiplyExact(width, size)).order(ByteOrder.nativeOrder());
  }

  /** The first {@code size} values. */
  static PackedNumbers of(long[] values, int size) {
    long least = Long.MAX_VALUE;
    long most = Long.MIN_VALUE;
    for (int i = 0; i < size; i++) {
      least = Math.min(least, values[i]);
      most = Math.max(most, values[i]);
    }
    PackedNumbers all = new PackedNumbers(size == 0 ? 0 : least, width(most - least), size);
    for (int i = 0; i < size; i++) {
      all.put(i, values[i] - least);
    }
    return all;
  }

  /**
   * @param range negative where it is more than a long
   */
  private static int width(long range) {
    if (range < 0 || range >= 1L << 32) {
      return 8;
    }
    if (range == 0) {
      return 0;
    }
    return range < 1 << 8 ? 1 : range < 1 << 16 ? 2 : 4;
  }

  private void put(int i, long above) {
    switch (width) {
      case 0 -> {}
      case 1 -> packed.put(i, (byte) above);
      case 2 -> packed.putShort(2 * i, (short) above);
      case 4 -> packed.putInt(4 * i, (int) above);
      default -> packed.putLong(8 * i, above);
    }
  }

  int size() {
    return size;
  }

  long at(int i) {
    return least
        + switch (width) {
          case 0 -> 0;
          case 1 -> packed.get(i) & 0xffL;
          case 2 -> packed.getShort(2 * i) & 0xffffL;
          case 4 -> packed.getInt(4 * i) & 0xffff_ffffL;
          default -> packed.getLong(8 * i);
        };
  }

  long bytes() {
    return 80 + packed.capacity();
  }
}
