package org.cornerturn.zarr;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cornerturn.codec.CodecException;
import org.cornerturn.storage.ObjectChannel;

/** Reads chunks of shards: the index once by a range at the shard's end, then merged ranges. */
final class ShardReader {
  /** Index entries kept for further reads, over all shards: 16 bytes each. */
  private static final int MAX_CACHED = 1 << 18;

  private record Cached(ShardIndex index, long objectSize) {}

  private final ArrayMetadata metadata;
  private final Map<String, Cached> cache =
      Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true));

  ShardReader(ArrayMetadata metadata) {
    this.metadata = metadata;
  }

  /** Takes a chunk's stored bytes. */
  interface Sink {
    void accept(int chunk, byte[] bytes, int offset, int length) throws IOException;
  }

  /**
   * Passes the stored bytes of every chunk wanted that the shard has, in the order in which they
   * lie in it.
   *
   * @param index of this shard
   * @param chunks C-order numbers of chunks in the shard
   * @param limit most bytes that one stored chunk may have
   */
  void read(
      ObjectChannel shard, ShardIndex index, int[] chunks, long limit, ReadLimits limits, Sink sink)
      throws IOException {
    List<Integer> wanted = new ArrayList<>();
    for (int c : chunks) {
      if (index.has(c)) {
        if (index.size(c) > limit) {
          throw new CodecException(
              "chunk " + c + " is stored in " + index.size(c) + " bytes, at most " + limit);
        }
        wanted.add(c);
      }
    }
    wanted.sort(Comparator.comparingLong(index::offset));
    int at = 0;
    while (at < wanted.size()) {
      long start = index.offset(wanted.get(at));
      long end = start + index.size(wanted.get(at));
      int next = at + 1;
      while (next < wanted.size()) {
        long from = index.offset(wanted.get(next));
        long to = Math.max(end, from + index.size(wanted.get(next)));
        if (from - end > limits.maxGap() || to - start > limits.maxMerged()) {
          break;
        }
        end = to;
        next++;
      }
      byte[] bytes = new byte[Math.toIntExact(end - start)];
      shard.readFully(start, bytes, 0, bytes.length);
      for (int c : wanted.subList(at, next)) {
        sink.accept(c, bytes, (int) (index.offset(c) - start), (int) index.size(c));
      }
      at = next;
    }
  }

  /** Whether this shard's index was read before. */
  boolean knowsIndex(ObjectChannel shard) {
    return cache.containsKey(shard.name());
  }

  /**
   * A shard's index, from memory where it was read before.
   *
   * @throws CodecException when it is damaged, or the shard too short for it
   */
  ShardIndex index(ObjectChannel shard) throws IOException {
    long objectSize = shard.size();
    Cached cached = cache.get(shard.name());
    if (cached != null && cached.objectSize == objectSize) {
      return cached.index;
    }
    Sharding sharding = metadata.sharding();
    long size = sharding.indexSize(metadata.chunk());
    // Also bounds the allocation, whatever the metadata say.
    if (size > objectSize) {
      throw new CodecException(
          "shard of " + objectSize + " bytes is too short for its index of " + size);
    }
    byte[] bytes = new byte[Math.toIntExact(size)];
    long at = sharding.location() == Sharding.IndexLocation.START ? 0 : objectSize - bytes.length;
    shard.readFully(at, bytes, 0, bytes.length);
    ShardIndex index = ShardIndex.read(sharding, bytes, objectSize);
    remember(shard.name(), new Cached(index, objectSize));
    return index;
  }

  private void remember(String name, Cached fresh) {
    synchronized (cache) {
      cache.put(name, fresh);
      int most = Math.max(1, MAX_CACHED / fresh.index.count());
      var eldest = cache.keySet().iterator();
      while (cache.size() > most) {
        eldest.next();
        eldest.remove();
      }
    }
  }
}
