package org.cornerturn.zarr;

import java.io.IOException;
import java.util.Arrays;
import org.cornerturn.codec.CodecException;
import org.cornerturn.storage.ObjectChannel;

/**
 * What a reader holds of the stored object that it reads from: its index, and a range of its bytes,
 * in room that is used again. Who reads one chunk after the other gets several with one request.
 */
final class StoredBytes {
  /** Bytes that are read at a time of chunks that follow each other. */
  private static final int AHEAD = 4 << 20;

  private byte[] bytes = {};
  private long[] object = {};
  private boolean there;
  private long objectSize;
  private ShardIndex index;
  private long start;
  private int length;

  /** Whether it is known of a stored object what is in it. */
  boolean knows(long[] coordinates) {
    return Arrays.equals(object, coordinates);
  }

  void forget() {
    object = new long[0];
    objectSize = 0;
    index = null;
    start = 0;
    length = 0;
  }

  /**
   * @param of the object; null where it is one chunk
   */
  void found(long size, ShardIndex of) {
    objectSize = size;
    index = of;
  }

  void is(long[] coordinates, boolean isThere) {
    object = coordinates.clone();
    there = isThere;
  }

  /** Whether a chunk of the object is stored. */
  boolean has(int chunk) {
    return there && (index == null || index.has(chunk));
  }

  private long offset(int chunk) {
    return index == null ? 0 : index.offset(chunk);
  }

  /** Stored bytes of a chunk. */
  long size(int chunk) {
    return index == null ? objectSize : index.size(chunk);
  }

  /** Whether a chunk's bytes are here. */
  boolean holds(int chunk) {
    return length > 0 && offset(chunk) >= start && offset(chunk) + size(chunk) <= start + length;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Where in {@link #bytes} a chunk begins that is here. */
  int at(int chunk) {
    return (int) (offset(chunk) - start);
  }

  /**
   * Reads a chunk's bytes, and with them those behind it if it lies behind what was read before.
   *
   * @param limit most bytes that one stored chunk may have
   */
  void read(ObjectChannel channel, int chunk, long limit) throws IOException {
    long size = size(chunk);
    long at = offset(chunk);
    if (size > limit) {
      throw new CodecException("chunk is stored in " + size + " bytes, at most " + limit);
    }
    boolean next = length > 0 && at == start + length;
    long end = next ? Math.min(objectSize, at + AHEAD) : at + size;
    int n = (int) Math.max(size, end - at);
    length = 0;
    if (bytes.length < n) {
      bytes = new byte[n];
    }
    channel.readFully(at, bytes, 0, n);
    start = at;
    length = n;
  }
}
