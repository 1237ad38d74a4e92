package org.cornerturn.zarr;

import java.util.Optional;
import org.cornerturn.array.Block;

/**
 * Encodes whole stored objects of one array. Equal blocks give equal bytes. Holds buffers that it
 * uses again, so each thread needs its own.
 */
public final class ObjectEncoder {
  private final ArrayMetadata metadata;
  private final EmptyChunks emptyChunks;

  public ObjectEncoder(ArrayMetadata metadata, EmptyChunks emptyChunks) {
    this.metadata = metadata;
    this.emptyChunks = emptyChunks;
  }

  /**
   * Encodes the object at these coordinates of {@link ArrayMetadata#objectGrid}.
   *
   * @param block the elements of the object's box, cut at the array's edge or full; of the array's
   *     type or of one that {@link StoredType} maps to it
   * @return empty when every element is the fill value and such objects are omitted
   * @throws IllegalArgumentException when the block's shape is neither the cut nor the full box
   */
  public Optional<EncodedObject> encode(long[] coordinates, Block block) {
    throw new UnsupportedOperationException(metadata + " " + emptyChunks);
  }

  /** Starts a shard that is given its chunks one by one. */
  public ShardWriter shard(long... coordinates) {
    throw new UnsupportedOperationException(metadata + " " + emptyChunks);
  }
}
