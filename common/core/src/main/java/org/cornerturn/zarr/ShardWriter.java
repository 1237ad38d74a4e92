package org.cornerturn.zarr;

import java.util.Optional;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;

/**
 * One shard in the making: holds its encoded chunks, never its elements. Chunks are added in C
 * order; those left out are empty.
 */
public interface ShardWriter {
  /** Chunks of a whole shard, those beyond the array's edge included. */
  int count();

  /**
   * The array's box of a chunk of this shard, cut at the array's edge; empty for a chunk beyond it.
   *
   * @param index C-order number of the chunk in the shard
   */
  Box box(int index);

  /**
   * Encodes and adds a chunk.
   *
   * @param index C-order number of the chunk in the shard, above all added before
   * @param block the elements of its box, cut at the array's edge or full
   */
  void add(int index, Block block);

  /**
   * The shard with its index; nothing can be added after.
   *
   * @return empty when no chunk has anything but the fill value and such objects are omitted
   */
  Optional<EncodedObject> finish();
}
