package org.cornerturn.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Portable Network Graphics (ISO 15948), 8-bit RGB. No time in it: same pixels, same bytes. */
final class Png {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int UP = 2;

  private Png() {}

  static byte[] encode(Canvas canvas) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(SIGNATURE);
    ByteBuffer header = ByteBuffer.allocate(13);
    header.putInt(canvas.width()).putInt(canvas.height());
    // 8 bits a sample, RGB, deflate, adaptive filters, not interlaced.
    header.put((byte) 8).put((byte) 2).put((byte) 0).put((byte) 0).put((byte) 0);
    chunk(out, "IHDR", header.array());
    chunk(out, "IDAT", deflated(rows(canvas)));
    chunk(out, "IEND", new byte[0]);
    return out.toByteArray();
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
