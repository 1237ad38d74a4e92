package org.cornerturn.zarr;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Elements of varying size in a chunk: a 32-bit count, then per element its 32-bit length in bytes
 * and its bytes (codecs {@code vlen-utf8}, {@code vlen-bytes}, {@code vlen-array}).
 */
final class Vlen {
  private Vlen() {}

  static byte[] encode(String[] texts) {
    byte[][] items = new byte[texts.length][];
    for (int i = 0; i < items.length; i++) {
      items[i] = texts[i].getBytes(StandardCharsets.UTF_8);
    }
    return encode(items);
  }

  static byte[] encode(byte[][] items) {
    int size = Integer.BYTES;
    for (byte[] item : items) {
      size = Math.addExact(size, Math.addExact(Integer.BYTES, item.length));
    }
    ByteBuffer out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(items.length);
    for (byte[] item : items) {
      out.putInt(item.length).put(item);
    }
    return out.array();
  }

  static String[] texts(byte[] bytes, int count) {
    String[] out = new String[checkedCount(bytes, count)];
    ByteBuffer in = items(bytes);
    for (int i = 0; i < count; i++) {
      int n = next(in);
      out[i] = new String(bytes, in.position(), n, StandardCharsets.UTF_8);
      in.position(in.position() + n);
    }
    return out;
  }

  /**
   * @param unit bytes that each element's length must be a multiple of
   */
  static byte[][] sequences(byte[] bytes, int count, int unit) {
    byte[][] out = new byte[checkedCount(bytes, count)][];
    ByteBuffer in = items(bytes);
    for (int i = 0; i < count; i++) {
      int n = next(in);
      if (n % unit != 0) {
        throw new IllegalArgumentException(
            "sequence of " + n + " bytes holds no whole number of " + unit + "-byte elements");
      }
      out[i] = new byte[n];
      in.get(out[i]);
    }
    return out;
  }

  private static ByteBuffer items(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(Integer.BYTES);
  }

  private static int checkedCount(byte[] bytes, int count) {
    int stored =
        bytes.length < Integer.BYTES
            ? -1
            : ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt();
    // Each element needs its length, so a small chunk can't make us allocate a large array.
    if (stored != count || bytes.length < Integer.BYTES * (count + 1L)) {
      throw new IllegalArgumentException(
          stored + " elements in " + bytes.length + " bytes where the chunk has " + count);
    }
    return count;
  }

  private static int next(ByteBuffer in) {
    int n = in.remaining() < Integer.BYTES ? -1 : in.getInt();
    if (n < 0 || n > in.remaining()) {
      throw new IllegalArgumentException("element ends behind its chunk");
    }
    return n;
  }
}
