package org.cornerturn.jobs.datagroup;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.PendingObject;
import org.cornerturn.zarr.ArrayMetadata;
import org.cornerturn.zarr.EmptyChunks;
import org.cornerturn.zarr.EncodedChunk;
import org.cornerturn.zarr.EncodedObject;
import org.cornerturn.zarr.ObjectEncoder;
import org.cornerturn.zarr.ShardStream;

/**
 * Writes one stored object of an array piece by piece: what is encoded goes out at once, so that no
 * more than one chunk is held. Closed before it is {@link #finish finished}, it leaves nothing. For
 * one thread.
 */
public final class ObjectAssembly implements Closeable {
  private final ObjectStore store;
  private final String key;
  private final ArrayMetadata metadata;
  private final ObjectEncoder encoder;
  private final long[] coordinates;
  private final ShardStream shard;
  private PendingObject pending;
  private EncodedObject alone;
  private byte[] room = {};
  private int next;

  /**
   * @param path of the array in the store
   * @param metadata of an array without shards, or with shards whose index is at their end
   * @param object box of the object
   */
  public ObjectAssembly(
      ObjectStore store, String path, ArrayMetadata metadata, Box object, EmptyChunks empty) {
    this.store = store;
    this.metadata = metadata;
    this.coordinates = metadata.objectGrid().covering(object).start();
    this.key = key(path, metadata, object);
    this.encoder = new ObjectEncoder(metadata, empty);
    this.shard = metadata.sharding() == null ? null : encoder.shard(new Out(), coordinates);
  }

  /** Makes the object when its first byte comes: one of nothing but the fill value has none. */
  private final class Out extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (pending == null) {
        pending = store.create(key);
      }
      pending.write(bytes, offset, length);
    }
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
    return steps(object, 0, metadata.chunk().dim(0));
  }

  /**
   * The pieces of an object of a (time, baseline, frequency, polarization) array: all of its
   * baselines and polarizations, one chunk of times and one of channels. Where a chunk has not all
   * baselines or polarizations, chunks of several channels come before others of the same; the
   * pieces are slabs then.
   *
   * @param object its box
   */
  public static List<Box> pieces(ArrayMetadata metadata, Box object) {
    List<Box> slabs = slabs(metadata, object);
    if (metadata.chunk().dim(1) < object.extent(1) || metadata.chunk().dim(3) < object.extent(3)) {
      return slabs;
    }
    return slabs.stream()
        .flatMap(slab -> steps(slab, 2, metadata.chunk().dim(2)).stream())
        .toList();
  }

  private static List<Box> steps(Box box, int axis, long step) {
    List<Box> steps = new ArrayList<>();
    for (long from = box.start(axis); from < box.end(axis); from += step) {
      long[] start = box.start();
      long[] extent = box.shape().dims();
      start[axis] = from;
      extent[axis] = Math.min(step, box.end(axis) - from);
      steps.add(Box.of(start, extent));
    }
    return steps;
  }

  /**
   * Adds the next slab or piece.
   *
   * @param slab one of {@link #slabs} or {@link #pieces}, in their order
   * @param bytes its elements, little-endian, C order
   */
  public void add(Box slab, byte[] bytes) throws IOException {
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

  /** As {@link #add(Box, byte[])}, of an array of floats or of complex ones. */
  public void add(Box slab, float[] values) throws IOException {
    byte[] bytes = room(Math.multiplyExact(Float.BYTES, values.length));
    Block.copy(values, bytes);
    add(slab, bytes);
  }

  /** As {@link #add(Box, byte[])}, of an array of elements of two bytes. */
  public void add(Box slab, short[] values) throws IOException {
    byte[] bytes = room(Math.multiplyExact(Short.BYTES, values.length));
    Block.copy(values, bytes);
    add(slab, bytes);
  }

  /** Whether chunks of another array are stored as this one's are. */
  public boolean isStoredAs(ArrayMetadata other) {
    return shard != null
        && other.format() == metadata.format()
        && other.type().equals(metadata.type())
        && other.chunk().equals(metadata.chunk())
        && other.codecs().equals(metadata.codecs());
  }

  /**
   * Adds the next slab or piece as it is stored in an array of which {@link #isStoredAs} holds.
   *
   * @param slab one whole chunk, the next of {@link #slabs} or {@link #pieces}
   */
  public void add(Box slab, EncodedChunk encoded) throws IOException {
    while (!slab.equals(shard.box(next))) {
      if (!shard.box(next).isEmpty()) {
        throw new IllegalArgumentException(slab + " where " + shard.box(next) + " is next");
      }
      next++;
    }
    shard.add(next, encoded);
    next++;
  }

  private byte[] room(int bytes) {
    if (room.length != bytes) {
      room = new byte[bytes];
    }
    return room;
  }

  /** Stores the object; nothing where it has nothing but the fill value and such is left out. */
  public void finish() throws IOException {
    if (shard != null && shard.finish()) {
      pending.publish();
    } else if (alone != null) {
      store.put(key, alone.bytes(), 0, alone.length());
    }
  }

  /** Gives up what is not finished. */
  @Override
  public void close() throws IOException {
    if (pending != null) {
      pending.close();
    }
  }

  /** Bytes of an object's elements before compression. */
  public static long rawBytes(ArrayMetadata metadata) {
    return Arrays.stream(metadata.objectShape().dims()).reduce(1, Math::multiplyExact)
        * metadata.type().itemSize();
  }
}
