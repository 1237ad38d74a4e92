package org.cornerturn.zarr;

import java.io.Serializable;
import java.util.List;
import org.cornerturn.array.DataType;
import org.cornerturn.array.DataType.FixedText;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.DataType.Sequence;
import org.cornerturn.array.DataType.Struct;
import org.cornerturn.array.DataType.Text;
import org.cornerturn.codec.Blosc;

/**
 * The way of one (inner) chunk to its stored bytes.
 *
 * @param order axes in the order in which they are stored, slowest first: {@code [0, 1, ...]} for C
 *     order, reversed for Fortran order; null stands for C order
 * @param serializer makes bytes of the elements
 * @param compressors applied one after the other to the bytes
 */
public record CodecChain(
    List<Integer> order, Codec.Serializer serializer, List<Codec.Compressor> compressors)
    implements Serializable {
  private static final int MAX_BLOSC_ELEMENT = 255;

  public CodecChain {
    order = order == null || isIdentity(order) ? null : List.copyOf(order);
    compressors = List.copyOf(compressors);
  }

  private static boolean isIdentity(List<Integer> order) {
    for (int i = 0; i < order.size(); i++) {
      if (order.get(i) != i) {
        return false;
      }
    }
    return true;
  }

  /** C order, little-endian, the serializer that fits the type, then these compressors. */
  public static CodecChain of(ZarrFormat format, DataType type, Codec.Compressor... compressors) {
    return new CodecChain(null, serializer(format, type), List.of(compressors));
  }

  /**
   * The default: Blosc with Zstandard at level 1, bits shuffled for integers and booleans, bytes
   * shuffled for all other numbers and records.
   */
  public static CodecChain standard(ZarrFormat format, DataType type) {
    return blosc(format, type, Blosc.Compressor.ZSTD, 1, rearrangement(type));
  }

  /** Blosc with the element size that suits the type. */
  public static CodecChain blosc(
      ZarrFormat format,
      DataType type,
      Blosc.Compressor compressor,
      int level,
      Blosc.Rearrangement rearrangement) {
    return of(
        format,
        type,
        new Codec.BloscCodec(
            new Blosc.Parameters(compressor, level, rearrangement, elementSize(type), 0)));
  }

  private static Blosc.Rearrangement rearrangement(DataType type) {
    if (type instanceof Primitive p && (p.isInteger() || p == Primitive.BOOL)) {
      return Blosc.Rearrangement.BITSHUFFLE;
    }
    return elementSize(type) > 1 ? Blosc.Rearrangement.SHUFFLE : Blosc.Rearrangement.NONE;
  }

  /** Component size of numbers; the whole item of records and fixed texts, whose columns repeat. */
  static int elementSize(DataType type) {
    if (type instanceof Struct || type instanceof FixedText) {
      return type.itemSize() <= MAX_BLOSC_ELEMENT ? Math.max(1, type.itemSize()) : 1;
    }
    return type.componentSize();
  }

  private static Codec.Serializer serializer(ZarrFormat format, DataType type) {
    if (type instanceof Text) {
      return new Codec.VlenUtf8();
    }
    if (type instanceof Sequence s) {
      return format == ZarrFormat.V2 && s.element() instanceof Primitive
          ? new Codec.VlenArray(s.element())
          : new Codec.VlenBytes();
    }
    return new Codec.Bytes(Endian.LITTLE);
  }
}
