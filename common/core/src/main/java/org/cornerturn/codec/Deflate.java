package org.cornerturn.codec;

import java.util.Arrays;
import java.util.zip.Deflater;

/** Deflate in a zlib wrapper (RFC 1950): HDF5's filter 1, Zarr v2's {@code zlib}. */
public final class Deflate {
  private static final String NAME = "zlib";

  private Deflate() {}

  /**
   * @param level 0 to 9
   */
  public static byte[] encode(byte[] raw, int offset, int length, int level) {
    Deflater deflater = new Deflater(level);
    try {
      return drain(deflater, raw, offset, length, 0, 0);
    } finally {
      deflater.end();
    }
  }

  /** Deflates with {@code before} and {@code after} free bytes around the result. */
  static byte[] drain(
      Deflater deflater, byte[] raw, int offset, int length, int before, int after) {
    deflater.setInput(raw, offset, length);
    deflater.finish();
    byte[] out = new byte[Math.addExact(length / 2 + 64, before + after)];
    int n = before;
    while (!deflater.finished()) {
      if (n == out.length) {
        out = Arrays.copyOf(out, Math.addExact(out.length, out.length / 2));
      }
      n += deflater.deflate(out, n, out.length - n);
    }
    return Arrays.copyOf(out, n + after);
  }

  /**
   * Decodes into a given place.
   *
   * @return bytes written, at most {@code dstLength}
   * @throws CodecException when the data are damaged, cut, or decode to more than {@code dstLength}
   */
  public static int decode(
      byte[] src, int srcOffset, int srcLength, byte[] dst, int dstOffset, int dstLength)
      throws CodecException {
    return new Inflate(NAME).zlib(src, srcOffset, srcLength, dst, dstOffset, dstLength);
  }

  /**
   * Decodes data of unknown size.
   *
   * @param limit most bytes of output
   * @throws CodecException when the data are damaged, cut, or decode to more than {@code limit}
   */
  public static byte[] decode(byte[] src, int offset, int length, int limit) throws CodecException {
    return new Inflate(NAME).zlib(src, offset, length, limit);
  }
}
