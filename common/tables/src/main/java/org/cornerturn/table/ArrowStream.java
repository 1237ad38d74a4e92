package org.cornerturn.table;

import com.google.flatbuffers.FlatBufferBuilder;
import io.delta.kernel.types.StructType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.RecordBatch;

/**
 * Writes rows in the streaming format of Arrow's inter-process communication: the schema, record
 * batches, the end (Arrow columnar format 1.5, "IPC streaming format").
 */
final class ArrowStream {
  private static final int BATCH_ROWS = 8192;
  private static final long BATCH_BYTES = 8 << 20;
  private static final int CONTINUATION = -1;
  private static final byte[] PADDING = new byte[8];

  private final StructType schema;
  private final OutputStream out;

  ArrowStream(StructType schema, OutputStream out) {
    this.schema = schema;
    this.out = out;
  }

  void write(RowCursor rows) throws IOException {
    FlatBufferBuilder builder = new FlatBufferBuilder(1024);
    message(builder, MessageHeader.Schema, ArrowTypes.schema(builder, schema), List.of());
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
    ints(CONTINUATION, 0);
    out.flush();
  }

  private void batch(List<Object[]> rows) throws IOException {
    ArrowColumns columns = new ArrowColumns();
    for (int c = 0; c < schema.length(); c++) {
      int ordinal = c;
      List<Object> values = new ArrayList<>(rows.size());
      rows.forEach(r -> values.add(r[ordinal]));
      columns.add(schema.at(c).getDataType(), values);
    }
    FlatBufferBuilder builder = new FlatBufferBuilder(1024);
    long[] starts = new long[columns.buffers().size()];
    long at = 0;
    for (int i = 0; i < starts.length; i++) {
      starts[i] = at;
      at += padded(columns.buffers().get(i).length);
    }
    RecordBatch.startBuffersVector(builder, starts.length);
    for (int i = starts.length - 1; i >= 0; i--) { // Vectors are built from their end.
      Buffer.createBuffer(builder, starts[i], columns.buffers().get(i).length);
    }
    int buffers = builder.endVector();
    List<ArrowColumns.Node> nodes = columns.nodes();
    RecordBatch.startNodesVector(builder, nodes.size());
    for (int i = nodes.size() - 1; i >= 0; i--) {
      FieldNode.createFieldNode(builder, nodes.get(i).length(), nodes.get(i).nulls());
    }
    int nodeVector = builder.endVector();
    RecordBatch.startRecordBatch(builder);
    RecordBatch.addLength(builder, rows.size());
    RecordBatch.addNodes(builder, nodeVector);
    RecordBatch.addBuffers(builder, buffers);
    int header = RecordBatch.endRecordBatch(builder);
    message(builder, MessageHeader.RecordBatch, header, columns.buffers());
  }

  private static long padded(long length) {
    return (length + 7) / 8 * 8;
  }

  private void message(FlatBufferBuilder builder, byte kind, int header, List<byte[]> body)
      throws IOException {
    long length = body.stream().mapToLong(b -> padded(b.length)).sum();
    Message.startMessage(builder);
    Message.addVersion(builder, MetadataVersion.V5);
    Message.addHeaderType(builder, kind);
    Message.addHeader(builder, header);
    Message.addBodyLength(builder, length);
    builder.finish(Message.endMessage(builder));
    byte[] metadata = builder.sizedByteArray();
    ints(CONTINUATION, (int) padded(metadata.length));
    padded(metadata);
    for (byte[] b : body) {
      padded(b);
    }
  }

  private void padded(byte[] bytes) throws IOException {
    out.write(bytes);
    out.write(PADDING, 0, (int) (padded(bytes.length) - bytes.length));
  }

  private void ints(int a, int b) throws IOException {
    out.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putInt(a).putInt(b).array());
  }
}
