package org.cornerturn.codec;

import org.cornerturn.codec.Blosc.Compressor;

/**
 * The 16 bytes in front of a Blosc-1 frame: version, compressor's version, flags, element size;
 * decoded size, block size and frame size as little-endian 32-bit integers.
 */
record BloscHeader(int flags, int elementSize, int decodedSize, int blockSize, int frameSize) {
  static final String NAME = "blosc";
  static final int VERSION = 2;
  static final int SHUFFLED = 0x1;
  static final int STORED = 0x2;
  static final int BITSHUFFLED = 0x4;
  static final int UNSPLIT = 0x10;
  private static final int FORMAT_SHIFT = 5;

  /** Compressors by the number in the flags; LZ4HC shares LZ4's. */
  private static final Compressor[] FORMATS = {
    Compressor.BLOSCLZ, Compressor.LZ4, Compressor.SNAPPY, Compressor.ZLIB, Compressor.ZSTD
  };

  static BloscHeader read(byte[] frame, int offset, int length) throws CodecException {
    if (length < Blosc.HEADER) {
      throw new CodecException(NAME + ": a frame of " + length + " bytes has no header");
    }
    int version = frame[offset] & 0xFF;
    if (version < 1 || version > VERSION) {
      throw new CodecException(NAME + ": frame format version " + version + " is not supported");
    }
    BloscHeader h =
        new BloscHeader(
            frame[offset + 2] & 0xFF,
            frame[offset + 3] & 0xFF,
            Bytes.getInt(frame, offset + 4),
            Bytes.getInt(frame, offset + 8),
            Bytes.getInt(frame, offset + 12));
    if (h.frameSize != length) {
      throw new CodecException(
          NAME + ": the header says " + h.frameSize + " bytes, the frame has " + length);
    }
    if (h.decodedSize < 0
        || h.decodedSize > 0 && (h.blockSize < 1 || h.blockSize > h.decodedSize)
        || h.elementSize < 1) {
      throw new CodecException(
          NAME
              + ": impossible header: "
              + h.decodedSize
              + " bytes in blocks of "
              + h.blockSize
              + ", elements of "
              + h.elementSize);
    }
    if (h.isStored()) {
      if (h.frameSize - Blosc.HEADER != h.decodedSize) {
        throw new CodecException(
            NAME + ": " + h.decodedSize + " bytes stored in a frame of " + h.frameSize);
      }
    } else {
      if (h.formatNumber() >= FORMATS.length) {
        throw new CodecException(NAME + ": unknown compressor number " + h.formatNumber());
      }
      if (h.compressor() == Compressor.SNAPPY) {
        throw new CodecException(NAME + ": compressor snappy is not supported");
      }
      if ((long) h.blocks() * Integer.BYTES > h.frameSize - Blosc.HEADER) {
        throw new CodecException(
            NAME + ": " + h.blocks() + " blocks don't fit in a frame of " + h.frameSize);
      }
    }
    return h;
  }

  void write(byte[] frame) {
    frame[0] = VERSION;
    frame[1] = 1;
    frame[2] = (byte) flags;
    frame[3] = (byte) elementSize;
    Bytes.putInt(frame, 4, decodedSize);
    Bytes.putInt(frame, 8, blockSize);
    Bytes.putInt(frame, 12, frameSize);
  }

  static int flags(Compressor compressor) {
    int format = 0;
    Compressor stored = compressor == Compressor.LZ4HC ? Compressor.LZ4 : compressor;
    while (FORMATS[format] != stored) {
      format++;
    }
    return format << FORMAT_SHIFT;
  }

  private int formatNumber() {
    return flags >>> FORMAT_SHIFT;
  }

  Compressor compressor() {
    return FORMATS[formatNumber()];
  }

  boolean isStored() {
    return (flags & STORED) != 0;
  }

  int blocks() {
    return decodedSize == 0 ? 0 : (decodedSize - 1) / blockSize + 1;
  }
}
