package org.cornerturn.codec;

import java.io.Serializable;

/**
 * Blosc-1 frames ({@code c-blosc} format version 2). The native library encodes and decodes where
 * it loads; elsewhere the same frames are made and read in Java. Both use one thread and fixed
 * parameters, so equal input gives equal bytes on one platform; across the two, the content is
 * equal but the bytes may differ.
 */
public final class Blosc {
  /** Bytes of a frame's header. */
  public static final int HEADER = 16;

  /** How many times as small a frame is, at least, that is nearly all zeros. */
  private static final int SPARSE = 32;

  private static final boolean NATIVE = NativeBlosc.loads();

  /** Compressor inside a frame. {@link #SNAPPY} can be named but neither read nor written. */
  public enum Compressor {
    BLOSCLZ("blosclz"),
    LZ4("lz4"),
    LZ4HC("lz4hc"),
    SNAPPY("snappy"),
    ZLIB("zlib"),
    ZSTD("zstd");

    private final String cname;

    Compressor(String cname) {
      this.cname = cname;
    }

    /** Name in Zarr metadata. */
    public String cname() {
      return cname;
    }

    /**
     * @throws IllegalArgumentException for a name that Blosc-1 doesn't have
     */
    public static Compressor of(String cname) {
      for (Compressor c : values()) {
        if (c.cname.equals(cname)) {
          return c;
        }
      }
      throw new IllegalArgumentException("blosc has no compressor " + cname);
    }
  }

  /** Rearrangement before compression, in Blosc's numbering. */
  public enum Rearrangement {
    NONE("noshuffle"),
    SHUFFLE("shuffle"),
    BITSHUFFLE("bitshuffle");

    private final String zarrName;

    Rearrangement(String zarrName) {
      this.zarrName = zarrName;
    }

    /** Name in Zarr v3 metadata; Zarr v2 uses the ordinal. */
    public String zarrName() {
      return zarrName;
    }
  }

  /**
   * How to encode.
   *
   * @param level 0 to 9
   * @param elementSize bytes of the unit that is shuffled, 1 to 255
   * @param blockSize bytes compressed at once, 0 to let Blosc's own rule choose
   */
  public record Parameters(
      Compressor compressor, int level, Rearrangement rearrangement, int elementSize, int blockSize)
      implements Serializable {
    public Parameters {
      if (level < 0 || level > 9) {
        throw new IllegalArgumentException("blosc level " + level + " is not in 0..9");
      }
      if (elementSize < 1 || elementSize > 255) {
        throw new IllegalArgumentException("blosc element size " + elementSize + " not in 1..255");
      }
      if (blockSize < 0) {
        throw new IllegalArgumentException("blosc block size " + blockSize + " is negative");
      }
      if (compressor == Compressor.SNAPPY) {
        throw new IllegalArgumentException("blosc with snappy is not supported");
      }
    }
  }

  private Blosc() {}

  /** Whether the native library is in use. */
  public static boolean isNative() {
    return NATIVE;
  }

  /** Encodes {@code raw[offset, offset + length)} as one frame. */
  public static byte[] encode(byte[] raw, int offset, int length, Parameters parameters) {
    return NATIVE
        ? NativeBlosc.encode(raw, offset, length, parameters)
        : JavaBlosc.encode(raw, offset, length, parameters);
  }

  /**
   * Bytes that a frame decodes to, as its header says; checked against the length of the frame
   * only.
   */
  public static int decodedSize(byte[] frame, int offset, int length) throws CodecException {
    return BloscHeader.read(frame, offset, length).decodedSize();
  }

  /**
   * Decodes a frame.
   *
   * @param limit most bytes of output
   * @throws CodecException when the frame is damaged, uses snappy, or decodes to more than {@code
   *     limit}
   */
  public static byte[] decode(byte[] frame, int offset, int length, int limit)
      throws CodecException {
    BloscHeader header = BloscHeader.read(frame, offset, length);
    if (header.decodedSize() > limit) {
      throw CodecException.tooLarge(BloscHeader.NAME, header.decodedSize(), limit);
    }
    if (NATIVE && !isQuickerInJava(header)) {
      return NativeBlosc.decode(header, frame, offset);
    }
    byte[] out = new byte[header.decodedSize()];
    JavaBlosc.decode(header, frame, offset, out, 0);
    return out;
  }

  /**
   * Decodes a frame to where its bytes are wanted.
   *
   * @param target gets exactly what the frame holds
   * @throws CodecException when the frame is damaged, uses snappy, or decodes to another size
   */
  public static void decode(byte[] frame, int offset, int length, byte[] target)
      throws CodecException {
    BloscHeader header = BloscHeader.read(frame, offset, length);
    if (header.decodedSize() != target.length) {
      throw new CodecException(
          BloscHeader.NAME
              + ": "
              + target.length
              + " bytes expected, "
              + header.decodedSize()
              + " in the frame");
    }
    if (NATIVE && !isQuickerInJava(header)) {
      System.arraycopy(NativeBlosc.decode(header, frame, offset), 0, target, 0, target.length);
    } else {
      JavaBlosc.decode(header, frame, offset, target, 0);
    }
  }

  /**
   * Zstandard alone, of a later version than the one that the native library holds, and shuffling
   * in Java take little more than half of the native library's time. Bits are shuffled as quickly
   * by the native library, but for what is nearly all zeros.
   */
  private static boolean isQuickerInJava(BloscHeader header) {
    return header.isStored()
        || header.compressor() == Compressor.ZSTD
            && ((header.flags() & BloscHeader.BITSHUFFLED) == 0
                || (long) SPARSE * header.frameSize() < header.decodedSize());
  }
}
