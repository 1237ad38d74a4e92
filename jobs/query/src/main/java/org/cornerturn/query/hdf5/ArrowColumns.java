package org.cornerturn.query.hdf5;

import com.google.flatbuffers.FlatBufferBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.flatbuf.Type;
import org.cornerturn.array.Block;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.table.ArrowMessages;

/**
 * Numbers as a table in Arrow's streaming format: a column for each of the block, named by its
 * number; of a line or a single number one column, {@code value}. A complex column becomes two,
 * {@code N.re} and {@code N.im}.
 */
public final class ArrowColumns {
  private ArrowColumns() {}

  /**
   * @param block numbers of rank 0 to 2
   */
  public static byte[] encode(Block block) throws IOException {
    int rank = block.shape().rank();
    int rows = rank == 0 ? 1 : (int) block.shape().dim(0);
    int columns = rank < 2 ? 1 : (int) block.shape().dim(1);
    Primitive type = (Primitive) block.type();
    int parts = type.isComplex() ? 2 : 1;
    FlatBufferBuilder builder = new FlatBufferBuilder(1024);
    int[] fields = new int[columns * parts];
    List<ArrowMessages.Node> nodes = new ArrayList<>();
    List<byte[]> buffers = new ArrayList<>();
    for (int i = 0; i < fields.length; i++) {
      String name = rank < 2 ? "value" : Integer.toString(i / parts);
      String part = parts == 1 ? "" : i % 2 == 0 ? ".re" : ".im";
      fields[i] = field(builder, name + part, type);
      nodes.add(new ArrowMessages.Node(rows, 0));
      buffers.add(new byte[0]); // No value is missing.
      buffers.add(column(block.bytes(), type.itemSize() / parts, i, fields.length, rows));
    }
    int vector = Schema.createFieldsVector(builder, fields);
    Schema.startSchema(builder);
    Schema.addEndianness(builder, Endianness.Little);
    Schema.addFields(builder, vector);
    int schema = Schema.endSchema(builder);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ArrowMessages messages = new ArrowMessages(out);
    messages.schema(builder, schema);
    messages.batch(rows, nodes, buffers);
    messages.end();
    return out.toByteArray();
  }

  private static byte[] column(byte[] bytes, int width, int column, int columns, int rows) {
    byte[] out = new byte[rows * width];
    for (int r = 0; r < rows; r++) {
      System.arraycopy(bytes, (r * columns + column) * width, out, r * width, width);
    }
    return out;
  }

  private static int field(FlatBufferBuilder b, String name, Primitive type) {
    int children = Field.createChildrenVector(b, new int[0]);
    int text = b.createString(name);
    boolean real = type.isFloat() || type.isComplex();
    int offset =
        real
            ? FloatingPoint.createFloatingPoint(b, precision(type.componentSize()))
            : Int.createInt(b, 8 * type.itemSize(), !type.isUnsigned() && type != Primitive.BOOL);
    Field.startField(b);
    Field.addName(b, text);
    Field.addNullable(b, false);
    Field.addTypeType(b, real ? Type.FloatingPoint : Type.Int);
    Field.addType(b, offset);
    Field.addChildren(b, children);
    return Field.endField(b);
  }

  private static short precision(int bytes) {
    return bytes == 2 ? Precision.HALF : bytes == 4 ? Precision.SINGLE : Precision.DOUBLE;
  }
}
