package org.cornerturn.codec;

import java.util.Arrays;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;

/** LZ4 blocks: bare, or behind their decoded size as numcodecs writes them. */
public final class Lz4 {
  private static final String NAME = "lz4";

  private Lz4() {}

  /** One block behind its decoded size as a little-endian 32-bit integer. */
  public static byte[] encode(byte[] raw, int offset, int length) {
    LZ4Compressor lz4 = LZ4Factory.fastestInstance().fastCompressor();
    byte[] out = new byte[Integer.BYTES + lz4.maxCompressedLength(length)];
    Bytes.putInt(out, 0, length);
    int n = lz4.compress(raw, offset, length, out, Integer.BYTES, out.length - Integer.BYTES);
    return Arrays.copyOf(out, Integer.BYTES + n);
  }

  /**
   * Decodes one block behind its decoded size.
   *
   * @param limit most bytes of output
   * @throws CodecException when the data are damaged or decode to more than {@code limit}
   */
  public static byte[] decode(byte[] src, int offset, int length, int limit) throws CodecException {
    int size = length < Integer.BYTES ? -1 : Bytes.getInt(src, offset);
    if (size < 0) {
      throw new CodecException(NAME + ": the data have no size");
    }
    if (size > limit) {
      throw CodecException.tooLarge(NAME, size, limit);
    }
    byte[] out = new byte[size];
    int n = decodeBlock(src, offset + Integer.BYTES, length - Integer.BYTES, out, 0, size);
    if (n != size) {
      throw new CodecException(NAME + ": decodes to " + n + " bytes of " + size);
    }
    return out;
  }

  /**
   * Decodes a bare block into a given place.
   *
   * @return bytes written, at most {@code dstLength}
   * @throws CodecException when the data are damaged or decode to more than {@code dstLength}
   */
  public static int decodeBlock(
      byte[] src, int srcOffset, int srcLength, byte[] dst, int dstOffset, int dstLength)
      throws CodecException {
    try {
      return LZ4Factory.fastestInstance()
          .safeDecompressor()
          .decompress(src, srcOffset, srcLength, dst, dstOffset, dstLength);
    } catch (LZ4Exception e) {
      throw new CodecException(NAME + ": " + e.getMessage(), e);
    }
  }
}
