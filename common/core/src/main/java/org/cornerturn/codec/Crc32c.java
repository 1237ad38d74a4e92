package org.cornerturn.codec;

import java.util.zip.CRC32C;

/** CRC-32C (Castagnoli), stored as four little-endian bytes behind the data (Zarr v3 codec). */
public final class Crc32c {
  public static final int SIZE = Integer.BYTES;

  private Crc32c() {}

  public static int of(byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }

  /** Writes the checksum of {@code bytes[offset, offset + length)} behind that range. */
  public static void append(byte[] bytes, int offset, int length) {
    Bytes.putInt(bytes, offset + length, of(bytes, offset, length));
  }

  /**
   * Checks a range that ends in its checksum.
   *
   * @return bytes before the checksum
   * @throws CodecException when it is too short or the checksum disagrees
   */
  public static int verify(byte[] bytes, int offset, int length) throws CodecException {
    int n = length - SIZE;
    if (n < 0) {
      throw new CodecException("crc32c: " + length + " bytes are too few to hold a checksum");
    }
    int stored = Bytes.getInt(bytes, offset + n);
    int actual = of(bytes, offset, n);
    if (stored != actual) {
      throw new CodecException(
          String.format("crc32c: stored %08x, data have %08x", stored, actual));
    }
    return n;
  }
}
