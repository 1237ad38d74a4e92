package org.cornerturn.zarr;

import java.io.IOException;
import java.io.OutputStream;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;

/**
 * One shard that goes out while it is made, chunk by chunk in C order, its index last: only the
 * chunk in work is held. Chunks that are left out are empty.
 */
public final class ShardStream {
  private final ArrayMetadata metadata;
  private final ChunkEncoder encoder;
  private final OutputStream out;
  private final ShardBoxes boxes;
  private final ShardIndex index;
  private long length;
  private int next;

  ShardStream(ArrayMetadata metadata, ChunkEncoder encoder, long[] coordinates, OutputStream out) {
    if (metadata.sharding().location() != Sharding.IndexLocation.END) {
      throw new IllegalStateException("an index at the start is known too late");
    }
    this.metadata = metadata;
    this.encoder = encoder;
    this.out = out;
    boxes = new ShardBoxes(metadata, coordinates);
    index = ShardIndex.empty(boxes.count());
  }

  /** Chunks of a whole shard, those beyond the array's edge included. */
  public int count() {
    return boxes.count();
  }

  /** The array's box of a chunk, cut at the array's edge; empty for a chunk beyond it. */
  public Box box(int chunk) {
    return boxes.cut(chunk);
  }

  /**
   * Encodes a chunk out of a block and passes it on.
   *
   * @param chunk C-order number of the chunk in the shard, above all added before
   * @param block elements of the box {@code from}
   * @param from a box of the array that holds the chunk's
   */
  public void add(int chunk, Block block, Box from) throws IOException {
    Box cut = boxes.cut(chunk);
    if (!block.shape().equals(from.shape()) || !from.contains(cut)) {
      throw new IllegalArgumentException(
          "block " + block.shape() + " of " + from + " for chunk " + chunk + ", " + cut);
    }
    step(chunk);
    if (cut.isEmpty()) {
      return;
    }
    byte[] encoded = encoder.view(encoder.elements(block), from, boxes.full(chunk), cut);
    if (encoded != null) {
      put(chunk, encoded, 0, encoded.length);
    }
  }

  /**
   * Passes on a chunk as another array has it that is stored in the same manner.
   *
   * @param chunk C-order number of the chunk in the shard, above all added before
   */
  public void add(int chunk, EncodedChunk encoded) throws IOException {
    step(chunk);
    put(chunk, encoded.bytes(), encoded.offset(), encoded.length());
  }

  private void step(int chunk) {
    if (chunk < next) {
      throw new IllegalArgumentException("chunk " + chunk + " comes after chunk " + (next - 1));
    }
    next = chunk + 1;
  }

  private void put(int chunk, byte[] encoded, int offset, int size) throws IOException {
    out.write(encoded, offset, size);
    index.set(chunk, length, size);
    length += size;
  }

  /**
   * Writes the index; nothing can be added after.
   *
   * @return whether there is anything in the shard: nothing was written else
   */
  public boolean finish() throws IOException {
    next = Integer.MAX_VALUE;
    if (index.isEmpty()) {
      return false;
    }
    byte[] bytes = new byte[Math.toIntExact(metadata.sharding().indexSize(metadata.chunk()))];
    index.write(metadata.sharding(), bytes, 0);
    out.write(bytes, 0, bytes.length);
    return true;
  }
}
