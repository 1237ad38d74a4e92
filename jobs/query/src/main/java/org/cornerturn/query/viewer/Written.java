package org.cornerturn.query.viewer;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.cornerturn.array.Block;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.query.hdf5.ArrowColumns;
import org.cornerturn.query.hdf5.JsonText;
import org.cornerturn.query.hdf5.Npy;
import org.cornerturn.query.hdf5.Numbers;
import org.cornerturn.query.hdf5.Reply;
import org.cornerturn.query.hdf5.TypeJson;
import org.cornerturn.query.hdf5.ValueJson;
import org.cornerturn.query.http.Problem;

/** Writes a window's block in the form that is wanted. */
final class Written {
  /** Writes what a JSON answer has beside the elements. */
  @FunctionalInterface
  interface Members {
    void write(JsonGenerator g) throws IOException;
  }

  private Written() {}

  /**
   * @param shape of the answer
   * @param headers of a binary answer, beside shape and type
   */
  static Reply reply(
      Plane plane,
      Block block,
      Shape shape,
      Form form,
      Map<String, String> headers,
      Members members)
      throws IOException {
    if (form == Form.JSON) {
      return JsonText.reply(
          g -> {
            g.writeStartObject();
            g.writeBooleanField("success", true);
            members.write(g);
            g.writeFieldName("data");
            elements(g, plane, block, shape);
            g.writeEndObject();
          });
    }
    if (!(block.type() instanceof Primitive type)) {
      throw Problem.notAcceptable(form.mediaType() + " needs numbers; ask for application/json");
    }
    Map<String, String> all = new HashMap<>(headers);
    all.put("X-Shape", text(shape));
    all.put("X-Dtype", Numbers.descr(type));
    byte[] bytes = block.bytes();
    byte[] body =
        switch (form) {
          case NPY -> joined(Npy.header(Numbers.descr(type), shape), bytes);
          case ARROW -> ArrowColumns.encode(new Block(type, shape, bytes));
          default -> bytes;
        };
    return new Reply(form.mediaType(), all, body);
  }

  /** Elements as nested lists of a shape. */
  static void elements(JsonGenerator g, Plane plane, Block block, Shape shape) throws IOException {
    new ValueJson(g, plane.dataset().type().stored(), ValueJson.References.AS_PATHS)
        .write(block, shape, plane.dataset().isJson());
  }

  /** What every answer tells of the dataset and its plane. */
  static void source(JsonGenerator g, Plane plane) throws IOException {
    TypeJson.writeName(g, "dtype", plane.dataset().type().stored());
    g.writeFieldName("source_shape");
    g.writeArray(plane.shape().dims(), 0, plane.shape().rank());
    g.writeNumberField("source_ndim", plane.shape().rank());
    g.writeObjectField("display_dims", plane.displayDims());
    g.writeObjectField("fixed_indices", plane.fixedIndices());
  }

  static void shape(JsonGenerator g, Shape shape) throws IOException {
    g.writeFieldName("shape");
    g.writeArray(shape.dims(), 0, shape.rank());
  }

  private static byte[] joined(byte[] a, byte[] b) {
    byte[] all = java.util.Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, all, a.length, b.length);
    return all;
  }

  static String text(Shape shape) {
    StringBuilder s = new StringBuilder();
    for (long d : shape.dims()) {
      s.append(s.isEmpty() ? "" : ",").append(d);
    }
    return s.toString();
  }
}
