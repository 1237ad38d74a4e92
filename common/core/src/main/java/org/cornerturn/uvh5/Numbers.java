package org.cornerturn.uvh5;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.cornerturn.array.DataType.Primitive;

/** Numbers as little-endian elements of a type that holds them exactly. */
final class Numbers {
  private Numbers() {}

  /**
   * @throws IllegalArgumentException for float16 and for types that hold no real numbers
   */
  static byte[] of(double[] values, Primitive type) {
    byte[] out = new byte[Math.multiplyExact(values.length, type.itemSize())];
    ByteBuffer b = ByteBuffer.wrap(out).order(ByteOrder.LITTLE_ENDIAN);
    for (double v : values) {
      switch (type) {
        case BOOL, INT8, UINT8 -> b.put((byte) (int) v);
        case INT16, UINT16 -> b.putShort((short) (int) v);
        case INT32, UINT32 -> b.putInt((int) (long) v);
        case INT64, UINT64 -> b.putLong((long) v);
        case FLOAT32 -> b.putFloat((float) v);
        case FLOAT64 -> b.putDouble(v);
        default -> throw new IllegalArgumentException(type + " can't be made again");
      }
    }
    return out;
  }
}
