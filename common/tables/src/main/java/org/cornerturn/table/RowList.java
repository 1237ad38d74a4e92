package org.cornerturn.table;

import io.delta.kernel.types.StructType;
import java.util.List;

/**
 * Rows in memory as one part.
 *
 * @param all plain values in the order of the schema
 * @param bytes about how much memory they take
 */
public record RowList(StructType schema, List<Object[]> all, long bytes)
    implements OneBlock, TableCache.Sized {
  public RowList(StructType schema, List<Object[]> all) {
    this(schema, List.copyOf(all), all.stream().mapToLong(RowValues::bytes).sum());
  }

  @Override
  public int size() {
    return all.size();
  }

  @Override
  public ColumnValues column(String name) {
    return new OneColumn(all, schema.indexOf(name));
  }

  /** A column of the rows, in place. */
  private record OneColumn(List<Object[]> rows, int ordinal) implements ColumnValues {
    @Override
    public int size() {
      return rows.size();
    }

    @Override
    public boolean isNull(int row) {
      return value(row) == null;
    }

    @Override
    public Object value(int row) {
      return rows.get(row)[ordinal];
    }

    @Override
    public long bytes() {
      return 16;
    }
  }
}
