package org.cornerturn.table;

import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.DataType;
import java.util.BitSet;
import java.util.Optional;
import java.util.Set;

/** Which rows of a batch stay. */
record Selection(BitSet rows, int size) implements ColumnVector {
  /** A batch without the rows whose text in a column is one of some. */
  static FilteredColumnarBatch without(FilteredColumnarBatch batch, int column, Set<String> gone) {
    int size = batch.getData().getSize();
    ColumnVector keys = batch.getData().getColumnVector(column);
    Optional<ColumnVector> before = batch.getSelectionVector();
    BitSet stay = new BitSet(size);
    for (int i = 0; i < size; i++) {
      int row = i;
      boolean selected = before.map(b -> !b.isNullAt(row) && b.getBoolean(row)).orElse(true);
      stay.set(i, selected && (keys.isNullAt(i) || !gone.contains(keys.getString(i))));
    }
    return new FilteredColumnarBatch(batch.getData(), Optional.of(new Selection(stay, size)));
  }

  @Override
  public DataType getDataType() {
    return BooleanType.BOOLEAN;
  }

  @Override
  public int getSize() {
    return size;
  }

  @Override
  public void close() {}

  @Override
  public boolean isNullAt(int row) {
    return false;
  }

  @Override
  public boolean getBoolean(int row) {
    return rows.get(row);
  }
}
