package org.cornerturn.codec;

import java.util.Optional;

/**
 * HDF5's filter 32008: bit-shuffled blocks, bare or each compressed with LZ4 or Zstandard. Client
 * data: version, minor version, element size, elements per block (0: default), compressor (0 none,
 * 2 LZ4, 3 Zstandard). Compressed data begin with the decoded size (8 bytes) and the bytes per
 * block (4), big-endian; each block with its stored size (4).
 */
public final class BitShuffleFrame {
  private static final int HEAD = 12;
  private static final int TARGET_BLOCK = 8192;
  private static final int MIN_BLOCK = 128;
  private static final int LZ4 = 2;
  private static final int ZSTD = 3;

  private BitShuffleFrame() {}

  static Optional<String> unsupported(int[] parameters) {
    if (parameters.length < 3 || parameters[2] < 1) {
      return Optional.of("filter bitshuffle without an element size");
    }
    int c = compressor(parameters);
    return c == 0 || c == LZ4 || c == ZSTD
        ? Optional.empty()
        : Optional.of("filter bitshuffle with compressor " + c);
  }

  private static int compressor(int[] parameters) {
    return parameters.length > 4 ? parameters[4] : 0;
  }

  static int decodedSize(int[] parameters, byte[] src, int offset, int length, int limit)
      throws CodecException {
    return compressor(parameters) == 0 ? length : Lz4Frame.decodedSize(src, offset, length, limit);
  }

  /** Decodes into a given place of exactly the decoded size. */
  static void decode(
      int[] parameters, byte[] src, int srcOffset, int srcLength, byte[] dst, int to, int size)
      throws CodecException {
    int element = parameters[2];
    int compressor = compressor(parameters);
    if (compressor == 0) {
      bare(parameters, src, srcOffset, dst, to, size, element);
      return;
    }
    int blockBytes = Bytes.getIntBigEndian(src, srcOffset + 8);
    if (blockBytes <= 0 || blockBytes % (8L * element) != 0) {
      throw new CodecException("bitshuffle: blocks of " + blockBytes + " bytes");
    }
    byte[] shuffled = new byte[Math.min(blockBytes, size)];
    int at = srcOffset + HEAD;
    int end = srcOffset + srcLength;
    int whole = size / (8 * element) * (8 * element);
    int done = 0;
    while (done < whole) {
      int raw = Math.min(blockBytes, whole - done);
      if (end - at < 4) {
        throw new CodecException("bitshuffle: the data end after " + done + " bytes of output");
      }
      int stored = Bytes.getIntBigEndian(src, at);
      at += 4;
      if (stored < 0 || stored > end - at) {
        throw new CodecException("bitshuffle: the data end after " + done + " bytes of output");
      }
      if (compressor == LZ4) {
        Lz4Frame.block(src, at, stored, shuffled, 0, raw);
      } else if (Zstd.decode(src, at, stored, shuffled, 0, raw) != raw) {
        throw new CodecException("bitshuffle: a block of another size than " + raw);
      }
      BitShuffle.unshuffle(shuffled, 0, dst, to + done, raw, element);
      at += stored;
      done += raw;
    }
    if (end - at < size - done) {
      throw new CodecException("bitshuffle: the data end after " + done + " bytes of output");
    }
    System.arraycopy(src, at, dst, to + done, size - done);
  }

  private static void bare(
      int[] parameters, byte[] src, int from, byte[] dst, int to, int size, int element) {
    long block = parameters.length > 3 && parameters[3] > 0 ? parameters[3] : 0;
    if (block == 0) {
      block = Math.max(TARGET_BLOCK / element / 8 * 8, MIN_BLOCK);
    }
    int step = (int) Math.min(size, Math.max(8, block / 8 * 8) * element);
    for (int done = 0; done < size; done += step) {
      int n = Math.min(step, size - done);
      BitShuffle.unshuffle(src, from + done, dst, to + done, n, element);
    }
  }
}
