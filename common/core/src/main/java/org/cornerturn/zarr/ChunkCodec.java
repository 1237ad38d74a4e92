package org.cornerturn.zarr;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.cornerturn.array.DataType;
import org.cornerturn.array.DataType.Sequence;
import org.cornerturn.array.DataType.Text;
import org.cornerturn.codec.Blosc;
import org.cornerturn.codec.CodecException;
import org.cornerturn.codec.Crc32c;
import org.cornerturn.codec.Deflate;
import org.cornerturn.codec.Gzip;
import org.cornerturn.codec.Lz4;
import org.cornerturn.codec.Shuffle;
import org.cornerturn.codec.Zstd;

/**
 * One chunk's elements to stored bytes and back. Elements are a dense array over the full chunk in
 * C order, as in {@link org.cornerturn.array.Block}. Has no state that changes.
 */
final class ChunkCodec {
  /** Room that a compressor's output may take beyond its input. */
  private static final int SLACK = 1 << 16;

  private final DataType type;
  private final CodecChain codecs;
  private final long count;
  private final AxisOrder order;

  ChunkCodec(ArrayMetadata m) {
    this.type = m.type();
    this.codecs = m.codecs();
    this.count = m.chunk().size();
    this.order =
        codecs.order() == null || count > Integer.MAX_VALUE
            ? null
            : new AxisOrder(m.chunk(), codecs.order());
  }

  /**
   * The chunk's bytes.
   *
   * @param elements of the whole chunk; not changed, but the result may be this very array where no
   *     codec does anything
   */
  byte[] encode(Object elements) {
    byte[] bytes = serialize(elements);
    for (Codec.Compressor c : codecs.compressors()) {
      bytes = encode(c, bytes);
    }
    return bytes;
  }

  private byte[] serialize(Object elements) {
    if (codecs.serializer() instanceof Codec.Bytes b) {
      byte[] bytes = (byte[]) elements;
      if (order != null) {
        bytes = order.store(bytes, type.itemSize());
      }
      if (b.endian() == Endian.BIG) {
        bytes = bytes.clone();
        ByteOrderSwap.swap(bytes, type);
      }
      return bytes;
    }
    if (type instanceof Text) {
      String[] texts = (String[]) elements;
      texts = order == null ? texts : order.store(texts);
      return codecs.serializer() instanceof Codec.Utf32 u
          ? Texts.toUtf32(texts, u.length(), u.endian())
          : Vlen.encode(texts);
    }
    byte[][] items = (byte[][]) elements;
    return Vlen.encode(order == null ? items : order.store(items));
  }

  private static byte[] encode(Codec.Compressor codec, byte[] raw) {
    int n = raw.length;
    if (codec instanceof Codec.BloscCodec b) {
      return Blosc.encode(raw, 0, n, b.parameters());
    } else if (codec instanceof Codec.ZstdCodec z) {
      return Zstd.encode(raw, 0, n, z.level(), z.checksum());
    } else if (codec instanceof Codec.GzipCodec g) {
      return Gzip.encode(raw, 0, n, g.level());
    } else if (codec instanceof Codec.ZlibCodec z) {
      return Deflate.encode(raw, 0, n, z.level());
    } else if (codec instanceof Codec.Lz4Codec) {
      return Lz4.encode(raw, 0, n);
    } else if (codec instanceof Codec.ShuffleCodec s) {
      byte[] out = new byte[n];
      Shuffle.shuffle(raw, 0, out, 0, n, s.elementSize());
      return out;
    }
    byte[] out = Arrays.copyOf(raw, n + Crc32c.SIZE);
    Crc32c.append(out, 0, n);
    return out;
  }

  /**
   * Bytes of a chunk in memory before compression; for elements of varying size the least that its
   * references take.
   */
  long decodedBytes() {
    long item = type.isFixedSize() ? type.itemSize() : Integer.BYTES;
    if (codecs.serializer() instanceof Codec.Utf32 u) {
      item = 4L * u.length();
    }
    return Math.multiplyExact(count, item);
  }

  /** Most bytes that a sound stored chunk may have. */
  long encodedLimit(ReadLimits limits) {
    long raw = type.isFixedSize() ? decodedBytes() : limits.maxChunkBytes();
    return raw + raw / 8 + SLACK;
  }

