package org.cornerturn.table;

import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.BinaryType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.StructType;
import java.util.Comparator;

/**
 * An order of rows by a column: rows without a value come last, equal ones stay in the source's
 * order.
 */
public record RowOrder(String column, boolean descending) {
  /**
   * Reads {@code COLUMN}, or {@code -COLUMN} for the largest first.
   *
   * @throws IllegalArgumentException that says what is wrong
   */
  public static RowOrder parse(String text, StructType schema) {
    boolean descending = text.startsWith("-") && schema.indexOf(text) < 0;
    String column = descending ? text.substring(1) : text;
    if (schema.indexOf(column) < 0) {
      throw new IllegalArgumentException(
          "there is no column '" + column + "' among " + String.join(", ", schema.fieldNames()));
    }
    DataType type = schema.get(column).getDataType();
    if (type instanceof ArrayType
        || type instanceof MapType
        || type instanceof StructType
        || type instanceof BinaryType) {
      throw new IllegalArgumentException("rows can't be ordered by '" + column + "': " + type);
    }
    return new RowOrder(column, descending);
  }

  /** A position's key as text, null for none; {@link #position} reads it. */
  public static String keyText(RowPosition position) {
    return position.key() == null ? null : position.key().toString();
  }

  /**
   * The position of a row in this order.
   *
   * @param key see {@link #keyText}
   * @throws IllegalArgumentException when the key is none of the column's
   */
  public RowPosition position(String key, int part, long row, StructType schema) {
    return new RowPosition(key == null ? null : key(key, schema), part, row);
  }

  private Object key(String text, StructType schema) {
    DataType type = schema.get(column).getDataType();
    return ColumnBuilder.isWhole(type)
        ? (Object) Long.parseLong(text)
        : PlainText.parse(text, type, column);
  }

  /** What comes first is less. */
  Comparator<RowPosition> comparator() {
    return (a, b) -> {
      int byKey = keys(a.key(), b.key());
      if (byKey != 0) {
        return byKey;
      }
      int byPart = Integer.compare(a.part(), b.part());
      return byPart != 0 ? byPart : Long.compare(a.row(), b.row());
    };
  }

  int keys(Object a, Object b) {
    if (a == null || b == null) {
      return a == b ? 0 : a == null ? 1 : -1;
    }
    int sign = PlainText.compare(a, b);
    return descending ? -sign : sign;
  }
}
