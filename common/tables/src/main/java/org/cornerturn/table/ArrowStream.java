package org.cornerturn.table;

import com.google.flatbuffers.FlatBufferBuilder;
import io.delta.kernel.types.StructType;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes rows in the streaming format of Arrow's inter-process communication: the schema, record
 * batches, the end (Arrow columnar format 1.5, "IPC streaming format").
 */
final class ArrowStream {
  private static final int BATCH_ROWS = 8192;
  private static final long BATCH_BYTES = 8 << 20;

  private final StructType schema;
  private final ArrowMessages messages;

  ArrowStream(StructType schema, OutputStream out) {
    this.schema = schema;
    this.messages = new ArrowMessages(out);
  }

  void write(RowCursor rows) throws IOException {
    FlatBufferBuilder builder = new FlatBufferBuilder(1024);
    messages.schema(builder, ArrowTypes.schema(builder, schema));
    List<Object[]> batch = new ArrayList<>();
    long bytes = 0;
    while (rows.advance()) {
      Object[] values = rows.values();
      batch.add(values);
      bytes += RowValues.bytes(values);
      if (batch.size() == BATCH_ROWS || bytes >= BATCH_BYTES) {
        batch(batch);
        batch.clear();
        bytes = 0;
      }
    }
    if (!batch.isEmpty()) {
      batch(batch);
    }
    messages.end();
  }

  private void batch(List<Object[]> rows) throws IOException {
    ArrowColumns columns = new ArrowColumns();
    for (int c = 0; c < schema.length(); c++) {
      int ordinal = c;
      List<Object> values = new ArrayList<>(rows.size());
      rows.forEach(r -> values.add(r[ordinal]));
      columns.add(schema.at(c).getDataType(), values);
    }
    messages.batch(rows.size(), columns.nodes(), columns.buffers());
  }
}
