package org.cornerturn.zarr;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.cornerturn.codec.CodecException;
import org.cornerturn.codec.Crc32c;

/**
 * Where a shard's chunks are: for each, in C order, its offset and size as unsigned 64-bit
 * integers, both of all ones where there is none.
 */
final class ShardIndex {
  private static final long NONE = -1L;
  private final long[] entries;

  private ShardIndex(long[] entries) {
    this.entries = entries;
  }

  static ShardIndex empty(int count) {
    long[] entries = new long[Math.multiplyExact(2, count)];
    Arrays.fill(entries, NONE);
    return new ShardIndex(entries);
  }

  int count() {
    return entries.length / 2;
  }

  boolean isEmpty() {
    for (long e : entries) {
      if (e != NONE) {
        return false;
      }
    }
    return true;
  }

  boolean has(int chunk) {
    return entries[2 * chunk] != NONE || entries[2 * chunk + 1] != NONE;
  }

  long offset(int chunk) {
    return entries[2 * chunk];
  }

  long size(int chunk) {
    return entries[2 * chunk + 1];
  }

  void set(int chunk, long offset, long size) {
    entries[2 * chunk] = offset;
    entries[2 * chunk + 1] = size;
  }

  /** Writes the index; the target has room for {@link Sharding#indexSize}. */
  void write(Sharding sharding, byte[] target, int offset) {
    int size = entries.length * Long.BYTES;
    ByteBuffer.wrap(target, offset, size)
        .order(sharding.endian().byteOrder())
        .asLongBuffer()
        .put(entries);
    if (sharding.checksum()) {
      Crc32c.append(target, offset, size);
    }
  }

  /**
   * @param bytes exactly the index
   * @param objectSize bytes of the whole shard, which no entry may leave
   * @throws CodecException when the checksum or an entry is wrong
   */
  static ShardIndex read(Sharding sharding, byte[] bytes, long objectSize) throws CodecException {
    int size = sharding.checksum() ? Crc32c.verify(bytes, 0, bytes.length) : bytes.length;
    long[] entries = new long[size / Long.BYTES];
    ByteBuffer.wrap(bytes, 0, size)
        .order(sharding.endian().byteOrder())
        .asLongBuffer()
        .get(entries);
    ShardIndex index = new ShardIndex(entries);
    for (int i = 0; i < index.count(); i++) {
      long offset = index.offset(i);
      long length = index.size(i);
      if (index.has(i) && (offset < 0 || length < 0 || offset > objectSize - length)) {
        throw new CodecException(
            String.format(
                "shard index places chunk %d at byte %s, %s long, in a shard of %d",
                i, Long.toUnsignedString(offset), Long.toUnsignedString(length), objectSize));
      }
    }
    return index;
  }
}
