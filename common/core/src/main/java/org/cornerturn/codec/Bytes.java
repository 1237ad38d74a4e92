package org.cornerturn.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Integers, little-endian unless named otherwise, in byte arrays. */
final class Bytes {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private Bytes() {}

  static int getInt(byte[] b, int offset) {
    return (int) INT.get(b, offset);
  }

  static int getIntBigEndian(byte[] b, int offset) {
    return Integer.reverseBytes(getInt(b, offset));
  }

  static void putInt(byte[] b, int offset, int value) {
    INT.set(b, offset, value);
  }
}
