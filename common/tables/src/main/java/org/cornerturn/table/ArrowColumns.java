package org.cornerturn.table;

import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.BinaryType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FloatType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** The nodes and buffers of a record batch, in the order that the format asks for. */
final class ArrowColumns {
  private static final int DECIMAL_BYTES = 16;

  private final List<ArrowMessages.Node> nodes = new ArrayList<>();
  private final List<byte[]> buffers = new ArrayList<>();

  List<ArrowMessages.Node> nodes() {
    return nodes;
  }

  List<byte[]> buffers() {
    return buffers;
  }

  /** Adds a column and what is nested in it. */
  void add(DataType type, List<?> values) {
    long nulls = values.stream().filter(Objects::isNull).count();
    nodes.add(new ArrowMessages.Node(values.size(), nulls));
    buffers.add(nulls == 0 ? new byte[0] : bits(values, Objects::nonNull));
    if (type instanceof BooleanType) {
      buffers.add(bits(values, v -> v != null && (Boolean) v));
    } else if (type instanceof StringType) {
      bytes(values, v -> ((String) v).getBytes(StandardCharsets.UTF_8));
    } else if (type instanceof BinaryType) {
      bytes(values, v -> (byte[]) v);
    } else if (type instanceof ArrayType array) {
      List<Object> elements = new ArrayList<>();
      values.forEach(v -> elements.addAll(v == null ? List.of() : (List<?>) v));
      offsets(values, v -> ((List<?>) v).size());
      add(array.getElementType(), elements);
    } else if (type instanceof MapType map) {
      addMap(map, values);
    } else if (type instanceof StructType struct) {
      for (int i = 0; i < struct.length(); i++) {
        int member = i;
        add(struct.at(i).getDataType(), members(values, v -> ((Object[]) v)[member]));
      }
    } else {
      buffers.add(fixed(type, values));
    }
  }

  private void addMap(MapType map, List<?> values) {
    List<Object> keys = new ArrayList<>();
    List<Object> of = new ArrayList<>();
    for (Object v : values) {
      if (v != null) {
        ((Map<?, ?>) v)
            .forEach(
                (key, value) -> {
                  keys.add(key);
                  of.add(value);
                });
      }
    }
    offsets(values, v -> ((Map<?, ?>) v).size());
    nodes.add(new ArrowMessages.Node(keys.size(), 0)); // The entries: structs that are never null.
    buffers.add(new byte[0]);
    add(map.getKeyType(), keys);
    add(map.getValueType(), of);
  }

  private static List<Object> members(List<?> structs, Function<Object, Object> member) {
    List<Object> all = new ArrayList<>(structs.size());
    structs.forEach(s -> all.add(s == null ? null : member.apply(s)));
    return all;
  }

  private static byte[] bits(List<?> values, Function<Object, Boolean> set) {
    byte[] bits = new byte[(values.size() + 7) / 8];
    for (int i = 0; i < values.size(); i++) {
      if (set.apply(values.get(i))) {
        bits[i / 8] |= (byte) (1 << i % 8);
      }
    }
    return bits;
  }

  private static ByteBuffer buffer(long bytes) {
    return ByteBuffer.allocate(Math.toIntExact(bytes)).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void offsets(List<?> values, Function<Object, Integer> length) {
    ByteBuffer offsets = buffer(4L * (values.size() + 1));
    int at = 0;
    offsets.putInt(at);
    for (Object v : values) {
      at = Math.addExact(at, v == null ? 0 : length.apply(v));
      offsets.putInt(at);
    }
    buffers.add(offsets.array());
  }

  private void bytes(List<?> values, Function<Object, byte[]> encode) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    ByteBuffer offsets = buffer(4L * (values.size() + 1));
    offsets.putInt(0);
    for (Object v : values) {
      if (v != null) {
        all.writeBytes(encode.apply(v));
      }
      offsets.putInt(all.size());
    }
    buffers.add(offsets.array());
    buffers.add(all.toByteArray());
  }

  private static byte[] fixed(DataType type, List<?> values) {
    int width = ArrowTypes.width(type);
    ByteBuffer target = buffer((long) width * values.size());
    for (int i = 0; i < values.size(); i++) {
      Object v = values.get(i);
      if (v != null) {
        put(target.position(i * width), v, type, width);
      }
    }
    return target.array();
  }

  private static void put(ByteBuffer target, Object value, DataType type, int width) {
    if (type instanceof FloatType) {
      target.putFloat((Float) value);
    } else if (type instanceof DoubleType) {
      target.putDouble((Double) value);
    } else if (type instanceof DecimalType decimal) {
      // Exact: the values have the column's scale or less.
      byte[] big =
          ((BigDecimal) value)
              .setScale(decimal.getScale(), RoundingMode.UNNECESSARY)
              .unscaledValue()
              .toByteArray();
      for (int i = 0; i < DECIMAL_BYTES; i++) {
        int from = big.length - 1 - i;
        target.put(from >= 0 ? big[from] : (byte) (big[0] < 0 ? -1 : 0));
      }
    } else {
      long whole = (Long) value;
      for (int i = 0; i < width; i++) {
        target.put((byte) (whole >> 8 * i));
      }
    }
  }
}
