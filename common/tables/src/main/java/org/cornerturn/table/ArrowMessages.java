package org.cornerturn.table;

import com.google.flatbuffers.FlatBufferBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.RecordBatch;

/**
 * Frames the messages of Arrow's streaming format (Arrow columnar format 1.5, "IPC streaming
 * format"): the schema, record batches, the end.
 */
public final class ArrowMessages {
  private static final int CONTINUATION = -1;
  private static final byte[] PADDING = new byte[8];

  /**
   * A field of a batch.
   *
   * @param length values, those of nested fields counted in all rows
   */
  public record Node(long length, long nulls) {}

  private final OutputStream out;

  public ArrowMessages(OutputStream out) {
    this.out = out;
  }

  /**
   * @param schema offset of the finished schema in the builder
   */
  public void schema(FlatBufferBuilder builder, int schema) throws IOException {
    message(builder, MessageHeader.Schema, schema, List.of());
  }

  /**
   * @param buffers of the nodes, in the order that the format asks for
   */
  public void batch(long rows, List<Node> nodes, List<byte[]> buffers) throws IOException {
    FlatBufferBuilder builder = new FlatBufferBuilder(1024);
    long[] starts = new long[buffers.size()];
    long at = 0;
    for (int i = 0; i < starts.length; i++) {
      starts[i] = at;
      at += padded(buffers.get(i).length);
    }
    RecordBatch.startBuffersVector(builder, starts.length);
    for (int i = starts.length - 1; i >= 0; i--) { // Vectors are built from their end.
      Buffer.createBuffer(builder, starts[i], buffers.get(i).length);
    }
    int bufferVector = builder.endVector();
    RecordBatch.startNodesVector(builder, nodes.size());
    for (int i = nodes.size() - 1; i >= 0; i--) {
      FieldNode.createFieldNode(builder, nodes.get(i).length(), nodes.get(i).nulls());
    }
    int nodeVector = builder.endVector();
    RecordBatch.startRecordBatch(builder);
    RecordBatch.addLength(builder, rows);
    RecordBatch.addNodes(builder, nodeVector);
    RecordBatch.addBuffers(builder, bufferVector);
    message(builder, MessageHeader.RecordBatch, RecordBatch.endRecordBatch(builder), buffers);
  }

  /** Ends the stream. */
  public void end() throws IOException {
    ints(CONTINUATION, 0);
    out.flush();
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
