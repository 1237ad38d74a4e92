package org.cornerturn.hdf5;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.cornerturn.array.ChunkGrid;
import org.cornerturn.array.Shape;
import org.cornerturn.storage.ObjectChannel;

/**
 * An array stored in chunks, which come in any order, each at most once. A chunk that never comes
 * reads as zeros. Only one chunk is in memory at a time, besides 20 bytes for each in the index.
 */
public final class WriteChunked extends WriteDataset {
  private static final int FILTER_PIPELINE = 0x0b;
  private static final int PIECE = 4 << 20;

  private final ChunkGrid grid;
  private final List<WriteFilter> filters;
  private final int chunkBytes;
  private final WriteIndex index = new WriteIndex();
  private long expectedChunks = -1;
  private long expectedBytes = -1;
  private long stored;
  private long tree = WriteBuffer.UNDEFINED;

  WriteChunked(
      Hdf5Writer writer,
      String path,
      Hdf5Type type,
      Shape shape,
      Shape chunk,
      List<WriteFilter> filters) {
    super(writer, path, type, Optional.of(shape));
    if (type.isText()) {
      throw new IllegalArgumentException(path + ": text of any length isn't written in chunks");
    }
    if (shape.rank() == 0) {
      throw new IllegalArgumentException(path + ": a single value has no chunks");
    }
    this.grid = new ChunkGrid(shape, chunk);
    this.filters = List.copyOf(filters);
    long bytes = Math.multiplyExact(chunk.size(), (long) type.size());
    if (bytes > Integer.MAX_VALUE - 64) {
      throw new IllegalArgumentException(path + ": a chunk of " + bytes + " bytes; 2 GiB at most");
    }
    chunkBytes = (int) bytes;
    if (this.filters.isEmpty()) {
      expectedChunks = grid.count();
      expectedBytes = Math.multiplyExact(expectedChunks, bytes);
    }
  }

  public ChunkGrid grid() {
    return grid;
  }

  /**
   * Tells how much will come, which a sequential file must know before its first data: of an array
   * with filters, or one that isn't written entirely.
   */
  public void expect(long chunks, long storedBytes) {
    writer.checkDefining();
    expectedChunks = chunks;
    expectedBytes = storedBytes;
  }

  /**
   * Filters and writes a chunk.
   *
   * @param raw a whole chunk, little-endian, C order, also where it reaches past the array's edge
   * @param coordinates of the chunk in the grid
   */
  public void chunk(byte[] raw, long... coordinates) throws IOException {
    if (raw.length != chunkBytes) {
      throw new IllegalArgumentException(
          path + " has chunks of " + chunkBytes + " bytes, not " + raw.length);
    }
    WriteFilter.Encoded e = WriteFilter.encode(filters, raw, type.size());
    encodedChunk(grid.linear(coordinates), e.bytes(), 0, e.length(), e.mask());
  }

  /**
   * Writes a chunk that went through the filters already.
   *
   * @param number C-order number of the chunk in the grid
   * @param mask bit i set where filter i was left out
   */
  public void encodedChunk(long number, byte[] src, int offset, int length, int mask)
      throws IOException {
    checkNumber(number);
    WriteSink sink = writer.data(this);
    index.add(number, sink.position(), length, mask);
    sink.append(src, offset, length);
    stored += length;
  }

  private void checkNumber(long number) {
    if (number < 0 || number >= grid.count()) {
      throw new IllegalArgumentException(path + " has no chunk " + number);
    }
  }

  /** Copies all chunks of a part that a {@link WritePart} made. */
  public void part(ObjectChannel channel) throws IOException {
    WritePart.Index part = WritePart.readIndex(channel);
    WriteSink sink = writer.data(this);
    long address = sink.position();
    for (int i = 0; i < part.count(); i++) {
      checkNumber(part.number(i));
      index.add(part.number(i), address, part.size(i), part.mask(i));
      address += part.size(i);
    }
    byte[] piece = new byte[(int) Math.min(PIECE, part.dataBytes())];
    for (long at = 0; at < part.dataBytes(); at += piece.length) {
      int n = (int) Math.min(piece.length, part.dataBytes() - at);
      channel.readFully(at, piece, 0, n);
      sink.append(piece, 0, n);
    }
    stored += part.dataBytes();
  }

  @Override
  long expectedBytes() {
    if (expectedBytes < 0) {
      throw new IllegalStateException(
          path + ": a sequential file needs to know its chunks and bytes first: call expect()");
    }
    return expectedBytes;
  }

  @Override
  void beginData() {}

  @Override
  void checkComplete() {
    long twice = index.sort();
    if (twice >= 0) {
      throw new IllegalStateException(path + ": chunk " + twice + " was written twice");
    }
    boolean known = writer.isSequential();
    if (known && (index.count() != expectedChunks || stored != expectedBytes)) {
      throw new IllegalStateException(
          path
              + ": "
              + index.count()
              + " chunks of "
              + stored
              + " bytes were written, not "
              + expectedChunks
              + " of "
              + expectedBytes);
    }
  }

  @Override
  long placeBefore(long base) {
    // Before any data have come, a sequential file is laid out by what will come.
    long chunks = writer.isSequential() ? expectedChunks : index.count();
    long bytes = WriteIndex.treeBytes(chunks, shape.rank());
    tree =
        bytes == 0 ? WriteBuffer.UNDEFINED : base + bytes - WriteIndex.treeBytes(1, shape.rank());
    return base + bytes;
  }

  @Override
  void writeBefore(WriteSink sink) throws IOException {
    index.write(sink, grid, sink.position());
  }

  @Override
  byte[] fillValue() {
    // Space allocated as chunks come, the default fill value written where one is set.
    return new byte[] {3, 3 | 2 << 2};
  }

  @Override
  byte[] layout() {
    WriteBuffer out = new WriteBuffer().u8(3).u8(2).u8(shape.rank() + 1).u64(tree);
    for (long d : grid.chunk().dims()) {
      out.u32(d);
    }
    return out.u32(type.size()).toBytes();
  }

  @Override
  void messages(WriteBuffer out) {
    super.messages(out);
    if (!filters.isEmpty()) {
      message(out, FILTER_PIPELINE, WriteFilter.pipeline(filters, type.size(), chunkBytes));
    }
  }
}
