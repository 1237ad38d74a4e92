package org.cornerturn.table;

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

  /** Whole numbers, dates, moments. */
  record Whole(long[] values, BitSet nulls) implements ColumnValues {
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
      return nulls.get(row) ? null : (Object) values[row];
    }

    @Override
    public long bytes() {
      return 64 + 8L * values.length + nulls.size() / 8;
    }
  }

  /**
   * Floating-point numbers.
   *
   * @param single whether they are of single precision in the table
   */
  record Real(double[] values, BitSet nulls, boolean single) implements ColumnValues {
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
      return 64 + 8L * values.length + nulls.size() / 8;
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
