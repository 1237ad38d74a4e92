package org.cornerturn.codec;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.util.Arrays;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import org.cornerturn.codec.Blosc.Compressor;
import org.cornerturn.codec.Blosc.Parameters;
import org.cornerturn.codec.Blosc.Rearrangement;

/**
 * Blosc-1 frames in Java. A frame is the header, one 32-bit start per block, and the blocks; a
 * block is one or more parts, each a 32-bit size and its bytes, which are stored raw when the size
 * equals the part's own. Frames are written with one part per block; frames of others may have a
 * part per byte of the element.
 */
final class JavaBlosc {
  private static final int MAX_PARTS = 16;
  private static final int MIN_PART = 128;
  private static final int BLOCK = 1 << 18;
  private static final int ZSTD_STRONGEST = 22;

  private JavaBlosc() {}

  static byte[] encode(byte[] raw, int offset, int length, Parameters p) {
    if (p.compressor() == Compressor.BLOSCLZ) {
      throw new IllegalArgumentException(
          "blosclz can't be written where the native Blosc library doesn't load; use lz4 or zstd");
    }
    int elementSize = p.elementSize();
    int flags = BloscHeader.flags(p.compressor()) | BloscHeader.UNSPLIT;
    if (p.rearrangement() == Rearrangement.SHUFFLE) {
      flags |= BloscHeader.SHUFFLED;
    } else if (p.rearrangement() == Rearrangement.BITSHUFFLE) {
      flags |= BloscHeader.BITSHUFFLED;
    }
    int block = Math.min(p.blockSize() == 0 ? BLOCK : p.blockSize(), Math.max(length, 1));
    if (block > elementSize) {
      block -= block % elementSize;
    }
    if (p.level() > 0 && length > 0) {
      byte[] out =
          compress(raw, offset, length, p, new BloscHeader(flags, elementSize, length, block, 0));
      if (out != null) {
        return out;
      }
    }
    byte[] out = new byte[Math.addExact(Blosc.HEADER, length)];
    new BloscHeader(flags | BloscHeader.STORED, elementSize, length, block, out.length).write(out);
    System.arraycopy(raw, offset, out, Blosc.HEADER, length);
    return out;
  }

  /** The compressed frame, or null where it would not be smaller than a stored one. */
  private static byte[] compress(
      byte[] raw, int offset, int length, Parameters p, BloscHeader plan) {
    int blocks = plan.blocks();
    int blockSize = plan.blockSize();
    byte[] out = new byte[Math.addExact(Blosc.HEADER, length)];
    byte[] scratch = new byte[blockSize];
    int at = Blosc.HEADER + Integer.BYTES * blocks;
    try (Encoder encoder = Encoder.of(p.compressor(), p.level())) {
      for (int b = 0; b < blocks; b++) {
        int from = b * blockSize;
        int n = Math.min(blockSize, length - from);
        if (at + Integer.BYTES >= out.length) {
          return null;
        }
        rearrange(plan, raw, offset + from, scratch, n);
        Bytes.putInt(out, Blosc.HEADER + Integer.BYTES * b, at);
        int room = Math.min(n - 1, out.length - at - Integer.BYTES);
        int size = room < 1 ? 0 : encoder.encode(scratch, n, out, at + Integer.BYTES, room);
        if (size == 0) {
          if (at + Integer.BYTES + n > out.length) {
            return null;
          }
          System.arraycopy(scratch, 0, out, at + Integer.BYTES, n);
          size = n;
        }
        Bytes.putInt(out, at, size);
        at += Integer.BYTES + size;
      }
    }
    new BloscHeader(plan.flags(), plan.elementSize(), length, blockSize, at).write(out);
    return Arrays.copyOf(out, at);
  }

  private static void rearrange(BloscHeader h, byte[] raw, int offset, byte[] scratch, int n) {
    if ((h.flags() & BloscHeader.SHUFFLED) != 0) {
      Shuffle.shuffle(raw, offset, scratch, 0, n, h.elementSize());
    } else if (bitShuffled(h, n)) {
      BitShuffle.shuffle(raw, offset, scratch, 0, n, h.elementSize());
    } else {
      System.arraycopy(raw, offset, scratch, 0, n);
    }
  }

  /** Blosc leaves a block alone whose elements aren't a multiple of eight. */
  private static boolean bitShuffled(BloscHeader h, int n) {
    return (h.flags() & BloscHeader.BITSHUFFLED) != 0 && n / h.elementSize() % 8 == 0;
  }

  /** Decodes a frame whose header has been read into {@code dst}, all of its decoded size. */
  static void decode(BloscHeader h, byte[] frame, int offset, byte[] dst, int dstOffset)
      throws CodecException {
    if (h.isStored()) {
      System.arraycopy(frame, offset + Blosc.HEADER, dst, dstOffset, h.decodedSize());
      return;
    }
    boolean moved = (h.flags() & (BloscHeader.SHUFFLED | BloscHeader.BITSHUFFLED)) != 0;
    byte[] scratch = moved ? new byte[h.blockSize()] : null;
    try (Decoder decoder = Decoder.of(h.compressor())) {
      for (int b = 0; b < h.blocks(); b++) {
        int to = dstOffset + b * h.blockSize();
        int n = Math.min(h.blockSize(), h.decodedSize() - b * h.blockSize());
        byte[] target = moved ? scratch : dst;
        int at = moved ? 0 : to;
        block(h, decoder, frame, offset, b, target, at, n);
        if ((h.flags() & BloscHeader.SHUFFLED) != 0) {
          Shuffle.unshuffle(scratch, 0, dst, to, n, h.elementSize());
        } else if (bitShuffled(h, n)) {
          BitShuffle.unshuffle(scratch, 0, dst, to, n, h.elementSize());
        } else if (moved) {
          System.arraycopy(scratch, 0, dst, to, n);
        }
      }
    }
  }

