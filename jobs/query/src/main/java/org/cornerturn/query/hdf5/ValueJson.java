package org.cornerturn.query.hdf5;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.cornerturn.array.Block;
import org.cornerturn.array.DataType;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.hdf5.StoredType;
import org.cornerturn.query.http.Json;

/**
 * Elements as JSON: NaN and infinities null, complex numbers [re, im], compounds lists of their
 * members, booleans true and false, bytes as text where they are UTF-8 and else in Base64.
 */
public final class ValueJson {
  /** What stands for a reference. */
  public enum References {
    /** What h5py prints for it, as H5Grove has it. */
    AS_H5PY,
    /** The path of the object that it points to. */
    AS_PATHS
  }

  private final JsonGenerator g;
  private final StoredType element;
  private final References references;

  /**
   * @param type as it stands in the file
   */
  public ValueJson(JsonGenerator g, StoredType type, References references) {
    this.g = g;
    StoredType t = type;
    while (t instanceof StoredType.ArrayOf a) {
      t = a.element();
    }
    this.element = t;
    this.references = references;
  }

  /**
   * Writes a block as nested lists.
   *
   * @param shape of the same size as the block; rank 0 gives the element itself
   * @param isJson whether texts are elements as JSON
   */
  public void write(Block block, Shape shape, boolean isJson) throws IOException {
    int[] next = {0};
    write(block, shape, 0, next, isJson);
  }

  private void write(Block block, Shape shape, int axis, int[] next, boolean isJson)
      throws IOException {
    if (axis == shape.rank()) {
      element(block, next[0]++, isJson);
      return;
    }
    g.writeStartArray();
    for (long i = 0; i < shape.dim(axis); i++) {
      write(block, shape, axis + 1, next, isJson);
    }
    g.writeEndArray();
  }

  private void element(Block block, int i, boolean isJson) throws IOException {
    DataType type = block.type();
    if (block.data() instanceof String[] texts) {
      if (isJson) {
        tree(Json.mapper().readValue(texts[i], Object.class), element, 0);
      } else {
        text(texts[i]);
      }
    } else if (block.data() instanceof byte[][] sequences) {
      DataType of = ((DataType.Sequence) type).element();
      byte[] bytes = sequences[i];
      g.writeStartArray();
      for (int at = 0; at < bytes.length; at += of.itemSize()) {
        fixed(of, bytes, at);
      }
      g.writeEndArray();
    } else {
      fixed(type, block.bytes(), i * type.itemSize());
    }
  }

  private void text(String text) throws IOException {
    if (element instanceof StoredType.Reference r && references == References.AS_H5PY) {
      String what = r.target() == StoredType.Target.REGION ? "region" : "object";
      g.writeString("<HDF5 " + what + " reference" + (text.isEmpty() ? " (null)>" : ">"));
    } else {
      g.writeString(text);
    }
  }

  private void fixed(DataType type, byte[] b, int at) throws IOException {
    if (type instanceof Primitive p) {
      number(p, b, at);
    } else if (type instanceof DataType.Struct s) {
      g.writeStartArray();
      int from = at;
      for (DataType.Field f : s.fields()) {
        field(f, b, from);
        from += f.byteSize();
      }
      g.writeEndArray();
    } else {
      int n = type.itemSize();
      if (type instanceof DataType.FixedText) {
        while (n > 0 && b[at + n - 1] == 0) {
          n--;
        }
        g.writeString(new String(b, at, n, StandardCharsets.UTF_8));
      } else {
        bytes(Arrays.copyOfRange(b, at, at + n));
      }
    }
  }

  private void field(DataType.Field f, byte[] b, int at) throws IOException {
    int[] from = {at};
    field(f, b, 0, from);
  }

  private void field(DataType.Field f, byte[] b, int axis, int[] at) throws IOException {
    if (axis == f.shape().rank()) {
      fixed(f.type(), b, at[0]);
      at[0] += f.type().itemSize();
      return;
    }
    g.writeStartArray();
    for (long i = 0; i < f.shape().dim(axis); i++) {
      field(f, b, axis + 1, at);
    }
    g.writeEndArray();
  }

