package org.cornerturn.hdf5;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes an HDF5 file from its first byte to its last: superblock, then data as they come, then
 * text, chunk indexes and object headers, the root group last. Superblock and headers are of
 * version 2, groups keep their links in the header, chunk indexes are version 1 B-trees: HDF5 1.8
 * and everything since reads that. There are no times in it, so the same calls give the same bytes.
 *
 * <p>The superblock names the file's length and the root group. A local file has it put in last. A
 * stream that can't go back must know both at the start, so all groups, attributes and arrays are
 * defined before the first data, and arrays with filters say how many bytes they will take ({@link
 * WriteChunked#expect}); chunks that are encoded in parts beforehand ({@link WritePart}) have known
 * sizes.
 *
 * <p>Memory is one chunk and about 20 bytes for each chunk of the file. Not for use by several
 * threads.
 */
public final class Hdf5Writer implements Closeable {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
  private static final int HEAD = 64;

  private final WriteSink sink;
  final WriteHeap heap = new WriteHeap();
  private final WriteGroup root;
  private final List<WriteDataset> datasets = new ArrayList<>();
  private WriteContiguous open;
  private boolean begun;
  private boolean finished;
  private long plannedEnd;

  private Hdf5Writer(WriteSink sink) {
    this.sink = sink;
    root = new WriteGroup(this, "/");
  }

  /** Writes a local file, which appears or is replaced when it is finished. */
  public static Hdf5Writer create(Path file) throws IOException {
    return new Hdf5Writer(WriteSink.to(file));
  }

  /**
   * Writes to a stream that can't go back, such as an object store's.
   *
   * @param out closed by its owner
   */
  public static Hdf5Writer sequential(OutputStream out) {
    return new Hdf5Writer(WriteSink.to(out));
  }

  public WriteGroup root() {
    return root;
  }

  boolean isSequential() {
    return sink.isSequential();
  }

  void checkDefining() {
    if (finished || begun && sink.isSequential()) {
      throw new IllegalStateException(
          "everything in a sequential file must be defined before its first data");
    }
  }

  void added(WriteObject child) {
    if (child instanceof WriteDataset d) {
      datasets.add(d);
    }
  }

  /** The sink, at the place where data of this array may follow. */
  WriteSink data(WriteDataset dataset) throws IOException {
    if (finished) {
      throw new IllegalStateException("the file is finished");
    }
    if (!begun) {
      begun = true;
      begin();
    }
    if (open != null && open.isOpen() && open != dataset) {
      throw new IllegalStateException(
          open.path() + " must be complete before data of " + dataset.path());
    }
    open = dataset instanceof WriteContiguous c ? c : null;
    return sink;
  }

  private void begin() throws IOException {
    if (sink.isSequential()) {
      long data = HEAD;
      for (WriteDataset d : datasets) {
        data = Math.addExact(data, d.expectedBytes());
      }
      plannedEnd = place(data);
      sink.append(head(plannedEnd));
    } else {
      sink.append(new byte[HEAD]);
    }
  }

  private long place(long base) {
    return root.place(heap.place(base));
  }

  private byte[] head(long end) {
    WriteBuffer out = new WriteBuffer().bytes(SIGNATURE).u8(2).u8(8).u8(8).u8(0);
    out.u64(0).u64(WriteBuffer.UNDEFINED).u64(end).u64(root.address()).checksum();
    return out.zeros(HEAD - out.size()).toBytes();
  }

  /**
   * Completes the file.
   *
   * @throws IllegalStateException when an array lacks data
   */
  public void finish() throws IOException {
    if (finished) {
      throw new IllegalStateException("the file is finished");
    }
    if (!begun) {
      begun = true;
      begin();
    }
    for (WriteDataset d : datasets) {
      d.beginData();
    }
    for (WriteDataset d : datasets) {
      d.checkComplete();
    }
    long end = place(sink.position());
    if (sink.isSequential() && end != plannedEnd) {
      throw new IllegalStateException("planned " + plannedEnd + " bytes, came to " + end);
    }
    heap.write(sink);
    root.write(sink);
    finished = true;
    sink.finish(head(end));
  }

  /** Gives up an unfinished file, which then doesn't appear; nothing happens to a finished one. */
  @Override
  public void close() throws IOException {
    sink.close();
  }
}
