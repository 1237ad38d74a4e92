package org.cornerturn.hdf5;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** An array of texts of any length: references to the heap, written just before the header. */
final class WriteTexts extends WriteDataset {
  private final List<WriteHeap.Ticket> tickets = new ArrayList<>();
  private long data = WriteBuffer.UNDEFINED;

  WriteTexts(Hdf5Writer writer, String path, Hdf5Value value) {
    super(writer, path, value.type(), value.shape());
    for (String s : value.texts()) {
      tickets.add(writer.heap.add(s));
    }
  }

  private long bytes() {
    return (long) tickets.size() * WriteType.TEXT_REFERENCE;
  }

  @Override
  long expectedBytes() {
    // Its bytes lie among the headers, not among the data.
    return 0;
  }

  @Override
  void beginData() {}

  @Override
  void checkComplete() {}

  @Override
  long placeBefore(long base) {
    data = tickets.isEmpty() ? WriteBuffer.UNDEFINED : base;
    return base + bytes();
  }

  @Override
  void writeBefore(WriteSink sink) throws IOException {
    WriteBuffer out = new WriteBuffer();
    tickets.forEach(t -> writer.heap.reference(out, t));
    sink.append(out.toBytes());
  }

  @Override
  byte[] fillValue() {
    return WriteContiguous.NO_FILL.clone();
  }

  @Override
  byte[] layout() {
    return new WriteBuffer().u8(3).u8(1).u64(data).u64(bytes()).toBytes();
  }
}
