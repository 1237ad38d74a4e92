package org.cornerturn.image;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Graphics Interchange Format 89a: frames of one palette, shown again and again. */
final class Gif {
  static final int COLOURS = 256;

  private static final int BITS = 8;
  private static final int CLEAR = 1 << BITS;
  private static final int END = CLEAR + 1;
  private static final int MOST_CODES = 4096;

  private final int width;
  private final int height;
  private final int centiseconds;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  // Of the frame in work: bits that don't fill a byte, and bytes that don't fill a block.
  private int bits;
  private int bitCount;
  private final byte[] block = new byte[255];
  private int blockLength;

  /**
   * @param palette 256 colours, 0xRRGGBB
   */
  Gif(int width, int height, int[] palette, int milliseconds) {
    if (width > 0xffff || height > 0xffff) {
      throw new IllegalArgumentException("a GIF of " + width + " x " + height);
    }
    this.width = width;
    this.height = height;
    centiseconds = Math.max(2, Math.min(0xffff, milliseconds / 10));
    out.writeBytes("GIF89a".getBytes(StandardCharsets.US_ASCII));
    two(width);
    two(height);
    // A palette of 256 colours of 8 bits, its first one the background, square pixels.
    out.write(0xf7);
    out.write(0);
    out.write(0);
    for (int colour : palette) {
      out.write(colour >> 16);
      out.write(colour >> 8);
      out.write(colour);
    }
    // For ever.
    out.writeBytes(new byte[] {0x21, (byte) 0xff, 11});
    out.writeBytes("NETSCAPE2.0".getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(new byte[] {3, 1, 0, 0, 0});
  }

  /**
   * @param indices of colours, the top row first
   */
  void add(byte[] indices) {
    if (indices.length != Math.multiplyExact(width, height)) {
      throw new IllegalArgumentException("a frame of " + indices.length + " pixels");
    }
    out.writeBytes(new byte[] {0x21, (byte) 0xf9, 4, 0});
    two(centiseconds);
    out.write(0);
    out.write(0);
    out.write(0x2c);
    two(0);
    two(0);
    two(width);
    two(height);
    out.write(0);
    out.write(BITS);
    compress(indices);
    out.write(0);
  }

  byte[] bytes() {
    byte[] done = Arrays.copyOf(out.toByteArray(), out.size() + 1);
    done[done.length - 1] = 0x3b;
    return done;
  }

  /** Lempel, Ziv and Welch's code, of 9 to 12 bits. */
  private void compress(byte[] indices) {
    int[] next = new int[MOST_CODES << BITS];
    int codes = END + 1;
    int size = BITS + 1;
    code(CLEAR, size);
    int prefix = indices[0] & 0xff;
    for (int i = 1; i < indices.length; i++) {
      int symbol = indices[i] & 0xff;
      int at = prefix << BITS | symbol;
      if (next[at] != 0) {
        prefix = next[at];
        continue;
      }
      code(prefix, size);
      prefix = symbol;
      if (codes == MOST_CODES) {
        code(CLEAR, size);
        Arrays.fill(next, 0);
        codes = END + 1;
        size = BITS + 1;
      } else {
        if (codes == 1 << size) {
          size++;
        }
        next[at] = codes++;
      }
    }
    code(prefix, size);
    code(END, size);
    if (bitCount > 0) {
      put(bits);
    }
    bits = 0;
    bitCount = 0;
    flush();
  }

  private void code(int code, int size) {
    bits |= code << bitCount;
    bitCount += size;
    while (bitCount >= 8) {
      put(bits);
      bits >>>= 8;
      bitCount -= 8;
    }
  }

  private void put(int value) {
    block[blockLength++] = (byte) value;
    if (blockLength == block.length) {
      flush();
    }
  }

  private void flush() {
    if (blockLength > 0) {
      out.write(blockLength);
      out.write(block, 0, blockLength);
      blockLength = 0;
    }
  }

  private void two(int value) {
    out.write(value);
    out.write(value >> 8);
  }
}
