package org.cornerturn.hdf5;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.cornerturn.array.Block;
import org.cornerturn.array.DataType;
import org.cornerturn.array.DataType.Primitive;

/** Values as h5py's truth files write them. */
final class TruthValues {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final int SHOWN = 8;

  private TruthValues() {}

  /** The primitive type of a NumPy name; null for other types. */
  static Primitive primitive(String numpy) {
    return switch (numpy.replace(">", "").replace("|", "")) {
      case "bool" -> Primitive.BOOL;
      case "int8" -> Primitive.INT8;
      case "int16", "i2" -> Primitive.INT16;
      case "int32", "i4" -> Primitive.INT32;
      case "int64", "i8" -> Primitive.INT64;
      case "uint8" -> Primitive.UINT8;
      case "uint16", "u2" -> Primitive.UINT16;
      case "uint32", "u4" -> Primitive.UINT32;
      case "uint64", "u8" -> Primitive.UINT64;
      case "float16", "f2" -> Primitive.FLOAT16;
      case "float32", "f4" -> Primitive.FLOAT32;
      case "float64", "f8" -> Primitive.FLOAT64;
      case "complex64", "c8" -> Primitive.COMPLEX64;
      case "complex128", "c16" -> Primitive.COMPLEX128;
      default -> null;
    };
  }

