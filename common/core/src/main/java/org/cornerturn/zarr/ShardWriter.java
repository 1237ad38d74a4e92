package org.cornerturn.zarr;

import java.util.Arrays;
import java.util.Optional;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;

/**
 * One shard in the making: holds its encoded chunks, never its elements. Chunks are added in C
 * order; those left out are empty.
 */
public final class ShardWriter {
  private final ArrayMetadata metadata;
  private final ChunkEncoder encoder;
  private final ShardBoxes boxes;
  private final ShardIndex index;
  private byte[] bytes;
  private int length;
  private int next;

  ShardWriter(ArrayMetadata metadata, ChunkEncoder encoder, long[] coordinates) {
    this.metadata = metadata;
    this.encoder = encoder;
    this.boxes = new ShardBoxes(metadata, coordinates);
    this.index = ShardIndex.empty(boxes.count());
    this.bytes = new byte[1 << 16];
    // An index at the start keeps its place free.
    this.length = atStart() ? indexSize() : 0;
    reserve(0);
  }

  private boolean atStart() {
    return metadata.sharding().location() == Sharding.IndexLocation.START;
  }

  private int indexSize() {
    return Math.toIntExact(metadata.sharding().indexSize(metadata.chunk()));
  }

  /** Chunks of a whole shard, those beyond the array's edge included. */
  public int count() {
    return index.count();
  }

  /**
   * The array's box of a chunk of this shard, cut at the array's edge; empty for a chunk beyond it.
   *
   * @param chunk C-order number of the chunk in the shard
   */
  public Box box(int chunk) {
    return boxes.cut(chunk);
  }

  /**
   * Encodes and adds a chunk.
   *
   * @param chunk C-order number of the chunk in the shard, above all added before
   * @param block the elements of its box, cut at the array's edge or full
   */
  public void add(int chunk, Block block) {
    Box full = boxes.full(chunk);
    Box cut = boxes.cut(chunk);
    Box from = block.shape().equals(full.shape()) ? full : cut;
    if (!block.shape().equals(from.shape())) {
      throw new IllegalArgumentException(
          "block " + block.shape() + " for chunk " + full.shape() + ", cut " + cut.shape());
    }
    add(chunk, encoder.elements(block), from);
  }

  /**
   * Encodes and adds a chunk out of a larger block.
   *
   * @param chunk C-order number of the chunk in the shard, above all added before
   * @param block elements of the box {@code from}
   * @param from a box of the array that holds the chunk's
   */
  public void add(int chunk, Block block, Box from) {
    if (!block.shape().equals(from.shape()) || !from.contains(box(chunk))) {
      throw new IllegalArgumentException(
          "block " + block.shape() + " of " + from + " for chunk " + box(chunk));
    }
    add(chunk, encoder.elements(block), from);
  }

  /** Adds a chunk out of elements that cover it at least as far as the array reaches. */
  void add(int chunk, Object elements, Box from) {
    if (chunk < next) {
      throw new IllegalArgumentException("chunk " + chunk + " comes after chunk " + (next - 1));
    }
    next = chunk + 1;
    Box cut = box(chunk);
    if (cut.isEmpty()) {
      return;
    }
    byte[] encoded = encoder.view(elements, from, boxes.full(chunk), cut);
    if (encoded == null) {
      return;
    }
    reserve(encoded.length);
    System.arraycopy(encoded, 0, bytes, length, encoded.length);
    index.set(chunk, length, encoded.length);
    length += encoded.length;
  }

  private void reserve(int more) {
    int needed = Math.addExact(length, more);
    if (needed > bytes.length) {
      // The chunks to come are taken to be like those before, so that it grows seldom, and not far
      // beyond what is needed in the end.
      long like = next == 0 ? 0 : (long) needed * index.count() / next + indexSize();
      long grown = Math.max(bytes.length * 5L / 4, Math.min(like, 4L * bytes.length));
      bytes = Arrays.copyOf(bytes, (int) Math.max(needed, Math.min(grown, 1 << 30)));
    }
  }

  /**
   * The shard with its index; nothing can be added after.
   *
   * @return empty when no chunk has anything but the fill value and such objects are omitted
   */
  public Optional<EncodedObject> finish() {
    next = Integer.MAX_VALUE;
    if (index.isEmpty()) {
      return Optional.empty();
    }
    if (atStart()) {
      index.write(metadata.sharding(), bytes, 0);
    } else {
      reserve(indexSize());
      index.write(metadata.sharding(), bytes, length);
      length += indexSize();
    }
    return Optional.of(new EncodedObject(bytes, length));
  }
}
