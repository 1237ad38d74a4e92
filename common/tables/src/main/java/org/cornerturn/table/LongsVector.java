package org.cornerturn.table;

import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.LongType;

/** Elements of a list of counts, none of them null: no object for each. */
record LongsVector(long[] values) implements ColumnVector {
  @Override
  public DataType getDataType() {
    return LongType.LONG;
  }

  @Override
  public int getSize() {
    return values.length;
  }

  @Override
  public void close() {}

  @Override
  public boolean isNullAt(int row) {
    return false;
  }

  @Override
  public long getLong(int row) {
    return values[row];
  }
}
