package org.cornerturn.codec;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;

/**
 * Encodes for HDF5's filters 32004 (LZ4) and 32008 (bit shuffle with LZ4), whose framing {@link
 * Lz4Frame} and {@link BitShuffleFrame} describe.
 */
public final class Lz4FrameEncoder {
  // The Java compressor gives the same bytes on every machine; the native one need not.
  private static final LZ4Compressor LZ4 = LZ4Factory.fastestJavaInstance().fastCompressor();
  private static final int LARGEST_BLOCK = 1 << 30;
  private static final int SHUFFLED_BLOCK = 8192;
  private static final int FEWEST_ELEMENTS = 128;

  private Lz4FrameEncoder() {}

  /** A frame of filter 32004; blocks that LZ4 can't shorten are stored as they are. */
  public static byte[] encode(byte[] raw, int offset, int length) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(length / 2 + 64);
    int block = Math.max(1, Math.min(length, LARGEST_BLOCK));
    head(out, length, block);
    for (int done = 0; done < length; done += block) {
      int n = Math.min(block, length - done);
      byte[] packed = LZ4.compress(raw, offset + done, n);
      if (packed.length < n) {
        block(out, packed, 0, packed.length);
      } else {
        block(out, raw, offset + done, n);
      }
    }
    return out.toByteArray();
  }

  /**
   * A frame of filter 32008 with LZ4 and its usual block size; elements past the last multiple of
   * eight follow as they are.
   *
   * @param elementSize bytes of an element
   */
  public static byte[] encodeShuffled(byte[] raw, int offset, int length, int elementSize) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(length / 2 + 64);
    int elements = Math.max(SHUFFLED_BLOCK / elementSize / 8 * 8, FEWEST_ELEMENTS);
    int block = Math.multiplyExact(elements, elementSize);
    head(out, length, block);
    int whole = length / (8 * elementSize) * (8 * elementSize);
    byte[] shuffled = new byte[Math.min(block, whole)];
    for (int done = 0; done < whole; done += block) {
      int n = Math.min(block, whole - done);
      BitShuffle.shuffle(raw, offset + done, shuffled, 0, n, elementSize);
      byte[] packed = LZ4.compress(shuffled, 0, n);
      block(out, packed, 0, packed.length);
    }
    out.write(raw, offset + whole, length - whole);
    return out.toByteArray();
  }

  private static void head(ByteArrayOutputStream out, long length, int block) {
    out.writeBytes(ByteBuffer.allocate(12).putLong(length).putInt(block).array());
  }

  private static void block(ByteArrayOutputStream out, byte[] src, int offset, int length) {
    out.writeBytes(ByteBuffer.allocate(4).putInt(length).array());
    out.write(src, offset, length);
  }
}
