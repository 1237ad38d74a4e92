package org.cornerturn.table;

import io.delta.kernel.data.ArrayValue;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.MapValue;
import io.delta.kernel.defaults.internal.data.DefaultColumnarBatch;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.StructType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A column of plain values, as {@link ColumnValues} has them. */
record ValuesVector(DataType type, List<?> values) implements ColumnVector {
  /** One column of rows. */
  static ValuesVector column(StructType schema, List<Object[]> rows, int ordinal) {
    return new ValuesVector(
        schema.at(ordinal).getDataType(),
        rows.stream().map(r -> r == null ? null : r[ordinal]).toList());
  }

  /** All columns of rows. */
  static ColumnarBatch batch(StructType schema, List<Object[]> rows) {
    ColumnVector[] columns =
        IntStream.range(0, schema.length())
            .mapToObj(i -> column(schema, rows, i))
            .toArray(ColumnVector[]::new);
    return new DefaultColumnarBatch(rows.size(), schema, columns);
  }

  @Override
  public DataType getDataType() {
    return type;
  }

  @Override
  public int getSize() {
    return values.size();
  }

  @Override
  public void close() {}

  @Override
  public boolean isNullAt(int row) {
    return values.get(row) == null;
  }

  @Override
  public String getString(int row) {
    return (String) values.get(row);
  }

  @Override
  public long getLong(int row) {
    return (Long) values.get(row);
  }

  @Override
  public double getDouble(int row) {
    return (Double) values.get(row);
  }

  @Override
  public boolean getBoolean(int row) {
    return (Boolean) values.get(row);
  }

  @Override
  public byte getByte(int row) {
    return (byte) getLong(row);
  }

  @Override
  public short getShort(int row) {
    return (short) getLong(row);
  }

  @Override
  public int getInt(int row) {
    return (int) getLong(row);
  }

  @Override
  public float getFloat(int row) {
    return (Float) values.get(row);
  }

  @Override
  public BigDecimal getDecimal(int row) {
    return (BigDecimal) values.get(row);
  }

  @Override
  public byte[] getBinary(int row) {
    return (byte[]) values.get(row);
  }

  @Override
  public ArrayValue getArray(int row) {
    ColumnVector elements = elements(values.get(row));
    return new ArrayValue() {
      @Override
      public int getSize() {
        return elements.getSize();
      }

      @Override
      public ColumnVector getElements() {
        return elements;
      }
    };
  }

  private ColumnVector elements(Object list) {
    if (list instanceof double[] reals) {
      return new DoublesVector(reals);
    } else if (list instanceof long[] counts) {
      return new LongsVector(counts);
    }
    return new ValuesVector(((ArrayType) type).getElementType(), (List<?>) list);
  }

  @Override
  public MapValue getMap(int row) {
    Map<?, ?> map = (Map<?, ?>) values.get(row);
    MapType of = (MapType) type;
    // One copy, so that keys and values are in the same order.
    List<Map.Entry<?, ?>> entries = new ArrayList<>(map.entrySet());
    return new MapValue() {
      @Override
      public int getSize() {
        return entries.size();
      }

      @Override
      public ColumnVector getKeys() {
        return new ValuesVector(of.getKeyType(), entries.stream().map(Map.Entry::getKey).toList());
      }

      @Override
      public ColumnVector getValues() {
        List<Object> all = new ArrayList<>();
        entries.forEach(e -> all.add(e.getValue()));
        return new ValuesVector(of.getValueType(), all);
      }
    };
  }

  @Override
  public ColumnVector getChild(int ordinal) {
    StructType struct = (StructType) type;
    return new ValuesVector(
        struct.at(ordinal).getDataType(),
        values.stream().map(v -> v == null ? null : ((Object[]) v)[ordinal]).toList());
  }
}
