package org.cornerturn.zarr;

import java.io.Serializable;
import org.cornerturn.array.Shape;

/**
 * Chunk shapes of an array.
 *
 * @param chunk extent of a (inner) chunk
 * @param shard extent of a shard, a multiple of the chunk; null where chunks are objects of their
 *     own
 */
public record Layout(Shape chunk, Shape shard) implements Serializable {

  /**
   * Sizes to aim for, in bytes before compression.
   *
   * @param chunkBytes of an inner chunk
   * @param shardBytes of a shard; 0 for no shards
   * @param unshardedBelow arrays smaller than this get no shards
   */
  public record Targets(long chunkBytes, long shardBytes, long unshardedBelow)
      implements Serializable {
    /** Chunks of 1 MiB, shards of 64 MiB, no shards below 16 MiB. */
    public static final Targets STANDARD = new Targets(1L << 20, 64L << 20, 16L << 20);

    /** The same without shards (Zarr v2 has none). */
    public static final Targets UNSHARDED = new Targets(1L << 20, 0, 0);
  }

  /**
   * Chooses chunks near {@code targets.chunkBytes} that share borders with the source's chunks
   * where those are of a useful size, and shards of whole chunks near {@code targets.shardBytes}
   * that don't reach past the array's edge rounded up to whole chunks.
   *
   * @param shape of the array
   * @param itemSize bytes of an element; for elements of varying size an estimate, at least 1
   * @param sourceChunk the chunk shape of the array that this one is made from, or null
   */
  public static Layout choose(Shape shape, int itemSize, Shape sourceChunk, Targets targets) {
    throw new UnsupportedOperationException();
  }

  /** One chunk of the whole array. */
  static Shape single(Shape shape) {
    long[] n = shape.dims();
    for (int i = 0; i < n.length; i++) {
      n[i] = Math.max(1, n[i]);
    }
    return Shape.of(n);
  }
}
