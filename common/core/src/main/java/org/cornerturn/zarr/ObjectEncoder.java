package org.cornerturn.zarr;

import java.io.OutputStream;
import java.util.Optional;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.array.ChunkGrid;

/**
 * Encodes whole stored objects of one array. Equal blocks give equal bytes. Holds a buffer of one
 * chunk that it uses again, so each thread needs its own.
 */
public final class ObjectEncoder {
  private final ArrayMetadata metadata;
  private final ChunkEncoder encoder;

  public ObjectEncoder(ArrayMetadata metadata, EmptyChunks emptyChunks) {
    this.metadata = metadata;
    this.encoder = new ChunkEncoder(metadata, emptyChunks);
  }

  /**
   * Encodes the object at these coordinates of {@link ArrayMetadata#objectGrid}.
   *
   * @param block the elements of the object's box, cut at the array's edge or full (then what lies
   *     beyond the edge is ignored); of the array's type or of one that {@link StoredType} maps to
   *     it
   * @return empty when every element is the fill value and such objects are omitted
   * @throws IllegalArgumentException when the block's shape is neither the cut nor the full box
   */
  public Optional<EncodedObject> encode(long[] coordinates, Block block) {
    ChunkGrid objects = metadata.objectGrid();
    Box full = objects.fullBox(coordinates);
    Box cut = objects.box(coordinates);
    Box from = block.shape().equals(full.shape()) ? full : cut;
    if (!block.shape().equals(from.shape())) {
      throw new IllegalArgumentException(
          "block " + block.shape() + " for object " + full.shape() + ", cut " + cut.shape());
    }
    Object elements = encoder.elements(block);
    if (metadata.sharding() == null) {
      byte[] bytes = encoder.encode(elements, from, full, cut);
      return Optional.ofNullable(bytes).map(b -> new EncodedObject(b, b.length));
    }
    ShardWriter shard = shard(coordinates);
    for (int i = 0; i < shard.count(); i++) {
      shard.add(i, elements, from);
    }
    return shard.finish();
  }

  /**
   * Starts a shard that is given its chunks one by one.
   *
   * @throws IllegalStateException when the array has no shards
   */
  public ShardWriter shard(long... coordinates) {
    if (metadata.sharding() == null) {
      throw new IllegalStateException("array without shards");
    }
    return new ShardWriter(metadata, encoder, coordinates);
  }

  /**
   * Starts a shard that goes out chunk by chunk.
   *
   * @param out gets it
   * @throws IllegalStateException when the array has no shards, or their index is not at the end
   */
  public ShardStream shard(OutputStream out, long... coordinates) {
    if (metadata.sharding() == null) {
      throw new IllegalStateException("array without shards");
    }
    return new ShardStream(metadata, encoder, coordinates, out);
  }
}