  private static void block(
      BloscHeader h,
      Decoder decoder,
      byte[] frame,
      int offset,
      int block,
      byte[] target,
      int at,
      int n)
      throws CodecException {
    boolean split =
        (h.flags() & BloscHeader.UNSPLIT) == 0
            && h.elementSize() <= MAX_PARTS
            && n / h.elementSize() >= MIN_PART
            && n == h.blockSize();
    int parts = split ? h.elementSize() : 1;
    int part = n / parts;
    if (part * parts != n) {
      throw new CodecException("blosc: block of " + n + " bytes in " + parts + " parts");
    }
    int src = Bytes.getInt(frame, offset + Blosc.HEADER + Integer.BYTES * block);
    for (int j = 0; j < parts; j++) {
      if (src < Blosc.HEADER || src > h.frameSize() - Integer.BYTES) {
        throw new CodecException("blosc: block " + block + " starts at byte " + src);
      }
      int size = Bytes.getInt(frame, offset + src);
      src += Integer.BYTES;
      if (size < 0 || size > h.frameSize() - src) {
        throw new CodecException("blosc: block " + block + " has a part of " + size + " bytes");
      }
      int got;
      if (size == part) {
        System.arraycopy(frame, offset + src, target, at + j * part, part);
        got = part;
      } else {
        try {
          got = decoder.decode(frame, offset + src, size, target, at + j * part, part);
        } catch (ZstdException | LZ4Exception e) {
          throw new CodecException("blosc: block " + block + ": " + e.getMessage(), e);
        }
      }
      if (got != part) {
        throw new CodecException(
            "blosc: block " + block + " decodes to " + got + " bytes of " + part);
      }
      src += size;
    }
  }

  /** Compresses parts; returns 0 where the result would not fit in the room given. */
  private interface Encoder extends AutoCloseable {
    int encode(byte[] src, int length, byte[] dst, int dstOffset, int room);

    @Override
    default void close() {}

    static Encoder of(Compressor compressor, int level) {
      return switch (compressor) {
        case ZSTD -> new ZstdEncoder(level);
        case LZ4 -> lz4(LZ4Factory.fastestInstance().fastCompressor());
        case LZ4HC -> lz4(LZ4Factory.fastestInstance().highCompressor(level));
        case ZLIB ->
            (src, length, dst, dstOffset, room) -> {
              byte[] out = Deflate.encode(src, 0, length, level);
              if (out.length > room) {
                return 0;
              }
              System.arraycopy(out, 0, dst, dstOffset, out.length);
              return out.length;
            };
        case BLOSCLZ, SNAPPY ->
            throw new IllegalArgumentException("no encoder of blosc " + compressor.cname());
      };
    }

    private static Encoder lz4(LZ4Compressor lz4) {
      byte[][] spare = new byte[1][];
      return (src, length, dst, dstOffset, room) -> {
        // Asking for exactly the room would make the library throw for each part that won't fit.
        int bound = lz4.maxCompressedLength(length);
        if (spare[0] == null || spare[0].length < bound) {
          spare[0] = new byte[bound];
        }
        int n = lz4.compress(src, 0, length, spare[0], 0, bound);
        if (n > room) {
          return 0;
        }
        System.arraycopy(spare[0], 0, dst, dstOffset, n);
        return n;
      };
    }
  }

  private static final class ZstdEncoder implements Encoder {
    private final ZstdCompressCtx context = new ZstdCompressCtx();
    private byte[] spare = new byte[0];

    ZstdEncoder(int level) {
      // Blosc's levels 1 to 8 are zstd's 1, 3, ... 15; its 9 is zstd's strongest.
      context.setLevel(level < 9 ? level * 2 - 1 : ZSTD_STRONGEST).setContentSize(true);
    }

    @Override
    public int encode(byte[] src, int length, byte[] dst, int dstOffset, int room) {
      int bound = Math.toIntExact(com.github.luben.zstd.Zstd.compressBound(length));
      if (spare.length < bound) {
        spare = new byte[bound];
      }
      int n = context.compressByteArray(spare, 0, bound, src, 0, length);
      if (n > room) {
        return 0;
      }
      System.arraycopy(spare, 0, dst, dstOffset, n);
      return n;
    }

    @Override
    public void close() {
      context.close();
    }
  }

  private interface Decoder extends AutoCloseable {
    int decode(byte[] src, int offset, int length, byte[] dst, int dstOffset, int size)
        throws CodecException;

    @Override
    default void close() {}

    static Decoder of(Compressor compressor) {
      return switch (compressor) {
        case ZSTD -> new ZstdDecoder();
        case LZ4, LZ4HC -> LZ4Factory.fastestInstance().safeDecompressor()::decompress;
        case ZLIB -> Deflate::decode;
        case BLOSCLZ -> BloscLz::decode;
        case SNAPPY -> throw new IllegalArgumentException("no decoder of blosc snappy");
      };
    }
  }

  private static final class ZstdDecoder implements Decoder {
    private final ZstdDecompressCtx context = new ZstdDecompressCtx();

    @Override
    public int decode(byte[] src, int offset, int length, byte[] dst, int dstOffset, int size) {
      return context.decompressByteArray(dst, dstOffset, size, src, offset, length);
    }

    @Override
    public void close() {
      context.close();
    }
  }
}
