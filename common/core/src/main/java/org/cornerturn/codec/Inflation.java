package org.cornerturn.codec;

import java.io.IOException;
import java.io.InputStream;

/** Reads a decoder's output up to a ceiling. */
final class Inflation {
  private Inflation() {}

  /**
   * @throws CodecException when the stream holds more than {@code limit} bytes
   */
  static byte[] readAll(String codec, InputStream in, int limit) throws IOException {
    byte[] out = in.readNBytes(limit);
    if (out.length == limit && in.read() >= 0) {
      throw new CodecException(codec + ": decodes to more than the " + limit + " bytes expected");
    }
    return out;
  }
}
