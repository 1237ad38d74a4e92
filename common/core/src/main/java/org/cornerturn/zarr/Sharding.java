package org.cornerturn.zarr;

import java.io.Serializable;
import org.cornerturn.array.Shape;
import org.cornerturn.codec.Crc32c;

/**
 * How inner chunks are gathered in shards (Zarr v3 {@code sharding_indexed}).
 *
 * @param shape extent of a shard, a multiple of the inner chunk on every axis
 * @param location where the shard's index is
 * @param endian byte order of the index
 * @param checksum whether a CRC-32C follows the index
 */
public record Sharding(Shape shape, IndexLocation location, Endian endian, boolean checksum)
    implements Serializable {
  /** Where in the object the index is. */
  public enum IndexLocation {
    START,
    END
  }

  /** Ours: index at the end, little-endian, with checksum. */
  public static Sharding of(Shape shape) {
    return new Sharding(shape, IndexLocation.END, Endian.LITTLE, true);
  }

  /** Inner chunks along each axis of a shard. */
  Shape counts(Shape chunk) {
    long[] n = new long[shape.rank()];
    for (int i = 0; i < n.length; i++) {
      n[i] = shape.dim(i) / chunk.dim(i);
    }
    return Shape.of(n);
  }

  /** Bytes of the index. */
  long indexSize(Shape chunk) {
    return Math.addExact(
        Math.multiplyExact(2L * Long.BYTES, counts(chunk).size()), checksum ? Crc32c.SIZE : 0);
  }
}
