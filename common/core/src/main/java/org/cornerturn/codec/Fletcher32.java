package org.cornerturn.codec;

/**
 * Fletcher's checksum with 16-bit words, as HDF5's filter 3 appends it: words are taken big-endian,
 * an odd last byte as the upper half of one.
 */
public final class Fletcher32 {
  /** Words that can be summed before the sums must be folded. */
  private static final int RUN = 360;

  private Fletcher32() {}

  /** Checksum of bytes. */
  public static int sum(byte[] data, int offset, int length) {
    int at = offset;
    int words = length / 2;
    int a = 0;
    int b = 0;
    while (words > 0) {
      int run = Math.min(words, RUN);
      words -= run;
      for (int i = 0; i < run; i++) {
        a += (data[at] & 0xff) << 8 | data[at + 1] & 0xff;
        b += a;
        at += 2;
      }
      a = (a & 0xffff) + (a >>> 16);
      b = (b & 0xffff) + (b >>> 16);
    }
    if (length % 2 == 1) {
      a += (data[at] & 0xff) << 8;
      b += a;
      a = (a & 0xffff) + (a >>> 16);
      b = (b & 0xffff) + (b >>> 16);
    }
    a = (a & 0xffff) + (a >>> 16);
    b = (b & 0xffff) + (b >>> 16);
    return b << 16 | a;
  }

  /**
   * Verifies data that end in their checksum, little-endian.
   *
   * @return bytes before the checksum
   * @throws CodecException when it doesn't fit them
   */
  public static int verify(byte[] data, int offset, int length) throws CodecException {
    if (length < 4) {
      throw new CodecException("fletcher32: " + length + " bytes hold no checksum");
    }
    int n = length - 4;
    int stored = Bytes.getInt(data, offset + n);
    int sum = sum(data, offset, n);
    // HDF5 before 1.6.3 wrote the sum's bytes in another order on little-endian machines.
    int swapped = (sum & 0xff00ff00) >>> 8 | (sum & 0x00ff00ff) << 8;
    if (stored != sum && stored != swapped) {
      throw new CodecException("fletcher32: the checksum is wrong, the data are damaged");
    }
    return n;
  }
}
