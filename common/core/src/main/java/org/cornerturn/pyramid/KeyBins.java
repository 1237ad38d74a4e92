package org.cornerturn.pyramid;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.cornerturn.array.DataType.Primitive;

/**
 * Minimum and maximum of consecutive bins as integer keys that sort as the values do: one integer
 * kernel serves every type, -0.0 sorts below 0.0, and an empty (all NaN) bin holds the largest key
 * as its minimum and the smallest as its maximum, which drop out of any further reduction.
 */
abstract sealed class KeyBins permits IntKeyBins, LongKeyBins {
  static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  static final VarHandle FLOAT =
      MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
  static final VarHandle DOUBLE =
      MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);

  final Primitive type;

  KeyBins(Primitive type) {
    this.type = type;
  }

  static KeyBins of(Primitive type, int capacity) {
    return Samples.valueType(type).itemSize() <= Integer.BYTES
        ? new IntKeyBins(type, capacity)
        : new LongKeyBins(type, capacity);
  }

  /**
   * Fills slots 0..n-1 with single samples.
   *
   * @param at byte offset of the first sample
   * @return NaN samples met
   */
  abstract int readSamples(byte[] src, int at, int n);

  /** Whether the sample or bin in a slot is empty, that is NaN. */
  abstract boolean isEmpty(int slot);

  /**
   * Reads stored bins into slots from {@code to} on; {@code step} elements lie between two bins.
   */
  abstract void readBins(byte[] min, int minAt, byte[] max, int maxAt, int step, int to, int n);

  /** Writes slots as stored bins, {@code step} elements apart. */
  abstract void writeBins(int from, int n, byte[] min, int minAt, byte[] max, int maxAt, int step);

  /**
   * Reduces {@code n} slots, {@code factor} to one, the last group as it is, into slots of {@code
   * target} of the same kind.
   */
  abstract void reduce(int from, int n, int factor, KeyBins target, int to);

  /** Empties slots: any bin merged into them stays as it is. */
  abstract void clear(int from, int n);

  /** Takes another's slots 0..n-1 into this one's, slot by slot. */
  final void merge(KeyBins other, int n) {
    for (int i = 0; i < n; i++) {
      mergeSlot(i, other, i);
    }
  }

  /** Takes one slot of another into one of this. */
  abstract void mergeSlot(int slot, KeyBins other, int from);
}
