package org.cornerturn.table;

import java.util.List;
import java.util.Optional;

/** Rows that are one block, and that block: nothing of them is known without looking. */
interface OneBlock extends RowSource, RowBlock {
  @Override
  ColumnValues column(String name);

  @Override
  default long first() {
    return 0;
  }

  @Override
  default int parts() {
    return 1;
  }

  @Override
  default Optional<Long> rows() {
    return Optional.of((long) size());
  }

  @Override
  default boolean mayHold(int part, List<Condition> conditions) {
    return true;
  }

  @Override
  default Optional<ValueRange> range(int part, String column) {
    return Optional.empty();
  }

  @Override
  default Blocks read(int part, List<String> columns) {
    return Blocks.of(this);
  }
}
