package org.cornerturn.zarr;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.cornerturn.array.Block;
import org.cornerturn.array.DataType.FixedText;

/** Texts as bytes. */
final class Texts {
  private Texts() {}

  /** The elements of a {@link FixedText} block without their padding. */
  static String[] unpadded(Block block) {
    int width = ((FixedText) block.type()).length();
    byte[] bytes = block.bytes();
    String[] out = new String[Math.toIntExact(block.shape().size())];
    for (int i = 0; i < out.length; i++) {
      int end = (i + 1) * width;
      while (end > i * width && bytes[end - 1] == 0) {
        end--;
      }
      out[i] = decode(bytes, i * width, end - i * width);
    }
    return out;
  }

  /** UTF-8, or Latin-1 where the bytes aren't UTF-8 (old files call it ASCII). */
  static String decode(byte[] bytes, int offset, int length) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, offset, length))
          .toString();
    } catch (CharacterCodingException e) {
      return new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
    }
  }

  /** NumPy's {@code U}: {@code width} UTF-32 code units per text, zeros behind. */
  static String[] fromUtf32(byte[] bytes, int width, Endian endian) {
    Charset charset = utf32(endian);
    int size = 4 * width;
    String[] out = new String[bytes.length / size];
    for (int i = 0; i < out.length; i++) {
      String padded = new String(bytes, i * size, size, charset);
      int end = padded.length();
      while (end > 0 && padded.charAt(end - 1) == 0) {
        end--;
      }
      out[i] = padded.substring(0, end);
    }
    return out;
  }

  static byte[] toUtf32(String[] texts, int width, Endian endian) {
    byte[] out = new byte[Math.multiplyExact(texts.length, 4 * width)];
    for (int i = 0; i < texts.length; i++) {
      byte[] b = texts[i].getBytes(utf32(endian));
      if (b.length > 4 * width) {
        throw new IllegalArgumentException(
            "text of " + b.length / 4 + " characters where " + width + " fit");
      }
      System.arraycopy(b, 0, out, i * 4 * width, b.length);
    }
    return out;
  }

  private static Charset utf32(Endian endian) {
    return Charset.forName(endian == Endian.BIG ? "UTF-32BE" : "UTF-32LE");
  }
}
