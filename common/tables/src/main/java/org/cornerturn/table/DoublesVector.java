package org.cornerturn.table;

import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DoubleType;

/** Elements of a list of reals, none of them null: no object for each. */
record DoublesVector(double[] values) implements ColumnVector {
  @Override
  public DataType getDataType() {
    return DoubleType.DOUBLE;
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
  public double getDouble(int row) {
    return values[row];
  }
}
