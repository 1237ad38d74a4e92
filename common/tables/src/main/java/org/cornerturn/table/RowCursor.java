package org.cornerturn.table;

import io.delta.kernel.types.StructType;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** Rows, one after the other. */
public interface RowCursor extends Closeable {
  /** The columns of the rows. */
  StructType schema();

  /** Goes to the next row; false after the last. */
  boolean advance() throws IOException;

  /** The row's plain values (see {@link ColumnValues}) in the order of the columns. */
  Object[] values() throws IOException;

  /** Rows that are there already. */
  static RowCursor of(StructType schema, List<Object[]> rows) {
    return new RowCursor() {
      private int at = -1;

      @Override
      public StructType schema() {
        return schema;
      }

      @Override
      public boolean advance() {
        return ++at < rows.size();
      }

      @Override
      public Object[] values() {
        return rows.get(at);
      }

      @Override
      public void close() {}
    };
  }

  /** The first rows alone. */
  default RowCursor first(long most) {
    RowCursor all = this;
    return new RowCursor() {
      private long seen;

      @Override
      public StructType schema() {
        return all.schema();
      }

      @Override
      public boolean advance() throws IOException {
        return seen++ < most && all.advance();
      }

      @Override
      public Object[] values() throws IOException {
        return all.values();
      }

      @Override
      public void close() throws IOException {
        all.close();
      }
    };
  }
}
