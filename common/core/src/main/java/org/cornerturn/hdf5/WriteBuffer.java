package org.cornerturn.hdf5;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Little-endian fields of a metadata structure in the making. */
final class WriteBuffer {
  static final long UNDEFINED = -1;

  private byte[] data = new byte[256];
  private int size;

  int size() {
    return size;
  }

  byte[] toBytes() {
    return Arrays.copyOf(data, size);
  }

  /** The lowest {@code width} bytes of a number. */
  WriteBuffer number(long value, int width) {
    ensure(width);
    for (int i = 0; i < width; i++) {
      data[size++] = (byte) (value >>> 8 * i);
    }
    return this;
  }

  WriteBuffer u8(int value) {
    return number(value, 1);
  }

  WriteBuffer u16(int value) {
    return number(value, 2);
  }

  WriteBuffer u32(long value) {
    return number(value, 4);
  }

  WriteBuffer u64(long value) {
    return number(value, 8);
  }

  WriteBuffer bytes(byte[] src) {
    ensure(src.length);
    System.arraycopy(src, 0, data, size, src.length);
    size += src.length;
    return this;
  }

  WriteBuffer ascii(String text) {
    return bytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  WriteBuffer zeros(int count) {
    ensure(count);
    size += count;
    return this;
  }

  /** The lookup3 checksum of everything so far. */
  WriteBuffer checksum() {
    return u32(Lookup3.hash(data, 0, size));
  }

  private void ensure(int more) {
    if (size + more > data.length) {
      data = Arrays.copyOf(data, Math.max(Math.addExact(size, more), 2 * data.length));
    }
  }
}
