package org.cornerturn.storage;

import java.io.EOFException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads in blocks and keeps the latest ones: for metadata, whose many small pieces lie close
 * together.
 */
public final class CachedChannel implements ObjectChannel {
  /** Block size that opens typical files in a handful of requests. */
  public static final int BLOCK = 1 << 20;

  private final ObjectChannel source;
  private final int blockSize;
  private final Map<Long, byte[]> blocks;

  /**
   * @param maxBlocks blocks kept, least recently used dropped first
   */
  public CachedChannel(ObjectChannel source, int blockSize, int maxBlocks) {
    this.source = source;
    this.blockSize = blockSize;
    this.blocks =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Long, byte[]> eldest) {
            return size() > maxBlocks;
          }
        };
  }

  @Override
  public String name() {
    return source.name();
  }

  @Override
  public long size() throws IOException {
    return source.size();
  }

  @Override
  public void readFully(long position, byte[] target, int offset, int length) throws IOException {
    if (position < 0 || length < 0 || position + length > size()) {
      throw new EOFException(
          name()
              + ": bytes "
              + position
              + " to "
              + (position + length)
              + " lie outside its "
              + size());
    }
    if (length > 4L * blockSize) {
      source.readFully(position, target, offset, length);
      return;
    }
    long at = position;
    int done = 0;
    while (done < length) {
      byte[] block = block(at / blockSize);
      int in = (int) (at % blockSize);
      int n = Math.min(length - done, block.length - in);
      System.arraycopy(block, in, target, offset + done, n);
      done += n;
      at += n;
    }
  }

  private byte[] block(long index) throws IOException {
    synchronized (blocks) {
      byte[] block = blocks.get(index);
      if (block == null) {
        long start = index * blockSize;
        block = new byte[(int) Math.min(blockSize, size() - start)];
        source.readFully(start, block, 0, block.length);
        blocks.put(index, block);
      }
      return block;
    }
  }

  /** Drops the blocks kept; later reads fetch them again. */
  public void clear() {
    synchronized (blocks) {
      blocks.clear();
    }
  }

  @Override
  public long requests() {
    return source.requests();
  }

  @Override
  public long bytesRead() {
    return source.bytesRead();
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
