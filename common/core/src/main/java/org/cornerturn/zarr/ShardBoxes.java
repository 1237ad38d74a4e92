package org.cornerturn.zarr;

import org.cornerturn.array.Box;
import org.cornerturn.array.ChunkGrid;

/** Where the chunks of a shard lie in the array, by their C-order numbers in the shard. */
final class ShardBoxes {
  private final ChunkGrid grid;
  private final Box shard;
  private final Box array;

  ShardBoxes(ArrayMetadata metadata, long[] coordinates) {
    shard = metadata.objectGrid().fullBox(coordinates);
    array = Box.all(metadata.shape());
    grid = new ChunkGrid(metadata.objectShape(), metadata.chunk());
  }

  /** Chunks of a whole shard, those beyond the array's edge included. */
  int count() {
    return Math.toIntExact(grid.count());
  }

  /** Box of a chunk, past the array's edge where it reaches there. */
  Box full(int chunk) {
    long[] start = grid.fullBox(grid.coordinates(chunk)).start();
    for (int i = 0; i < start.length; i++) {
      start[i] += shard.start(i);
    }
    return Box.of(start, grid.chunk().dims());
  }

  /** Box of a chunk, cut at the array's edge; empty for a chunk beyond it. */
  Box cut(int chunk) {
    return full(chunk).intersect(array);
  }
}
