package org.cornerturn.table;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;

/**
 * Values of one column of some rows, decoded. Immutable.
 *
 * <p>Plain values are {@code Boolean}, {@code Long} (whole numbers; days and microseconds since
 * 1970 for dates and moments), {@code Float}, {@code Double}, {@code BigDecimal}, {@code String},
 * {@code byte[]}, {@code List} for arrays, {@code Object[]} for structs, {@code Map} for maps,
 * null.
 */
public interface ColumnValues {
  int size();

  boolean isNull(int row);

  /** A plain value, null where there is none. */
  Object value(int row);

  /** About how much memory they take, bytes. */
  long bytes();

  /**
   * Whether any of {@link Zones#ROWS} rows may meet a condition; true where that is not known.
   *
   * @param zone rows from {@code zone * Zones.ROWS}
   */
  default boolean mayHold(int zone, Condition condition) {
    return true;
  }

  /** Whole numbers, dates, moments. */
  record Whole(PackedNumbers values, BitSet nulls, Zones zones) implements ColumnValues {
    Whole(PackedNumbers values, BitSet nulls) {
      this(values, nulls, Zones.of(values, nulls));
    }

    @Override
    public boolean mayHold(int zone, Condition condition) {
      return zones.mayHold(zone, condition, size());
    }

    @Override
    public int size() {
      return values.size();
    }

    @Override
    public boolean isNull(int row) {
      return nulls.get(row);
    }

    @Override
    public Object value(int row) {
      return nulls.get(row) ? null : (Object) values.at(row);
    }

    @Override
    public long bytes() {
      return 64 + values.bytes() + nulls.size() / 8 + zones.bytes();
    }
  }

  /**
   * Texts of which there are few different ones.
   *
   * @param codes of each row: index in the texts, 0 for null
   * @param texts the first is null
   */
  record FewTexts(PackedNumbers codes, String[] texts, long bytes) implements ColumnValues {
    @Override
    public int size() {
      return codes.size();
    }

    @Override
    public boolean isNull(int row) {
      return codes.at(row) == 0;
    }

    @Override
    public Object value(int row) {
      return texts[(int) codes.at(row)];
    }
  }

  /**
   * Texts one after the other in UTF-8, a quarter of what strings take.
   *
   * @param ends of each row's text in the bytes
   */
  record ManyTexts(byte[] utf8, int[] ends, BitSet nulls) implements ColumnValues {
    @Override
    public int size() {
      return ends.length;
    }

    @Override
    public boolean isNull(int row) {
      return nulls.get(row);
    }

    @Override
    public Object value(int row) {
      int start = row == 0 ? 0 : ends[row - 1];
      return nulls.get(row)
          ? null
          : new String(utf8, start, ends[row] - start, StandardCharsets.UTF_8);
    }

    @Override
    public long bytes() {
      return 96 + utf8.length + 4L * ends.length + nulls.size() / 8;
    }
  }

  /**
   * Floating-point numbers.
   *
   * @param single whether they are of single precision in the table
   */
  record Real(double[] values, BitSet nulls, boolean single, Zones zones) implements ColumnValues {
    Real(double[] values, BitSet nulls, boolean single) {
      this(values, nulls, single, Zones.of(values, nulls));
    }

    @Override
    public boolean mayHold(int zone, Condition condition) {
      return zones.mayHold(zone, condition, size());
    }

    @Override
    public int size() {
      return values.length;
    }

    @Override
    public boolean isNull(int row) {
      return nulls.get(row);
    }

    @Override
    public Object value(int row) {
      if (nulls.get(row)) {
        return null;
      }
      // Two branches, not a conditional expression, which would make a double of the float.
      if (single) {
        return (float) values[row];
      }
      return values[row];
    }

    @Override
    public long bytes() {
      return 64 + 8L * values.length + nulls.size() / 8 + zones.bytes();
    }
  }

  /** All else: plain values, or null. */
  record Other(Object[] values, long bytes) implements ColumnValues {
    @Override
    public int size() {
      return values.length;
    }

    @Override
    public boolean isNull(int row) {
      return values[row] == null;
    }

    @Override
    public Object value(int row) {
      return values[row];
    }
  }
}