  private void bytes(byte[] bytes) throws IOException {
    try {
      g.writeString(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      g.writeString(Base64.getEncoder().encodeToString(bytes)); // Not text, then.
    }
  }

  private void number(Primitive type, byte[] b, int at) throws IOException {
    ByteBuffer v = ByteBuffer.wrap(b).order(ByteOrder.LITTLE_ENDIAN);
    switch (type) {
      case BOOL -> g.writeBoolean(b[at] != 0);
      case INT8 -> g.writeNumber((int) b[at]);
      case UINT8 -> g.writeNumber(b[at] & 0xff);
      case INT16 -> g.writeNumber((int) v.getShort(at));
      case UINT16 -> g.writeNumber(v.getShort(at) & 0xffff);
      case INT32 -> g.writeNumber(v.getInt(at));
      case UINT32 -> g.writeNumber(v.getInt(at) & 0xffffffffL);
      case INT64 -> g.writeNumber(v.getLong(at));
      case UINT64 -> unsigned(v.getLong(at));
      case FLOAT16 -> real((float) halfOf(b, at));
      case FLOAT32 -> real(v.getFloat(at));
      case FLOAT64 -> real(v.getDouble(at));
      case COMPLEX64 -> {
        g.writeStartArray();
        real(v.getFloat(at));
        real(v.getFloat(at + 4));
        g.writeEndArray();
      }
      case COMPLEX128 -> {
        g.writeStartArray();
        real(v.getDouble(at));
        real(v.getDouble(at + 8));
        g.writeEndArray();
      }
    }
  }

  private static double halfOf(byte[] b, int at) {
    byte[] two = Arrays.copyOfRange(b, at, at + 2);
    return new Block(Primitive.FLOAT16, Shape.of(), two).toDoubles()[0];
  }

  private void unsigned(long v) throws IOException {
    if (v >= 0) {
      g.writeNumber(v);
    } else {
      g.writeNumber(new BigInteger(Long.toUnsignedString(v)));
    }
  }

  private void real(float v) throws IOException {
    if (Float.isFinite(v)) {
      g.writeNumber(v);
    } else {
      g.writeNull();
    }
  }

  private void real(double v) throws IOException {
    if (Double.isFinite(v)) {
      g.writeNumber(v);
    } else {
      g.writeNull();
    }
  }

  /**
   * Writes a tree of plain values; see {@code Hdf5Attribute.value()}.
   *
   * @param depth lists around an element
   */
  public void writeTree(Object value, int depth) throws IOException {
    tree(value, element, depth);
  }

  private void tree(Object value, StoredType type, int depth) throws IOException {
    if (depth > 0 && value instanceof List<?> list) {
      g.writeStartArray();
      for (Object v : list) {
        tree(v, type, depth - 1);
      }
      g.writeEndArray();
    } else if (value instanceof Map<?, ?> map) {
      compound(map, (StoredType.Compound) type);
    } else if (value instanceof List<?> list) {
      within(list, type);
    } else if (type instanceof StoredType.Floating f) {
      floating(value, f);
    } else if (type instanceof StoredType.Reference) {
      new ValueJson(g, type, references).text((String) value);
    } else if (type instanceof StoredType.OpaqueBytes) {
      bytes(Base64.getDecoder().decode((String) value));
    } else if (value instanceof String s) {
      g.writeString(s);
    } else if (value instanceof Boolean b) {
      g.writeBoolean(b);
    } else if (value instanceof BigInteger n) {
      g.writeNumber(n);
    } else {
      g.writeNumber(((Number) value).longValue());
    }
  }

  private void floating(Object value, StoredType.Floating type) throws IOException {
    if (!(value instanceof Number n)) {
      g.writeNull(); // NaN and infinities are words in a text.
    } else if (type.size() <= Float.BYTES) {
      real(n.floatValue());
    } else {
      real(n.doubleValue());
    }
  }

  /** A compound: members in the order of the type, of which the map has them too. */
  private void compound(Map<?, ?> map, StoredType.Compound type) throws IOException {
    g.writeStartArray();
    for (StoredType.Member m : type.members()) {
      tree(map.get(m.name()), m.type(), 0);
    }
    g.writeEndArray();
  }

  /** A list that is one element: an array, a sequence, a complex number. */
  private void within(List<?> list, StoredType type) throws IOException {
    if (type instanceof StoredType.ArrayOf a) {
      tree(list, a.element(), a.dims().size());
      return;
    }
    g.writeStartArray();
    Iterator<StoredType.Member> parts =
        type instanceof StoredType.Compound c ? c.members().iterator() : null;
    for (Object v : list) {
      if (type instanceof StoredType.VariableSequence s) {
        tree(v, s.element(), 0);
      } else if (parts != null) {
        tree(v, parts.next().type(), 0);
      } else {
        tree(v, ((StoredType.Complex) type).part(), 0);
      }
    }
    g.writeEndArray();
  }
}
