package org.cornerturn.table;

import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.types.ByteType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FloatType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.ShortType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.TimestampNTZType;
import io.delta.kernel.types.TimestampType;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the values of one column from Kernel's batches. */
abstract class ColumnBuilder {
  private static final int ROOM = 1024;

  private final BitSet nulls = new BitSet();
  private int room = ROOM;
  private int size;

  static ColumnBuilder of(DataType type) {
    if (isWhole(type)) {
      return new Wholes(type);
    }
    if (type instanceof FloatType || type instanceof DoubleType) {
      return new Reals(type instanceof FloatType);
    }
    return type instanceof StringType ? new Texts() : new Others(type);
  }

  /** Whether values of a type are whole numbers: dates and moments are, too. */
  static boolean isWhole(DataType type) {
    return type instanceof LongType
        || type instanceof IntegerType
        || type instanceof ShortType
        || type instanceof ByteType
        || type instanceof DateType
        || type instanceof TimestampType
        || type instanceof TimestampNTZType;
  }

  final void add(ColumnVector vector, int row) {
    if (size == room) {
      room = Math.multiplyExact(size, 2);
      grow(room);
    }
    if (vector.isNullAt(row)) {
      nulls.set(size);
      putNull(size);
    } else {
      put(vector, row, size);
    }
    size++;
  }

  final ColumnValues build() {
    return build(size, nulls);
  }

  /** Makes room for so many values. */
  abstract void grow(int values);

  /**
   * Takes a row's value, which is not null.
   *
   * @param at number of values before it
   */
  abstract void put(ColumnVector vector, int row, int at);

  void putNull(int at) {}

  abstract ColumnValues build(int size, BitSet nulls);

  /** A whole number of any width. */
  static long whole(ColumnVector vector, DataType type, int row) {
    if (type instanceof IntegerType || type instanceof DateType) {
      return vector.getInt(row);
    }
    if (type instanceof ShortType) {
      return vector.getShort(row);
    }
    return type instanceof ByteType ? vector.getByte(row) : vector.getLong(row);
  }

  private static final class Wholes extends ColumnBuilder {
    private final DataType type;
    private long[] values = new long[ROOM];

    Wholes(DataType type) {
      this.type = type;
    }

    @Override
    void grow(int room) {
      values = Arrays.copyOf(values, room);
    }

    @Override
    void put(ColumnVector vector, int row, int at) {
      values[at] = whole(vector, type, row);
    }

    @Override
    ColumnValues build(int size, BitSet nulls) {
      return new ColumnValues.Whole(PackedNumbers.of(values, size), nulls);
    }
  }

  private static final class Reals extends ColumnBuilder {
    private final boolean single;
    private double[] values = new double[ROOM];

    Reals(boolean single) {
      this.single = single;
    }

    @Override
    void grow(int room) {
      values = Arrays.copyOf(values, room);
    }

    @Override
    void put(ColumnVector vector, int row, int at) {
      values[at] = single ? vector.getFloat(row) : vector.getDouble(row);
    }

    @Override
    ColumnValues build(int size, BitSet nulls) {
      return new ColumnValues.Real(Arrays.copyOf(values, size), nulls, single);
    }
  }

  /** Counts texts that are equal as one, as long as there are few of them. */
  private static final class Texts extends ColumnBuilder {
    private static final int FEW = 4096;

    private final ByteArrayOutputStream utf8 = new ByteArrayOutputStream();
    private final Map<String, Integer> codes = new LinkedHashMap<>();
    private long[] ofRows = new long[ROOM];
    private int[] ends = new int[ROOM];
    private boolean few = true;

    @Override
    void grow(int room) {
      ofRows = Arrays.copyOf(ofRows, room);
      ends = Arrays.copyOf(ends, room);
    }

    @Override
    void put(ColumnVector vector, int row, int at) {
      String text = vector.getString(row);
      utf8.writeBytes(text.getBytes(StandardCharsets.UTF_8));
      ends[at] = utf8.size();
      if (few) {
        ofRows[at] = codes.computeIfAbsent(text, t -> codes.size() + 1);
        few = codes.size() < FEW;
      }
    }

    @Override
    void putNull(int at) {
      ends[at] = utf8.size();
    }

    @Override
    ColumnValues build(int size, BitSet nulls) {
      PackedNumbers packed = few ? PackedNumbers.of(ofRows, size) : null;
      long dictionary = 0;
      for (String t : codes.keySet()) {
        dictionary += RowValues.bytes(t);
      }
      if (few && packed.bytes() + dictionary < utf8.size() + 4L * size) {
        String[] texts = new String[codes.size() + 1];
        codes.forEach((text, code) -> texts[code] = text);
        return new ColumnValues.FewTexts(packed, texts, 96 + packed.bytes() + dictionary);
      }
      return new ColumnValues.ManyTexts(utf8.toByteArray(), Arrays.copyOf(ends, size), nulls);
    }
  }

  private static final class Others extends ColumnBuilder {
    private final DataType type;
    private Object[] values = new Object[ROOM];
    private long bytes;

    Others(DataType type) {
      this.type = type;
    }

    @Override
    void grow(int room) {
      values = Arrays.copyOf(values, room);
    }

    @Override
    void put(ColumnVector vector, int row, int at) {
      values[at] = RowValues.element(vector, type, row);
      bytes += RowValues.bytes(values[at]);
    }

    @Override
    ColumnValues build(int size, BitSet nulls) {
      return new ColumnValues.Other(Arrays.copyOf(values, size), 64 + 4L * size + bytes);
    }
  }

  /** Decoded columns of rows. */
  static ColumnValues[] build(List<ColumnBuilder> builders) {
    return builders.stream().map(ColumnBuilder::build).toArray(ColumnValues[]::new);
  }
}
