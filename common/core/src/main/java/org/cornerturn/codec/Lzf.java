package org.cornerturn.codec;

import com.ning.compress.lzf.ChunkDecoder;
import com.ning.compress.lzf.util.ChunkDecoderFactory;

/** LibLZF without framing, as h5py's filter 32000 stores it. */
public final class Lzf {
  private static final ChunkDecoder DECODER = ChunkDecoderFactory.optimalInstance();

  private Lzf() {}

  /** Decoded size as the filter's third parameter gives it. */
  static int decodedSize(int[] parameters, int limit) throws CodecException {
    if (parameters.length < 3 || parameters[2] < 0) {
      throw new CodecException("lzf: the decoded size isn't known");
    }
    if (parameters[2] > limit) {
      throw CodecException.tooLarge("lzf", parameters[2], limit);
    }
    return parameters[2];
  }

  /**
   * Decodes into a given place, which is filled entirely.
   *
   * @return bytes written
   */
  public static int decode(
      byte[] src, int srcOffset, int srcLength, byte[] dst, int dstOffset, int dstLength)
      throws CodecException {
    check(src, srcOffset, srcLength, dstLength);
    try {
      DECODER.decodeChunk(
          src, srcOffset, srcOffset + srcLength, dst, dstOffset, dstOffset + dstLength);
    } catch (java.io.IOException | IndexOutOfBoundsException e) {
      throw new CodecException("lzf: the data are damaged", e);
    }
    return dstLength;
  }

  /**
   * Walks the codes without copying: the decoder works through unchecked memory access and trusts
   * distances, so hostile data must not reach it.
   */
  private static void check(byte[] src, int offset, int length, int size) throws CodecException {
    int at = offset;
    int end = offset + length;
    long out = 0;
    while (at < end) {
      int control = src[at++] & 0xff;
      if (control < 32) {
        at += control + 1;
        out += control + 1;
        continue;
      }
      int run = control >> 5;
      if (run == 7) {
        if (at >= end) {
          throw damaged();
        }
        run += src[at++] & 0xff;
      }
      if (at >= end) {
        throw damaged();
      }
      int back = ((control & 0x1f) << 8 | src[at++] & 0xff) + 1;
      if (back > out) {
        throw damaged();
      }
      out += run + 2;
    }
    if (at != end || out != size) {
      throw new CodecException("lzf: decodes to " + out + " bytes instead of " + size);
    }
  }

  private static CodecException damaged() {
    return new CodecException("lzf: the data are damaged");
  }
}