  /**
   * The chunk's elements.
   *
   * @throws CodecException when the bytes are damaged or don't give exactly this chunk
   * @throws IllegalArgumentException when elements of varying size are damaged
   */
  Object decode(byte[] stored, int offset, int length, ReadLimits limits) throws IOException {
    long size = decodedBytes();
    if (size > limits.maxChunkBytes()) {
      throw new CodecException(
          "chunk of " + size + " bytes is beyond the limit of " + limits.maxChunkBytes());
    }
    int fixed = fixedSize();
    byte[] bytes = stored;
    int at = offset;
    int n = length;
    List<Codec.Compressor> steps = codecs.compressors();
    for (int i = steps.size() - 1; i >= 0; i--) {
      Codec.Compressor step = steps.get(i);
      if (step instanceof Codec.Crc32cCodec) {
        n = Crc32c.verify(bytes, at, n);
        continue;
      }
      long exact = fixed < 0 ? limits.maxChunkBytes() : fixed;
      // What an inner step made may be a little longer than the chunk itself.
      long limit = i == 0 ? exact : exact + exact / 8 + SLACK;
      bytes = decode(step, bytes, at, n, (int) Math.min(limit, Integer.MAX_VALUE - 8));
      at = 0;
      n = bytes.length;
    }
    if (fixed >= 0 && n != fixed) {
      throw new CodecException("chunk of " + fixed + " bytes expected, " + n + " found");
    }
    if (at != 0 || n != bytes.length) {
      bytes = Arrays.copyOfRange(bytes, at, at + n);
    }
    return deserialize(bytes);
  }

  /**
   * The chunk's elements, of a type of fixed size, to where they are wanted.
   *
   * @param into gets them, {@link #decodedBytes} of them
   */
  void decode(byte[] stored, int offset, int length, ReadLimits limits, byte[] into)
      throws IOException {
    List<Codec.Compressor> steps = codecs.compressors();
    boolean asStored =
        order == null && codecs.serializer() instanceof Codec.Bytes b && b.endian() != Endian.BIG;
    if (!asStored
        || into.length > limits.maxChunkBytes()
        || steps.size() > 1
        || steps.size() == 1 && !(steps.get(0) instanceof Codec.BloscCodec)) {
      System.arraycopy(decode(stored, offset, length, limits), 0, into, 0, into.length);
    } else if (steps.size() == 1) {
      Blosc.decode(stored, offset, length, into);
    } else if (length == into.length) {
      System.arraycopy(stored, offset, into, 0, length);
    } else {
      throw new CodecException("chunk of " + into.length + " bytes expected, " + length + " found");
    }
  }

  /** Bytes before compression, -1 where that varies. */
  private int fixedSize() {
    boolean fixed = type.isFixedSize() || codecs.serializer() instanceof Codec.Utf32;
    return fixed ? Math.toIntExact(decodedBytes()) : -1;
  }

  private Object deserialize(byte[] bytes) {
    int n = Math.toIntExact(count);
    if (codecs.serializer() instanceof Codec.Bytes b) {
      byte[] out = order == null ? bytes : order.restore(bytes, type.itemSize());
      if (b.endian() == Endian.BIG) {
        ByteOrderSwap.swap(out, type);
      }
      return out;
    }
    if (type instanceof Text) {
      String[] texts =
          codecs.serializer() instanceof Codec.Utf32 u
              ? Texts.fromUtf32(bytes, u.length(), u.endian())
              : Vlen.texts(bytes, n);
      return order == null ? texts : order.restore(texts);
    }
    byte[][] items = Vlen.sequences(bytes, n, ((Sequence) type).element().itemSize());
    return order == null ? items : order.restore(items);
  }

  private static byte[] decode(
      Codec.Compressor codec, byte[] src, int offset, int length, int limit) throws CodecException {
    if (codec instanceof Codec.BloscCodec) {
      return Blosc.decode(src, offset, length, limit);
    } else if (codec instanceof Codec.ZstdCodec) {
      return Zstd.decode(src, offset, length, limit);
    } else if (codec instanceof Codec.GzipCodec) {
      return Gzip.decode(src, offset, length, limit);
    } else if (codec instanceof Codec.ZlibCodec) {
      return Deflate.decode(src, offset, length, limit);
    } else if (codec instanceof Codec.Lz4Codec) {
      return Lz4.decode(src, offset, length, limit);
    }
    byte[] out = new byte[length];
    Shuffle.unshuffle(src, offset, out, 0, length, ((Codec.ShuffleCodec) codec).elementSize());
    return out;
  }
}
