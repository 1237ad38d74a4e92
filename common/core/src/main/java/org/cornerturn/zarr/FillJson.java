package org.cornerturn.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.cornerturn.array.DataType;
import org.cornerturn.array.DataType.Field;
import org.cornerturn.array.DataType.FixedText;
import org.cornerturn.array.DataType.Opaque;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.DataType.Sequence;
import org.cornerturn.array.DataType.Struct;
import org.cornerturn.array.DataType.Text;

/**
 * Fill values in metadata (Zarr v3 core, "fill value"; the {@code struct} extension; Zarr v2, "fill
 * value encoding"). Faults are {@link IllegalArgumentException}s, which the caller names.
 */
final class FillJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private FillJson() {}

  static JsonNode write(ZarrFormat format, DataType type, FillValue fill) {
    if (format == ZarrFormat.V2 && !fill.isStated()) {
      return NODES.nullNode();
    }
    byte[] bytes = fill.bytes();
    if (type instanceof Primitive p) {
      return number(format, p, ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    }
    if (type instanceof Text) {
      return TextNode.valueOf(new String(bytes, StandardCharsets.UTF_8));
    }
    if (format == ZarrFormat.V2) {
      return type instanceof Sequence
          ? NODES.nullNode()
          : TextNode.valueOf(Base64.getEncoder().encodeToString(bytes));
    }
    if (type instanceof FixedText) {
      return TextNode.valueOf(Base64.getEncoder().encodeToString(bytes));
    }
    if (type instanceof Struct s) {
      ObjectNode o = Json.object();
      int at = 0;
      for (Field f : s.fields()) {
        byte[] part = Arrays.copyOfRange(bytes, at, at + f.byteSize());
        o.set(f.name(), write(format, f.type(), FillValue.of(f.type(), part)));
        at += f.byteSize();
      }
      return o;
    }
    ArrayNode a = Json.array();
    for (byte b : bytes) {
      a.add(b & 0xFF);
    }
    return a;
  }

  private static JsonNode number(ZarrFormat format, Primitive type, ByteBuffer b) {
    return switch (type) {
      case BOOL -> BooleanNode.valueOf(b.get() != 0);
      case INT8 -> NODES.numberNode((int) b.get());
      case INT16 -> NODES.numberNode((int) b.getShort());
      case INT32 -> NODES.numberNode(b.getInt());
      case INT64 -> NODES.numberNode(b.getLong());
      case UINT8 -> NODES.numberNode(b.get() & 0xFF);
      case UINT16 -> NODES.numberNode(b.getShort() & 0xFFFF);
      case UINT32 -> NODES.numberNode(b.getInt() & 0xFFFFFFFFL);
      case UINT64 -> unsigned(b.getLong());
      case FLOAT16 -> {
        short bits = b.getShort();
        double value = Half.toDouble(bits);
        yield Double.isNaN(value)
            ? nan(format, bits == 0x7e00, bits & 0xFFFFL, Short.BYTES)
            : finite(value, NODES.numberNode((float) value));
      }
      case FLOAT32 -> {
        int bits = b.getInt();
        float value = Float.intBitsToFloat(bits);
        yield Float.isNaN(value)
            ? nan(format, bits == 0x7fc00000, bits & 0xFFFFFFFFL, Integer.BYTES)
            : finite(value, NODES.numberNode(value));
      }
      case FLOAT64 -> {
        long bits = b.getLong();
        double value = Double.longBitsToDouble(bits);
        yield Double.isNaN(value)
            ? nan(format, bits == 0x7ff8000000000000L, bits, Long.BYTES)
            : finite(value, NODES.numberNode(value));
      }
      case COMPLEX64 ->
          Json.array()
              .add(number(format, Primitive.FLOAT32, b))
              .add(number(format, Primitive.FLOAT32, b));
      case COMPLEX128 ->
          Json.array()
              .add(number(format, Primitive.FLOAT64, b))
              .add(number(format, Primitive.FLOAT64, b));
    };
  }

  private static JsonNode unsigned(long bits) {
    return bits >= 0
        ? NODES.numberNode(bits)
        : NODES.numberNode(new BigInteger(Long.toUnsignedString(bits)));
  }

  private static JsonNode finite(double value, JsonNode number) {
    return Double.isInfinite(value)
        ? TextNode.valueOf(value > 0 ? "Infinity" : "-Infinity")
        : number;
  }

  /** Zarr v2 has one NaN; v3 writes any but the usual one by its bits. */
  private static JsonNode nan(ZarrFormat format, boolean usual, long bits, int size) {
    return TextNode.valueOf(
        usual || format == ZarrFormat.V2
            ? "NaN"
            : "0x" + HexFormat.of().toHexDigits(bits, 2 * size));
  }

  static FillValue read(ZarrFormat format, DataType type, JsonNode node) {
    if (format == ZarrFormat.V2 && (node.isNull() || node.isMissingNode())) {
      return type instanceof Sequence ? FillValue.zero(type) : FillValue.unstated(type);
    }
    if (format == ZarrFormat.V2 && !type.isFixedSize() && node.isNumber()) {
      // Python's default for elements of varying size, which means nothing.
      return FillValue.zero(type);
    }
    if (type instanceof Text) {
      return node.isTextual()
          ? FillValue.of(type, node.textValue().getBytes(StandardCharsets.UTF_8))
          : fault(type, node);
    }
    if (type instanceof Sequence) {
      return FillValue.of(type, opaque(type, node));
    }
    return FillValue.of(type, fixed(format, type, node));
  }

  private static byte[] fixed(ZarrFormat format, DataType type, JsonNode node) {
    ByteBuffer out = ByteBuffer.allocate(type.itemSize()).order(ByteOrder.LITTLE_ENDIAN);
    if (type instanceof Primitive p) {
      put(p, node, out);
    } else if (type instanceof Struct s && node.isObject()) {
      for (Field f : s.fields()) {
        JsonNode member = node.get(f.name());
        if (member == null || f.shape().rank() > 0) {
          return fault(type, node);
        }
        out.put(fixed(format, f.type(), member));
      }
    } else {
      byte[] bytes = opaque(type, node);
      if (bytes.length > out.capacity()
          || bytes.length < out.capacity() && !(type instanceof FixedText || bytes.length == 0)) {
        return fault(type, node);
      }
      out.put(bytes);
    }
    return out.array();
  }

  /** Base64 text, or one integer per byte. */
  private static byte[] opaque(DataType type, JsonNode node) {
    if (node.isTextual()) {
      return Base64.getDecoder().decode(node.textValue());
    }
    if (node.isNumber()
        && node.asInt() == 0
        && (type instanceof Opaque || type instanceof Struct)) {
      return new byte[0];
    }
    if (!(node instanceof ArrayNode a)) {
      return fault(type, node);
    }
    byte[] bytes = new byte[a.size()];
    for (int i = 0; i < bytes.length; i++) {
      if (!a.get(i).isInt() || (a.get(i).intValue() & ~0xFF) != 0) {
        return fault(type, node);
      }
      bytes[i] = (byte) a.get(i).intValue();
    }
    return bytes;
  }

  private static void put(Primitive type, JsonNode node, ByteBuffer out) {
    switch (type) {
      case BOOL -> out.put((byte) (bool(node) ? 1 : 0));
      case INT8, UINT8 -> out.put((byte) integer(type, node));
      case INT16, UINT16 -> out.putShort((short) integer(type, node));
      case INT32, UINT32 -> out.putInt((int) integer(type, node));
      case INT64, UINT64 -> out.putLong(integer(type, node));
      case FLOAT16 -> {
        if (isHex(node)) {
          out.putShort((short) hex(node, Short.BYTES));
        } else {
          out.putShort(Half.of(real(type, node)));
        }
      }
      case FLOAT32 -> {
        if (isHex(node)) {
          out.putInt((int) hex(node, Integer.BYTES));
        } else {
          out.putFloat((float) real(type, node));
        }
      }
      case FLOAT64 -> {
        if (isHex(node)) {
          out.putLong(hex(node, Long.BYTES));
        } else {
          out.putDouble(real(type, node));
        }
      }
      case COMPLEX64, COMPLEX128 -> {
        Primitive part = type == Primitive.COMPLEX64 ? Primitive.FLOAT32 : Primitive.FLOAT64;
        if (node.isNumber()) {
          put(part, node, out);
        } else if (node.isArray() && node.size() == 2) {
          put(part, node.get(0), out);
          put(part, node.get(1), out);
        } else {
          fault(type, node);
        }
      }
    }
  }

  private static boolean bool(JsonNode node) {
    if (node.isBoolean()) {
      return node.booleanValue();
    }
    return integer(Primitive.UINT8, node) != 0;
  }

  private static long integer(Primitive type, JsonNode node) {
    BigInteger value;
    if (node.isIntegralNumber()) {
      value = node.bigIntegerValue();
    } else if (node.isNumber()
        && node.doubleValue() == Math.rint(node.doubleValue())
        && Math.abs(node.doubleValue()) < 0x1p63) {
      value = BigInteger.valueOf((long) node.doubleValue());
    } else {
      return fault(type, node);
    }
    int bits = 8 * type.itemSize();
    boolean fits =
        type.isUnsigned()
            ? value.signum() >= 0 && value.bitLength() <= bits
            : value.bitLength() < bits;
    return fits ? value.longValue() : fault(type, node);
  }

  private static double real(Primitive type, JsonNode node) {
    if (node.isNumber()) {
      return node.doubleValue();
    }
    return switch (node.asText()) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> fault(type, node);
    };
  }

  private static boolean isHex(JsonNode node) {
    return node.isTextual() && node.textValue().startsWith("0x");
  }

  private static long hex(JsonNode node, int size) {
    String digits = node.textValue().substring(2);
    if (digits.length() != 2 * size) {
      throw new IllegalArgumentException(
          "fill value " + node + " should have " + 2 * size + " hexadecimal digits");
    }
    return HexFormat.fromHexDigitsToLong(digits);
  }

  private static <T> T fault(DataType type, JsonNode node) {
    throw new IllegalArgumentException("fill value " + node + " doesn't suit " + type);
  }
}
