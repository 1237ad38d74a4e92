package org.cornerturn.table;

import java.util.List;

/**
 * Rows whose columns are decoded.
 *
 * @param columns names, in the order of the values
 */
record DecodedBlock(long first, int size, List<String> columns, ColumnValues[] values)
    implements RowBlock {
  @Override
  public ColumnValues column(String name) {
    return values[columns.indexOf(name)];
  }
}
