package org.cornerturn.zarr;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.array.BoxCopy;
import org.cornerturn.array.ChunkGrid;
import org.cornerturn.array.DataType;
import org.cornerturn.array.Shape;
import org.cornerturn.codec.CodecException;
import org.cornerturn.storage.CachedChannel;
import org.cornerturn.storage.ObjectChannel;
import org.cornerturn.storage.ObjectStore;

/**
 * An array in a store, for reading: Zarr v2 and v3, ours and other people's. Safe for several
 * threads. Remembers the indexes of shards, so stored objects must not change while it is in use.
 */
public final class ZarrArray {
  private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

  private final ObjectStore store;
  private final String path;
  private final ArrayMetadata metadata;
  private final ChunkCodec codec;
  private final ShardReader shards;

  ZarrArray(ObjectStore store, String path, ArrayMetadata metadata) throws ZarrException {
    this.store = store;
    this.path = path;
    this.metadata = metadata;
    this.shards = metadata.sharding() == null ? null : new ShardReader(metadata);
    try {
      this.codec = new ChunkCodec(metadata);
      codec.decodedBytes();
    } catch (ArithmeticException e) {
      throw new ZarrException(
          MetadataStore.name(store, path), "chunks of " + metadata.chunk() + " are too large", e);
    }
  }

  /**
   * An array whose metadata are known, published or not.
   *
   * @throws ZarrException when arrays of these metadata can't be read
   */
  public static ZarrArray of(ObjectStore store, String path, ArrayMetadata metadata)
      throws ZarrException {
    return new ZarrArray(store, path, metadata);
  }

  /**
   * @param path of the array in the store, without slashes at its ends; empty for the root
   * @throws ZarrException when there is no array, or it can't be read
   */
  public static ZarrArray open(ObjectStore store, String path) throws IOException {
    String name = MetadataStore.name(store, path);
    ObjectNode document = MetadataStore.read(store, Names.join(path, Names.V3));
    ObjectNode zattrs = null;
    if (document == null) {
      document = MetadataStore.read(store, Names.join(path, Names.V2_ARRAY));
      if (document == null) {
        throw new ZarrException(name, "no Zarr array is here");
      }
      zattrs = MetadataStore.read(store, Names.join(path, Names.V2_ATTRIBUTES));
    }
    return new ZarrArray(store, path, ArrayMetadata.parse(name, document, zattrs));
  }

  /** Path in the store, empty for the root. */
  public String path() {
    return path;
  }

  public ArrayMetadata metadata() {
    return metadata;
  }

  /** Reads boxes one after the other into the same room. */
  public BoxReader boxes() {
    return new BoxReader(this);
  }

  /**
   * Reads a chunk.
   *
   * @param chunk its coordinates in the grid of chunks
   * @param stored what is known and held of stored objects
   * @param into gets its elements, those past the array's edge, too
   * @return whether it is stored; if not, nothing was written
   */
  boolean readChunk(long[] chunk, StoredBytes stored, byte[] into) throws IOException {
    long[] object = object(chunk);
    int number = number(chunk);
    long limit = Math.min(codec.encodedLimit(ReadLimits.STANDARD), MAX_ARRAY);
    if (!stored.knows(object)) {
      stored.forget();
      boolean there =
          withObject(
                  object,
                  channel -> {
                    stored.found(channel.size(), shards == null ? null : shards.index(channel));
                    return stored;
                  })
              != null;
      stored.is(object, there);
    }
    if (!stored.has(number)) {
      return false;
    }
    if (stored.holds(number)) {
      return undamaged(object, () -> decode(number, stored, into)) != null;
    }
    return withObject(
            object,
            channel -> {
              stored.read(channel, number, limit);
              return decode(number, stored, into);
            })
        != null;
  }

  /** Coordinates of the stored object that a chunk is in. */
  private long[] object(long[] chunk) {
    long[] object = new long[chunk.length];
    for (int i = 0; i < chunk.length; i++) {
      object[i] = chunk[i] / (metadata.objectShape().dim(i) / metadata.chunk().dim(i));
    }
    return object;
  }

  /** C-order number of a chunk in its stored object. */
  private int number(long[] chunk) {
    long[] inside = new long[chunk.length];
    for (int i = 0; i < chunk.length; i++) {
      inside[i] = chunk[i] % (metadata.objectShape().dim(i) / metadata.chunk().dim(i));
    }
    ChunkGrid grid = new ChunkGrid(metadata.objectShape(), metadata.chunk());
    return Math.toIntExact(grid.linear(inside));
  }

  /** The chunk that {@link #readChunk} has read last, as it is stored. */
  EncodedChunk encoded(long[] chunk, StoredBytes stored) {
    int number = number(chunk);
    return new EncodedChunk(stored.bytes(), stored.at(number), (int) stored.size(number));
  }

  private byte[] decode(int number, StoredBytes stored, byte[] into) throws IOException {
    int size = (int) stored.size(number);
    codec.decode(stored.bytes(), stored.at(number), size, ReadLimits.STANDARD, into);
    return into;
  }

  /** Reads a box with the standard limits. */
  public Block read(Box box) throws IOException {
    return read(box, ReadLimits.STANDARD);
  }

