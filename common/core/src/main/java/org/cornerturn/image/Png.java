package org.cornerturn.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Portable Network Graphics (ISO 15948), 8-bit RGB. No time in it: same pixels, same bytes. */
final class Png {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int UP = 2;

  private Png() {}

  static byte[] encode(Canvas canvas) {
    ByteArrayOutputStream out = start(canvas);
    chunk(out, "IDAT", deflated(rows(canvas)));
    chunk(out, "IEND", new byte[0]);
    return out.toByteArray();
  }

  /**
   * Pictures of one size, one after the other, again and again (APNG); programs that know still
   * pictures alone show the first.
   *
   * @param milliseconds for which each is shown
   */
  static byte[] animate(List<Canvas> frames, int milliseconds) {
    Canvas first = frames.get(0);
    ByteArrayOutputStream out = start(first);
    chunk(out, "acTL", ByteBuffer.allocate(8).putInt(frames.size()).putInt(0).array());
    int sequence = 0;
    for (Canvas frame : frames) {
      if (frame.width() != first.width() || frame.height() != first.height()) {
        throw new IllegalArgumentException("frames of different sizes");
      }
      ByteBuffer control = ByteBuffer.allocate(26).putInt(sequence++);
      control.putInt(frame.width()).putInt(frame.height()).putInt(0).putInt(0);
      control.putShort((short) milliseconds).putShort((short) 1000);
      chunk(out, "fcTL", control.array());
      byte[] pixels = deflated(rows(frame));
      if (frame == first) {
        chunk(out, "IDAT", pixels);
      } else {
        ByteBuffer data = ByteBuffer.allocate(4 + pixels.length).putInt(sequence++).put(pixels);
        chunk(out, "fdAT", data.array());
      }
    }
    chunk(out, "IEND", new byte[0]);
    return out.toByteArray();
  }

  private static ByteArrayOutputStream start(Canvas canvas) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(SIGNATURE);
    ByteBuffer header = ByteBuffer.allocate(13);
    header.putInt(canvas.width()).putInt(canvas.height());
    // 8 bits a sample, RGB, deflate, adaptive filters, not interlaced.
    header.put((byte) 8).put((byte) 2).put((byte) 0).put((byte) 0).put((byte) 0);
    chunk(out, "IHDR", header.array());
    return out;
  }

  /** Every row as its difference from the row above, which suits flat drawings. */
  private static byte[] rows(Canvas canvas) {
    int stride = 1 + 3 * canvas.width();
    byte[] raw = new byte[Math.multiplyExact(stride, canvas.height())];
    for (int y = 0; y < canvas.height(); y++) {
      raw[y * stride] = UP;
      for (int x = 0; x < canvas.width(); x++) {
        int here = canvas.pixel(x, y);
        int above = y == 0 ? 0 : canvas.pixel(x, y - 1);
        for (int c = 0; c < 3; c++) {
          int shift = 16 - 8 * c;
          raw[y * stride + 1 + 3 * x + c] = (byte) ((here >> shift) - (above >> shift));
        }
      }
    }
    return raw;
  }

  private static byte[] deflated(byte[] raw) {
    Deflater deflater = new Deflater(9);
    try {
      deflater.setInput(raw);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] piece = new byte[1 << 16];
      while (!deflater.finished()) {
        out.write(piece, 0, deflater.deflate(piece));
      }
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }

  private static void chunk(ByteArrayOutputStream out, String name, byte[] body) {
    byte[] type = name.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(type);
    crc.update(body);
    out.writeBytes(ByteBuffer.allocate(4).putInt(body.length).array());
    out.writeBytes(type);
    out.writeBytes(body);
    out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }
}
