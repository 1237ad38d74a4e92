package org.cornerturn.zarr;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.array.BoxCopy;
import org.cornerturn.array.ChunkGrid;
import org.cornerturn.array.Shape;
import org.cornerturn.storage.ObjectStore;

/** Writes boxes of one array of a fixed-size type as whole stored objects. For one thread. */
public final class ArrayWriter {
  private final ObjectStore store;
  private final String path;
  private final ArrayMetadata metadata;
  private final ObjectEncoder encoder;

  /**
   * @param path of the array in the store
   */
  public ArrayWriter(
      ObjectStore store, String path, ArrayMetadata metadata, EmptyChunks emptyChunks) {
    this.store = store;
    this.path = path;
    this.metadata = metadata;
    this.encoder = new ObjectEncoder(metadata, emptyChunks);
  }

  /**
   * Writes every object that the box holds.
   *
   * @param box on the borders of stored objects, or the array's edge
   * @param bytes little-endian elements of the box in C order
   * @throws IllegalArgumentException when the box cuts an object
   */
  public void put(Box box, byte[] bytes) throws IOException {
    ChunkGrid grid = metadata.objectGrid();
    Box cover = grid.covering(box);
    long[] one = new long[cover.rank()];
    Arrays.fill(one, 1);
    ChunkGrid each = new ChunkGrid(cover.shape(), Shape.of(one));
    for (long i = 0; i < each.count(); i++) {
      long[] at = each.coordinates(i);
      for (int axis = 0; axis < at.length; axis++) {
        at[axis] += cover.start(axis);
      }
      Box object = grid.box(at);
      if (!box.contains(object)) {
        throw new IllegalArgumentException(box + " cuts the object " + object + " of " + path);
      }
      byte[] part = object.equals(box) ? bytes : cut(bytes, box, object);
      Optional<EncodedObject> encoded =
          encoder.encode(at, new Block(metadata.type(), object.shape(), part));
      if (encoded.isPresent()) {
        String key = Names.join(path, metadata.objectKey(at));
        store.put(key, encoded.get().bytes(), 0, encoded.get().length());
      }
    }
  }

  private byte[] cut(byte[] bytes, Box box, Box object) {
    int width = metadata.type().itemSize();
    byte[] part = new byte[Math.toIntExact(Math.multiplyExact(object.size(), (long) width))];
    BoxCopy.copy(bytes, box, part, object, width);
    return part;
  }
}