  /** A block's elements as plain values. */
  static List<Object> flat(Block block, boolean json) {
    List<Object> out = new ArrayList<>();
    if (block.data() instanceof String[] texts) {
      for (String t : texts) {
        out.add(json ? parse(t) : t);
      }
    } else if (block.data() instanceof byte[][] sequences) {
      DataType element = ((DataType.Sequence) block.type()).element();
      for (byte[] s : sequences) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < s.length; i += element.itemSize()) {
          values.add(value(element, little(s), i));
        }
        out.add(values);
      }
    } else {
      ByteBuffer b = little(block.bytes());
      int size = block.type().itemSize();
      for (int i = 0; i < Math.min(b.capacity(), 64 * size); i += size) {
        out.add(value(block.type(), b, i));
      }
    }
    return out;
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static Object parse(String json) {
    try {
      return JSON.readValue(json, Object.class);
    } catch (IOException e) {
      throw new AssertionError("not JSON: " + json, e);
    }
  }

  private static Object value(DataType type, ByteBuffer b, int at) {
    if (type instanceof Primitive p) {
      return switch (p) {
        case BOOL -> b.get(at) != 0;
        case INT8 -> (long) b.get(at);
        case INT16 -> (long) b.getShort(at);
        case INT32 -> (long) b.getInt(at);
        case INT64 -> b.getLong(at);
        case UINT8 -> b.get(at) & 0xffL;
        case UINT16 -> b.getShort(at) & 0xffffL;
        case UINT32 -> b.getInt(at) & 0xffffffffL;
        case UINT64 -> new BigInteger(Long.toUnsignedString(b.getLong(at)));
        case FLOAT16 -> (double) half(b.getShort(at));
        case FLOAT32 -> (double) b.getFloat(at);
        case FLOAT64 -> b.getDouble(at);
        case COMPLEX64 -> List.of((double) b.getFloat(at), (double) b.getFloat(at + 4));
        case COMPLEX128 -> List.of(b.getDouble(at), b.getDouble(at + 8));
      };
    }
    if (type instanceof DataType.FixedText t) {
      byte[] bytes = new byte[t.length()];
      b.get(at, bytes);
      return TextBytes.decode(
          bytes, 0, FixedPlan.textLength(StoredType.Padding.NUL_PADDED, bytes, 0, bytes.length));
    }
    if (type instanceof DataType.Opaque) {
      return "opaque";
    }
    List<Object> fields = new ArrayList<>();
    int offset = at;
    for (DataType.Field f : ((DataType.Struct) type).fields()) {
      if (f.shape().rank() == 0) {
        fields.add(value(f.type(), b, offset));
      } else {
        int[] from = {offset};
        fields.add(nested(f, 0, b, from));
      }
      offset += f.byteSize();
    }
    return fields;
  }

  private static Object nested(DataType.Field f, int axis, ByteBuffer b, int[] at) {
    if (axis == f.shape().rank()) {
      Object v = value(f.type(), b, at[0]);
      at[0] += f.type().itemSize();
      return v;
    }
    List<Object> list = new ArrayList<>();
    for (long i = 0; i < f.shape().dim(axis); i++) {
      list.add(nested(f, axis + 1, b, at));
    }
    return list;
  }

  private static float half(short bits) {
    int exponent = bits >> 10 & 0x1f;
    int mantissa = bits & 0x3ff;
    float v =
        exponent == 31
            ? mantissa == 0 ? Float.POSITIVE_INFINITY : Float.NaN
            : exponent == 0
                ? Math.scalb((float) mantissa, -24)
                : Math.scalb((float) (mantissa | 0x400), exponent - 25);
    return bits < 0 ? -v : v;
  }

  /** Whether one of our values is the one that a truth file shows. */
  static boolean same(Object ours, JsonNode truth) {
    if (truth.isTextual() && truth.asText().equals("any")) {
      return ours != null;
    }
    if (truth.isTextual() && truth.asText().equals("ref")) {
      return ours instanceof String;
    }
    if (ours instanceof List<?> list) {
      return truth.isArray() && sameList(list, truth);
    }
    if (ours instanceof Map<?, ?> map) {
      return truth.isArray() && sameList(List.copyOf(map.values()), truth);
    }
    if (ours instanceof Boolean flag) {
      return truth.isBoolean() ? truth.asBoolean() == flag : truth.asLong() == (flag ? 1 : 0);
    }
    if (ours instanceof Double d) {
      return truth.isTextual()
          ? truth.asText().equalsIgnoreCase(d.toString().replace("Infinity", "inf"))
          : truth.isNumber() && truth.asDouble() == d;
    }
    if (ours instanceof Number n) {
      return truth.isNumber() && new BigInteger(n.toString()).equals(truth.bigIntegerValue());
    }
    return ours != null && truth.isTextual() && truth.asText().equals(ours);
  }

  /** The truth writes the first eight elements of an array, flat. */
  private static boolean sameList(List<?> list, JsonNode truth) {
    if (list.size() != truth.size()) {
      return list.size() > truth.size() && sameFlat(list, truth)
          || list.stream().anyMatch(List.class::isInstance) && sameFlat(list, truth);
    }
    boolean same = true;
    for (int i = 0; i < list.size(); i++) {
      same &= same(list.get(i), truth.get(i));
    }
    return same || list.stream().anyMatch(List.class::isInstance) && sameFlat(list, truth);
  }

  private static boolean sameFlat(List<?> list, JsonNode truth) {
    List<?> flat = (List<?>) flatten(list);
    return flat.size() >= truth.size()
        && (truth.size() == SHOWN || flat.size() == truth.size())
        && sameList(flat.subList(0, truth.size()), truth);
  }

  /** Lists within lists as one list of their elements. */
  static Object flatten(Object value) {
    if (!(value instanceof List<?> list)) {
      return value;
    }
    List<Object> out = new ArrayList<>();
    for (Object v : list) {
      Object f = flatten(v);
      if (v instanceof List<?>) {
        out.addAll((List<?>) f);
      } else {
        out.add(v);
      }
    }
    return out;
  }

  /** Python's {@code json.dumps} of a list of texts. */
  static String pythonDumps(List<Object> texts) {
    return texts.stream().map(t -> quote((String) t)).collect(Collectors.joining(", ", "[", "]"));
  }

  private static String quote(String t) {
    StringBuilder s = new StringBuilder("\"");
    for (char c : t.toCharArray()) {
      switch (c) {
        case '"' -> s.append("\\\"");
        case '\\' -> s.append("\\\\");
        case '\n' -> s.append("\\n");
        case '\r' -> s.append("\\r");
        case '\t' -> s.append("\\t");
        case '\b' -> s.append("\\b");
        case '\f' -> s.append("\\f");
        default -> s.append(c < 32 || c > 126 ? String.format("\\u%04x", (int) c) : c);
      }
    }
    return s.append('"').toString();
  }
}
