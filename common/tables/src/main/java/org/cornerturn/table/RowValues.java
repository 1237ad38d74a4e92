package org.cornerturn.table;

import io.delta.kernel.data.ArrayValue;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.MapValue;
import io.delta.kernel.data.Row;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.BinaryType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FloatType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns Kernel's rows into the plain values of {@link ValuesVector}. */
final class RowValues {
  private RowValues() {}

  static Object[] of(Row row) {
    StructType schema = row.getSchema();
    Object[] values = new Object[schema.length()];
    for (int i = 0; i < values.length; i++) {
      DataType type = schema.at(i).getDataType();
      if (row.isNullAt(i)) {
        continue;
      }
      if (type instanceof StringType) {
        values[i] = row.getString(i);
      } else if (type instanceof LongType || type instanceof TimestampType) {
        values[i] = row.getLong(i);
      } else if (type instanceof DoubleType) {
        values[i] = row.getDouble(i);
      } else if (type instanceof ArrayType array) {
        values[i] = list(row.getArray(i), array.getElementType());
      } else if (type instanceof MapType map) {
        values[i] = map(row.getMap(i), map);
      } else {
        throw new IllegalArgumentException("a column of type " + type);
      }
    }
    return values;
  }

  private static List<Object> list(ArrayValue array, DataType type) {
    List<Object> values = new ArrayList<>(array.getSize());
    ColumnVector elements = array.getElements();
    for (int i = 0; i < array.getSize(); i++) {
      values.add(element(elements, type, i));
    }
    return values;
  }

  private static Map<Object, Object> map(MapValue map, MapType type) {
    Map<Object, Object> values = new LinkedHashMap<>();
    ColumnVector keys = map.getKeys();
    ColumnVector of = map.getValues();
    for (int i = 0; i < map.getSize(); i++) {
      values.put(element(keys, type.getKeyType(), i), element(of, type.getValueType(), i));
    }
    return values;
  }

  /** The plain value of a row of a column, of any type; see {@link ColumnValues}. */
  static Object element(ColumnVector vector, DataType type, int i) {
    if (vector.isNullAt(i)) {
      return null;
    }
    if (type instanceof StringType) {
      return vector.getString(i);
    }
    if (ColumnBuilder.isWhole(type)) {
      return ColumnBuilder.whole(vector, type, i);
    }
    if (type instanceof DoubleType) {
      return vector.getDouble(i);
    }
    if (type instanceof FloatType) {
      return vector.getFloat(i);
    }
    if (type instanceof BooleanType) {
      return vector.getBoolean(i);
    }
    if (type instanceof DecimalType) {
      return vector.getDecimal(i);
    }
    if (type instanceof BinaryType) {
      return vector.getBinary(i);
    }
    if (type instanceof ArrayType array) {
      return list(vector.getArray(i), array.getElementType());
    }
    if (type instanceof MapType map) {
      return map(vector.getMap(i), map);
    }
    if (type instanceof StructType struct) {
      Object[] values = new Object[struct.length()];
      for (int c = 0; c < values.length; c++) {
        values[c] = element(vector.getChild(c), struct.at(c).getDataType(), i);
      }
      return values;
    }
    throw new IllegalArgumentException("a column of type " + type);
  }

  /** About how much memory a plain value takes, bytes. */
  static long bytes(Object value) {
    if (value == null) {
      return 0;
    }
    if (value instanceof String text) {
      return 56L + text.length();
    }
    if (value instanceof byte[] bytes) {
      return 16L + bytes.length;
    }
    long sum = 24;
    if (value instanceof List<?> list) {
      for (Object o : list) {
        sum += 8 + bytes(o);
      }
    } else if (value instanceof Object[] struct) {
      for (Object o : struct) {
        sum += 8 + bytes(o);
      }
    } else if (value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> e : map.entrySet()) {
        sum += 48 + bytes(e.getKey()) + bytes(e.getValue());
      }
    }
    return sum;
  }
}
