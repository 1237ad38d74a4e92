package org.cornerturn.codec;

import java.io.IOException;

/** Encoded bytes that don't decode: damaged, hostile, or of a kind that isn't supported. */
public final class CodecException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message codec, what is wrong, and the numbers that disagree
   */
  public CodecException(String message) {
    super(message);
  }

  public CodecException(String message, Throwable cause) {
    super(message, cause);
  }

  static CodecException tooLarge(String codec, long size, long limit) {
    return new CodecException(
        codec + ": decodes to " + size + " bytes, more than the " + limit + " expected");
  }
}
