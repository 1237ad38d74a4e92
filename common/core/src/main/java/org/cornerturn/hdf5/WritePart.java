package org.cornerturn.hdf5;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.cornerturn.storage.ObjectChannel;

/**
 * Encoded chunks on their way into a file: tasks write parts at the same time, then one task copies
 * them into the file with {@link WriteChunked#part}. A part is the chunks' bytes, an index entry of
 * 16 bytes for each (number, size, filter mask), the number of chunks, the bytes before the index,
 * and a magic number; all little-endian.
 */
public final class WritePart {
  private static final long MAGIC = 0x3150_4835_4654_4343L;
  private static final int ENTRY = 16;
  private static final int TAIL = 24;

  private final OutputStream out;
  private final WriteBuffer index = new WriteBuffer();
  private long dataBytes;
  private int count;

  /**
   * @param out closed by its owner
   */
  public WritePart(OutputStream out) {
    this.out = out;
  }

  /**
   * Adds a chunk.
   *
   * @param number C-order number of the chunk in its array's grid
   */
  public void chunk(long number, WriteFilter.Encoded chunk) throws IOException {
    out.write(chunk.bytes(), 0, chunk.length());
    index.u64(number).u32(chunk.length()).u32(chunk.mask());
    dataBytes += chunk.length();
    count++;
  }

  /** Writes the index. */
  public void finish() throws IOException {
    out.write(index.toBytes());
    out.write(new WriteBuffer().u64(count).u64(dataBytes).u64(MAGIC).toBytes());
    out.flush();
  }

  /** What a part holds. */
  public static final class Index {
    private final long dataBytes;
    private final ByteBuffer entries;

    private Index(long dataBytes, ByteBuffer entries) {
      this.dataBytes = dataBytes;
      this.entries = entries;
    }

    /** Bytes of all chunks together. */
    public long dataBytes() {
      return dataBytes;
    }

    /** Number of chunks. */
    public int count() {
      return entries.limit() / ENTRY;
    }

    long number(int i) {
      return entries.getLong(i * ENTRY);
    }

    int size(int i) {
      return entries.getInt(i * ENTRY + 8);
    }

    int mask(int i) {
      return entries.getInt(i * ENTRY + 12);
    }
  }

  /**
   * Reads what a part holds.
   *
   * @throws IOException when it isn't a part, or not a whole one
   */
  public static Index readIndex(ObjectChannel part) throws IOException {
    long size = part.size();
    if (size < TAIL) {
      throw broken(part);
    }
    ByteBuffer tail = read(part, size - TAIL, TAIL);
    long count = tail.getLong(0);
    long dataBytes = tail.getLong(8);
    boolean fits = count >= 0 && count <= (size - TAIL) / ENTRY;
    if (tail.getLong(16) != MAGIC || !fits || dataBytes != size - TAIL - count * ENTRY) {
      throw broken(part);
    }
    Index index = new Index(dataBytes, read(part, dataBytes, Math.toIntExact(count * ENTRY)));
    long sum = 0;
    for (int i = 0; i < index.count(); i++) {
      sum += index.size(i);
    }
    if (sum != dataBytes) {
      throw broken(part);
    }
    return index;
  }

  private static IOException broken(ObjectChannel part) {
    return new IOException(part.name() + " is not a whole part of an HDF5 file; make it again");
  }

  private static ByteBuffer read(ObjectChannel part, long at, int length) throws IOException {
    byte[] bytes = new byte[length];
    part.readFully(at, bytes, 0, length);
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
