package org.cornerturn.codec;

import java.util.Arrays;
import org.cornerturn.codec.Blosc.Parameters;

/** Blosc-1 by the native library. */
final class NativeBlosc {
  private static final int THREADS = 1;

  private NativeBlosc() {}

  /** Whether the native library loads here and gives back what it took. */
  static boolean loads() {
    try {
      byte[] probe = {1, 2, 3, 4};
      byte[] frame = com.scalableminds.bloscjava.Blosc.compress(probe, 1);
      return Arrays.equals(probe, com.scalableminds.bloscjava.Blosc.decompress(frame));
    } catch (LinkageError e) {
      // No library for this processor, or the temporary folder forbids execution: JavaBlosc
      // takes over, and Blosc.isNative tells.
      return false;
    }
  }

  static byte[] encode(byte[] raw, int offset, int length, Parameters p) {
    byte[] exact =
        offset == 0 && length == raw.length
            ? raw
            : Arrays.copyOfRange(raw, offset, offset + length);
    return com.scalableminds.bloscjava.Blosc.compress(
        exact,
        p.elementSize(),
        com.scalableminds.bloscjava.Blosc.Compressor.fromString(p.compressor().cname()),
        p.level(),
        com.scalableminds.bloscjava.Blosc.Shuffle.fromInt(p.rearrangement().ordinal()),
        p.blockSize(),
        THREADS);
  }

  /** The header has been checked against the frame's length and the caller's limit. */
  static byte[] decode(BloscHeader header, byte[] frame, int offset) throws CodecException {
    byte[] exact =
        offset == 0 && header.frameSize() == frame.length
            ? frame
            : Arrays.copyOfRange(frame, offset, offset + header.frameSize());
    byte[] out;
    try {
      out = com.scalableminds.bloscjava.Blosc.decompress(exact, THREADS);
    } catch (RuntimeException e) {
      throw new CodecException(BloscHeader.NAME + ": damaged frame: " + e.getMessage(), e);
    }
    if (out == null || out.length != header.decodedSize()) {
      throw new CodecException(
          BloscHeader.NAME
              + ": damaged frame: "
              + header.decodedSize()
              + " bytes expected, "
              + (out == null ? 0 : out.length)
              + " decoded");
    }
    return out;
  }
}
