package org.cornerturn.codec;

import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/**
 * The framing of HDF5's filter 32004: big-endian decoded size (8 bytes) and block size (4), then
 * blocks, each its stored size (4) and bytes; a block stored in its own size is not compressed.
 */
public final class Lz4Frame {
  private static final LZ4SafeDecompressor DECOMPRESSOR =
      LZ4Factory.fastestInstance().safeDecompressor();

  private Lz4Frame() {}

  /** Decoded size from the frame's head. */
  static int decodedSize(byte[] src, int offset, int length, int limit) throws CodecException {
    if (length < 12) {
      throw new CodecException("lz4: " + length + " bytes hold no frame");
    }
    long n = (long) Bytes.getIntBigEndian(src, offset) << 32;
    n |= Bytes.getIntBigEndian(src, offset + 4) & 0xffffffffL;
    if (n < 0 || n > limit) {
      throw CodecException.tooLarge("lz4", n, limit);
    }
    return (int) n;
  }

  /** Decodes into a given place of exactly the decoded size. */
  static void decode(byte[] src, int srcOffset, int srcLength, byte[] dst, int dstOffset, int size)
      throws CodecException {
    int block = Bytes.getIntBigEndian(src, srcOffset + 8);
    if (block <= 0 && size > 0) {
      throw new CodecException("lz4: blocks of " + block + " bytes");
    }
    int at = srcOffset + 12;
    int end = srcOffset + srcLength;
    for (int done = 0; done < size; ) {
      int raw = Math.min(block, size - done);
      if (end - at < 4) {
        throw new CodecException("lz4: the data end after " + done + " bytes of output");
      }
      int stored = Bytes.getIntBigEndian(src, at);
      at += 4;
      if (stored < 0 || stored > end - at) {
        throw new CodecException("lz4: the data end after " + done + " bytes of output");
      }
      if (stored == raw) {
        System.arraycopy(src, at, dst, dstOffset + done, raw);
      } else {
        block(src, at, stored, dst, dstOffset + done, raw);
      }
      at += stored;
      done += raw;
    }
  }

  /** Decodes one LZ4 block that must give exactly {@code raw} bytes. */
  static void block(byte[] src, int offset, int length, byte[] dst, int dstOffset, int raw)
      throws CodecException {
    int n;
    try {
      n = DECOMPRESSOR.decompress(src, offset, length, dst, dstOffset, raw);
    } catch (LZ4Exception e) {
      throw new CodecException("lz4: " + e.getMessage(), e);
    }
    if (n != raw) {
      throw new CodecException("lz4: a block of " + n + " bytes instead of " + raw);
    }
  }
}
