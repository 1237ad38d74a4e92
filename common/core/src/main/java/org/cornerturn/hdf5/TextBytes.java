package org.cornerturn.hdf5;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Text as files hold it: UTF-8, or the writer's own 8-bit set where it isn't valid UTF-8. */
final class TextBytes {
  private TextBytes() {}

  static String decode(byte[] data, int offset, int length) {
    for (int i = 0; i < length; i++) {
      if (data[offset + i] < 0) {
        return decodeWide(data, offset, length);
      }
    }
    return new String(data, offset, length, StandardCharsets.ISO_8859_1);
  }

  private static String decodeWide(byte[] data, int offset, int length) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(data, offset, length))
          .toString();
    } catch (CharacterCodingException e) {
      return new String(data, offset, length, StandardCharsets.ISO_8859_1);
    }
  }

  static String untilNul(byte[] data, int offset, int length) {
    int n = 0;
    while (n < length && data[offset + n] != 0) {
      n++;
    }
    return decode(data, offset, n);
  }
}
