package org.cornerturn.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.cornerturn.array.DataType;
import org.cornerturn.array.DataType.Field;
import org.cornerturn.array.DataType.FixedText;
import org.cornerturn.array.DataType.Opaque;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.DataType.Sequence;
import org.cornerturn.array.DataType.Struct;
import org.cornerturn.array.DataType.Text;
import org.cornerturn.array.Shape;

/**
 * Data types in Zarr v3 metadata: the core types and the registered extensions {@code string},
 * {@code bytes}, {@code struct}; for reading also {@code fixed_length_utf32} and what zarr-python
 * writes without a registration.
 */
final class TypesV3 {
  private static final String NULL_TERMINATED = "null_terminated_bytes";
  private static final String LENGTH = "length_bytes";
  static final String UTF32 = "fixed_length_utf32";

  private TypesV3() {}

  static JsonNode write(DataType type) {
    if (type instanceof Primitive p) {
      return TextNode.valueOf(p.name().toLowerCase(Locale.ROOT));
    }
    if (type instanceof Text) {
      return TextNode.valueOf("string");
    }
    if (type instanceof Sequence) {
      return TextNode.valueOf("bytes");
    }
    if (type instanceof Opaque o) {
      return TextNode.valueOf("r" + 8L * o.length());
    }
    ObjectNode node = Json.object();
    if (type instanceof FixedText t) {
      node.put("name", NULL_TERMINATED);
      node.putObject("configuration").put(LENGTH, t.length());
      return node;
    }
    Struct struct = (Struct) type;
    node.put("name", "struct");
    ArrayNode fields = node.putObject("configuration").putArray("fields");
    for (Field f : struct.fields()) {
      if (f.shape().rank() > 0) {
        throw new IllegalArgumentException(
            "Zarr v3 records hold no arrays: field " + f.name() + " " + f.shape());
      }
      ObjectNode field = fields.addObject();
      field.put("name", f.name());
      field.set("data_type", write(f.type()));
    }
    return node;
  }

  /** The type; for {@link #UTF32} the text that it becomes. */
  static DataType read(JsonNode node) {
    if (node.isTextual()) {
      return named(node.textValue());
    }
    String name = node.path("name").asText();
    JsonNode configuration = node.path("configuration");
    return switch (name) {
      case "struct", "structured" -> struct(configuration.path("fields"));
      case NULL_TERMINATED -> new FixedText(length(configuration));
      case "raw_bytes" -> new Opaque(length(configuration));
      case UTF32 -> new Text();
      default -> named(name);
    };
  }

  static int length(JsonNode configuration) {
    JsonNode n = configuration.path(LENGTH);
    if (!n.isInt() || n.intValue() < 1) {
      throw new IllegalArgumentException("data type has no usable " + LENGTH);
    }
    return n.intValue();
  }

  private static DataType named(String name) {
    switch (name) {
      case "string":
        return new Text();
      case "bytes", "variable_length_bytes":
        return new Sequence(Primitive.UINT8);
      default:
    }
    for (Primitive p : Primitive.values()) {
      if (p.name().toLowerCase(Locale.ROOT).equals(name)) {
        return p;
      }
    }
    if (name.matches("r[1-9][0-9]{0,9}")) {
      long bits = Long.parseLong(name.substring(1));
      if (bits % 8 == 0) {
        return new Opaque(Math.toIntExact(bits / 8));
      }
    }
    throw new IllegalArgumentException("data type " + name + " is not supported");
  }

  private static DataType struct(JsonNode fields) {
    List<Field> list = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (JsonNode f : fields) {
      // The older `structured` has [name, type] pairs.
      JsonNode name = f.isArray() ? f.path(0) : f.path("name");
      JsonNode type = f.isArray() ? f.path(1) : f.path("data_type");
      if (!name.isTextual() || name.textValue().isEmpty() || !names.add(name.textValue())) {
        throw new IllegalArgumentException("record with a nameless or doubled field: " + f);
      }
      DataType element = read(type);
      if (!element.isFixedSize()) {
        throw new IllegalArgumentException("record field of varying size: " + f);
      }
      list.add(new Field(name.textValue(), element, Shape.of()));
    }
    if (list.isEmpty()) {
      throw new IllegalArgumentException("record without fields");
    }
    return new Struct(list);
  }
}
