package org.cornerturn.zarr;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.cornerturn.array.Box;
import org.cornerturn.array.BoxCopy;
import org.cornerturn.array.ChunkGrid;
import org.cornerturn.array.Shape;

/**
 * Reads boxes of an array of a fixed-size type one after the other, into room that is used again:
 * what one reading gave is gone with the next. Boxes of one chunk each cost least. For one thread.
 */
public final class BoxReader {
  private final ZarrArray array;
  private final ArrayMetadata metadata;
  private final StoredBytes stored = new StoredBytes();
  private byte[] chunk = new byte[0];
  private byte[] out = new byte[0];
  // What was read, where that is one chunk; else null.
  private long[] whole;

  BoxReader(ZarrArray array) {
    this.array = array;
    this.metadata = array.metadata();
    if (!metadata.type().isFixedSize()) {
      throw new IllegalArgumentException("elements of " + metadata.type() + " differ in size");
    }
  }

  public ArrayMetadata metadata() {
    return metadata;
  }

  /**
   * Reads a box. A chunk that is not stored gives the fill value.
   *
   * @return its elements, little-endian in C order, and no more; to be used, and changed if need
   *     be, until the next reading
   * @throws ZarrException when stored bytes are damaged, hostile or beyond the limits
   */
  public byte[] read(Box box) throws IOException {
    whole = null;
    ChunkGrid grid = new ChunkGrid(metadata.shape(), metadata.chunk());
    if (box.isEmpty() || !Box.all(metadata.shape()).contains(box)) {
      return array.read(box).bytes();
    }
    Box covering = grid.covering(box);
    int width = metadata.type().itemSize();
    long bytes = metadata.chunk().size() * width;
    if (bytes > ReadLimits.STANDARD.maxChunkBytes()) {
      return array.read(box).bytes();
    }
    out = room(out, box.size() * width);
    if (grid.fullBox(covering.start()).equals(box)) {
      if (!array.readChunk(covering.start(), stored, out)) {
        metadata.fill().fill(out, 0, out.length);
      } else {
        whole = covering.start();
      }
      return out;
    }
    chunk = room(chunk, bytes);
    ChunkGrid each = new ChunkGrid(covering.shape(), ones(covering.rank()));
    for (long i = 0; i < each.count(); i++) {
      long[] at = each.coordinates(i);
      for (int axis = 0; axis < at.length; axis++) {
        at[axis] += covering.start(axis);
      }
      if (!array.readChunk(at, stored, chunk)) {
        metadata.fill().fill(chunk, 0, chunk.length);
      }
      BoxCopy.copy(chunk, grid.fullBox(at), out, box, width);
    }
    return out;
  }

  /** What was read last as it is stored; empty where that is not exactly one stored chunk. */
  public Optional<EncodedChunk> encoded() {
    return whole == null ? Optional.empty() : Optional.of(array.encoded(whole, stored));
  }

  private static Shape ones(int rank) {
    long[] n = new long[rank];
    Arrays.fill(n, 1);
    return Shape.of(n);
  }

  private static byte[] room(byte[] old, long bytes) {
    return old.length == bytes ? old : new byte[Math.toIntExact(bytes)];
  }
}
