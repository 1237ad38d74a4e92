package org.cornerturn.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cornerturn.array.DataType;
import org.cornerturn.array.DataType.Field;
import org.cornerturn.array.DataType.FixedText;
import org.cornerturn.array.DataType.Opaque;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.DataType.Sequence;
import org.cornerturn.array.DataType.Struct;
import org.cornerturn.array.DataType.Text;
import org.cornerturn.array.Shape;

/** NumPy type strings and lists of fields as Zarr v2 uses them. */
final class TypesV2 {
  private static final Pattern SIMPLE = Pattern.compile("([<>|=])([biufcSVU])([0-9]{1,9})");
  private static final Map<String, Primitive> PRIMITIVES =
      Map.ofEntries(
          Map.entry("b1", Primitive.BOOL),
          Map.entry("i1", Primitive.INT8),
          Map.entry("i2", Primitive.INT16),
          Map.entry("i4", Primitive.INT32),
          Map.entry("i8", Primitive.INT64),
          Map.entry("u1", Primitive.UINT8),
          Map.entry("u2", Primitive.UINT16),
          Map.entry("u4", Primitive.UINT32),
          Map.entry("u8", Primitive.UINT64),
          Map.entry("f2", Primitive.FLOAT16),
          Map.entry("f4", Primitive.FLOAT32),
          Map.entry("f8", Primitive.FLOAT64),
          Map.entry("c8", Primitive.COMPLEX64),
          Map.entry("c16", Primitive.COMPLEX128));

  private TypesV2() {}

  /**
   * A type as stored.
   *
   * @param endian null where the type has no byte order
   * @param utf32Length characters of NumPy {@code U<n>}, which becomes {@link Text}; else 0
   */
  record Stored(DataType type, Endian endian, int utf32Length) {}

  static JsonNode write(DataType type, Endian endian) {
    if (type instanceof Primitive p) {
      return TextNode.valueOf((p.componentSize() == 1 ? "|" : mark(endian)) + code(p));
    }
    if (type instanceof FixedText t) {
      return TextNode.valueOf("|S" + t.length());
    }
    if (type instanceof Opaque o) {
      return TextNode.valueOf("|V" + o.length());
    }
    if (type instanceof Text || type instanceof Sequence) {
      return TextNode.valueOf("|O");
    }
    ArrayNode fields = Json.array();
    for (Field f : ((Struct) type).fields()) {
      ArrayNode field = fields.addArray().add(f.name()).add(write(f.type(), endian));
      if (f.shape().rank() > 0) {
        field.add(Json.array(f.shape()));
      }
    }
    return fields;
  }

  static String mark(Endian endian) {
    return endian == Endian.BIG ? ">" : "<";
  }

  private static String code(Primitive type) {
    for (Map.Entry<String, Primitive> e : PRIMITIVES.entrySet()) {
      if (e.getValue() == type) {
        return e.getKey();
      }
    }
    throw new IllegalStateException("every primitive has a code: " + type);
  }

  static Stored read(JsonNode node) {
    if (node.isTextual()) {
      return simple(node.textValue());
    }
    if (!node.isArray() || node.isEmpty()) {
      throw new IllegalArgumentException("dtype " + node + " is not supported");
    }
    List<Field> fields = new ArrayList<>();
    Set<String> names = new HashSet<>();
    Endian endian = null;
    for (JsonNode f : node) {
      if (!f.path(0).isTextual() || !names.add(f.path(0).textValue())) {
        throw new IllegalArgumentException("record with a nameless or doubled field: " + f);
      }
      Stored s = read(f.path(1));
      if (!s.type.isFixedSize()) {
        throw new IllegalArgumentException("record field of varying size: " + f);
      }
      if (s.endian != null && endian != null && s.endian != endian) {
        throw new IllegalArgumentException("record of mixed byte order is not supported: " + node);
      }
      endian = s.endian == null ? endian : s.endian;
      fields.add(
          new Field(f.path(0).textValue(), s.type, f.size() > 2 ? shape(f.path(2)) : Shape.of()));
    }
    return new Stored(new Struct(fields), endian, 0);
  }

  private static Shape shape(JsonNode node) {
    if (node.isIntegralNumber()) {
      return Shape.of(node.longValue());
    }
    return MetadataReader.shape("shape of a record's field", node);
  }

  private static Stored simple(String text) {
    if (text.equals("|O")) {
      return new Stored(new Text(), null, 0);
    }
    Matcher m = SIMPLE.matcher(text);
    if (!m.matches()) {
      throw new IllegalArgumentException("dtype " + text + " is not supported");
    }
    Endian endian = m.group(1).equals(">") ? Endian.BIG : Endian.LITTLE;
    int length = Integer.parseInt(m.group(3));
    Primitive p = PRIMITIVES.get(m.group(2) + m.group(3));
    if (p != null) {
      return new Stored(p, p.componentSize() == 1 ? null : endian, 0);
    }
    if (length < 1) {
      throw new IllegalArgumentException("dtype " + text + " has no size");
    }
    return switch (m.group(2)) {
      case "S" -> new Stored(new FixedText(length), null, 0);
      case "V" -> new Stored(new Opaque(length), null, 0);
      case "U" -> new Stored(new Text(), endian, length);
      default -> throw new IllegalArgumentException("dtype " + text + " is not supported");
    };
  }
}
