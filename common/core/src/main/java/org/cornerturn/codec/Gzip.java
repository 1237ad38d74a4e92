package org.cornerturn.codec;

import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Gzip members (RFC 1952), written without a time so that equal input gives equal bytes. */
public final class Gzip {
  private static final String NAME = "gzip";
  private static final byte UNKNOWN_SYSTEM = (byte) 255;
  private static final int TRAILER = 8;

  private Gzip() {}

  /**
   * @param level 0 to 9
   */
  public static byte[] encode(byte[] raw, int offset, int length, int level) {
    Deflater deflater = new Deflater(level, true);
    try {
      byte[] out = Deflate.drain(deflater, raw, offset, length, GzipHeader.SIZE, TRAILER);
      out[0] = 0x1f;
      out[1] = (byte) 0x8b;
      out[2] = Deflater.DEFLATED;
      out[9] = UNKNOWN_SYSTEM;
      CRC32 crc = new CRC32();
      crc.update(raw, offset, length);
      Bytes.putInt(out, out.length - TRAILER, (int) crc.getValue());
      Bytes.putInt(out, out.length - Integer.BYTES, length);
      return out;
    } finally {
      deflater.end();
    }
  }

  /**
   * Decodes one or more members. What follows them and is no member is passed over.
   *
   * @param limit most bytes of output
   * @throws CodecException when the data are damaged or decode to more than {@code limit}
   */
  public static byte[] decode(byte[] src, int offset, int length, int limit) throws CodecException {
    return new Inflate(NAME).gzip(src, offset, length, limit);
  }
}