  /**
   * Reads a box. Missing chunks give the fill value. Of shards, the index and the chunks needed are
   * fetched by range, near ones together.
   *
   * @return block of the box's shape
   * @throws ZarrException when stored bytes are damaged, hostile or beyond the limits
   * @throws IllegalArgumentException when the box leaves the array or has more than 2 GiB
   */
  public Block read(Box box, ReadLimits limits) throws IOException {
    DataType type = metadata.type();
    if (box.rank() != metadata.shape().rank() || !Box.all(metadata.shape()).contains(box)) {
      throw new IllegalArgumentException("box " + box + " leaves the array " + metadata.shape());
    }
    int width = Math.max(1, type.itemSize());
    if (box.size() > MAX_ARRAY / width) {
      throw new IllegalArgumentException("box " + box + " is too large to read at once");
    }
    if (isChunk(box)) {
      long[] at = metadata.objectGrid().covering(box).start();
      Object whole = withObject(at, channel -> decode(channel, limits));
      return new Block(type, box.shape(), whole == null ? filled(box) : whole);
    }
    Object out = filled(box);
    if (!box.isEmpty()) {
      Box objects = metadata.objectGrid().covering(box);
      ChunkGrid each = new ChunkGrid(objects.shape(), ones(objects.rank()));
      for (long i = 0; i < each.count(); i++) {
        long[] at = each.coordinates(i);
        for (int k = 0; k < at.length; k++) {
          at[k] += objects.start(k);
        }
        readObject(at, box, out, limits);
      }
    }
    return new Block(type, box.shape(), out);
  }

  private static Shape ones(int rank) {
    long[] n = new long[rank];
    Arrays.fill(n, 1);
    return Shape.of(n);
  }

  /** Whether this box is one stored chunk, whose elements need no copying then. */
  private boolean isChunk(Box box) {
    ChunkGrid grid = metadata.objectGrid();
    return metadata.sharding() == null
        && !box.isEmpty()
        && grid.fullBox(grid.covering(box).start()).equals(box);
  }

  private Object filled(Box box) {
    DataType type = metadata.type();
    Object out = Elements.allocate(type, (int) box.size());
    if (!type.isFixedSize() || !metadata.fill().isZero()) {
      Elements.fill(out, Elements.fill(metadata), metadata.fill());
    }
    return out;
  }

  private interface Use {
    Object of(ObjectChannel channel) throws IOException;
  }

  /** What the use of a stored object gives, or null where there is no such object. */
  private Object withObject(long[] coordinates, Use use) throws IOException {
    String key = Names.join(path, metadata.objectKey(coordinates));
    try (ObjectChannel channel = store.open(key)) {
      return undamaged(coordinates, () -> use.of(channel));
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private interface Decoding {
    Object result() throws IOException;
  }

  private Object undamaged(long[] coordinates, Decoding decoding) throws IOException {
    try {
      return decoding.result();
    } catch (CodecException | EOFException | IllegalArgumentException | ArithmeticException e) {
      String key = Names.join(path, metadata.objectKey(coordinates));
      throw new ZarrException(MetadataStore.name(store, key), e.getMessage(), e);
    }
  }

  /** Copies an object's share of the box; what is missing is the fill value, there already. */
  private void readObject(long[] coordinates, Box box, Object out, ReadLimits limits)
      throws IOException {
    Box object = metadata.objectGrid().fullBox(coordinates);
    withObject(
        coordinates,
        channel -> {
          if (metadata.sharding() == null) {
            copy(decode(channel, limits), object, box, out);
          } else {
            readShard(once(channel, limits), object, box, out, limits);
          }
          return out;
        });
  }

  /** A small shard comes by one request, not by one for its index and one for a chunk. */
  private ObjectChannel once(ObjectChannel shard, ReadLimits limits) throws IOException {
    long size = shard.size();
    return size > 0 && size <= limits.maxGap() && !shards.knowsIndex(shard)
        ? new CachedChannel(shard, (int) size, 1)
        : shard;
  }

  private Object decode(ObjectChannel channel, ReadLimits limits) throws IOException {
    long size = channel.size();
    long limit = codec.encodedLimit(limits);
    if (size > limit || size > MAX_ARRAY) {
      throw new CodecException("chunk is stored in " + size + " bytes, at most " + limit);
    }
    byte[] stored = new byte[(int) size];
    channel.readFully(0, stored, 0, stored.length);
    return codec.decode(stored, 0, stored.length, limits);
  }

  private void readShard(ObjectChannel channel, Box shard, Box box, Object out, ReadLimits limits)
      throws IOException {
    // First, since it proves that the shard has room for as many chunks as the metadata claim.
    ShardIndex index = shards.index(channel);
    ChunkGrid grid = new ChunkGrid(metadata.objectShape(), metadata.chunk());
    long[] start = shard.start();
    long[] inShard = new long[start.length];
    Box wanted = box.intersect(shard);
    for (int i = 0; i < start.length; i++) {
      inShard[i] = wanted.start(i) - start[i];
    }
    Box chunks = grid.covering(Box.of(inShard, wanted.shape().dims()));
    ChunkGrid each = new ChunkGrid(chunks.shape(), ones(chunks.rank()));
    int[] numbers = new int[Math.toIntExact(each.count())];
    for (int i = 0; i < numbers.length; i++) {
      long[] at = each.coordinates(i);
      for (int k = 0; k < at.length; k++) {
        at[k] += chunks.start(k);
      }
      numbers[i] = Math.toIntExact(grid.linear(at));
    }
    shards.read(
        channel,
        index,
        numbers,
        Math.min(codec.encodedLimit(limits), MAX_ARRAY),
        limits,
        (number, bytes, offset, length) -> {
          long[] from = grid.fullBox(grid.coordinates(number)).start();
          for (int k = 0; k < from.length; k++) {
            from[k] += start[k];
          }
          Box chunk = Box.of(from, metadata.chunk().dims());
          copy(codec.decode(bytes, offset, length, limits), chunk, box, out);
        });
  }

  private void copy(Object elements, Box chunk, Box box, Object out) {
    BoxCopy.copy(elements, chunk, out, box, Math.max(1, metadata.type().itemSize()));
  }
}
