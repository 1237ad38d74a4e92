package org.cornerturn.jobs.datagroup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.zarr.ArrayMetadata;
import org.cornerturn.zarr.EmptyChunks;
import org.cornerturn.zarr.EncodedObject;
import org.cornerturn.zarr.ObjectEncoder;
import org.cornerturn.zarr.ShardWriter;

/**
 * Writes one stored object of an array slab after slab along the first axis, so that no more than
 * its encoded form is held. For one thread.
 */
public final class ObjectAssembly {
  private final ObjectStore store;
  private final String key;
  private final ArrayMetadata metadata;
  private final ObjectEncoder encoder;
  private final long[] coordinates;
  private final ShardWriter shard;
  private EncodedObject alone;
  private int next;

  /**
   * @param path of the array in the store
   * @param object box of the object
   */
  public ObjectAssembly(
      ObjectStore store, String path, ArrayMetadata metadata, Box object, EmptyChunks empty) {
    this.store = store;
    this.metadata = metadata;
    this.coordinates = metadata.objectGrid().covering(object).start();
    this.key = key(path, metadata, object);
    this.encoder = new ObjectEncoder(metadata, empty);
    this.shard = metadata.sharding() == null ? null : encoder.shard(coordinates);
  }

  /** Key of the object that a box is. */
  public static String key(String path, ArrayMetadata metadata, Box object) {
    return path + "/" + metadata.objectKey(metadata.objectGrid().covering(object).start());
  }

  /** Boxes of every stored object of an array, in C order, cut at the array's edge. */
  public static List<Box> objects(ArrayMetadata metadata) {
    List<Box> boxes = new ArrayList<>();
    for (long i = 0; i < metadata.objectGrid().count(); i++) {
      boxes.add(metadata.objectGrid().box(metadata.objectGrid().coordinates(i)));
    }
    return boxes;
  }

  /**
   * The slabs of an object: whole chunks, one of them thick on the first axis.
   *
   * @param object its box
   */
  public static List<Box> slabs(ArrayMetadata metadata, Box object) {
    long thick = metadata.chunk().dim(0);
    List<Box> slabs = new ArrayList<>();
    for (long from = object.start(0); from < object.end(0); from += thick) {
      long[] start = object.start();
      long[] extent = object.shape().dims();
      start[0] = from;
      extent[0] = Math.min(thick, object.end(0) - from);
      slabs.add(Box.of(start, extent));
    }
    return slabs;
  }

  /**
   * Adds the next slab.
   *
   * @param slab one of {@link #slabs}, in their order
   * @param bytes its elements, little-endian, C order
   */
  public void add(Box slab, byte[] bytes) {
    Block block = new Block(metadata.type(), slab.shape(), bytes);
    if (shard == null) {
      alone = encoder.encode(coordinates, block).orElse(null);
      return;
    }
    while (next < shard.count() && (shard.box(next).isEmpty() || slab.contains(shard.box(next)))) {
      if (!shard.box(next).isEmpty()) {
        shard.add(next, block, slab);
      }
      next++;
    }
  }

  /** Stores the object; nothing where it has nothing but the fill value and such is left out. */
  public void finish() throws IOException {
    Optional<EncodedObject> object = shard == null ? Optional.ofNullable(alone) : shard.finish();
    if (object.isPresent()) {
      store.put(key, object.get().bytes(), 0, object.get().length());
    }
  }

  /** Bytes of an object's elements before compression. */
  public static long rawBytes(ArrayMetadata metadata) {
    return Arrays.stream(metadata.objectShape().dims()).reduce(1, Math::multiplyExact)
        * metadata.type().itemSize();
  }
}
