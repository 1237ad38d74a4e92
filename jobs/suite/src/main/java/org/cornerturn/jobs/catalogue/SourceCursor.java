package org.cornerturn.jobs.catalogue;

import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.cornerturn.catalogue.CellRanges;
import org.cornerturn.catalogue.Healpix;
import org.cornerturn.catalogue.SkyRegion;
import org.cornerturn.table.ColumnValues;
import org.cornerturn.table.RowBlock;
import org.cornerturn.table.RowCursor;
import org.cornerturn.table.RowSource;
import org.cornerturn.table.TableSnapshot;
import org.cornerturn.table.ValueRange;

/**
 * Rows of {@link CatalogTables#SOURCES} in a region and of a survey. Data files whose cells don't
 * meet the region are not opened.
 */
final class SourceCursor implements RowCursor {
  private final TableSnapshot table;
  private final SkyRegion region;
  private final CellRanges cells;
  private final String survey;
  private final StructType schema;
  private final List<String> columns;
  private int part = -1;
  private RowSource.Blocks blocks;
  private RowBlock block;
  private ColumnValues[] values;
  private int row;

  /**
   * @param region null for the whole sky
   * @param survey null for all
   */
  SourceCursor(TableSnapshot table, SkyRegion region, String survey) {
    this.table = table;
    this.region = region;
    this.cells = region == null ? null : CellRanges.covering(region);
    this.survey = survey;
    this.schema = CatalogTables.SOURCES.schema();
    this.columns = schema.fields().stream().map(StructField::getName).toList();
  }

  @Override
  public StructType schema() {
    return schema;
  }

  @Override
  public boolean advance() throws IOException {
    while (true) {
      while (block == null || ++row >= block.size()) {
        if (!nextBlock()) {
          return false;
        }
      }
      if (isWanted()) {
        return true;
      }
    }
  }

  private boolean nextBlock() throws IOException {
    while (true) {
      Optional<RowBlock> next = blocks == null ? Optional.empty() : blocks.next();
      if (next.isPresent()) {
        block = next.get();
        row = -1;
        values = new ColumnValues[columns.size()];
        for (int c = 0; c < values.length; c++) {
          values[c] = block.column(columns.get(c));
        }
        return true;
      }
      close();
      do {
        if (++part >= table.parts()) {
          return false;
        }
      } while (!mayHold(part));
      blocks = table.read(part, columns);
    }
  }

  private boolean mayHold(int of) {
    if (cells == null) {
      return true;
    }
    Optional<ValueRange> range = table.range(of, Healpix.COLUMN);
    return range.isEmpty()
        || !(range.get().least() instanceof Long least && range.get().most() instanceof Long most)
        || cells.meets(least, most);
  }

  private boolean isWanted() {
    if (survey != null && !survey.equals(values[1].value(row))) {
      return false;
    }
    return cells == null
        || cells.contains((Long) values[0].value(row))
            && region.contains((Double) values[3].value(row), (Double) values[4].value(row));
  }

  @Override
  public Object[] values() {
    Object[] out = new Object[values.length];
    for (int c = 0; c < out.length; c++) {
      out[c] = values[c].value(row);
    }
    return out;
  }

  @Override
  public void close() throws IOException {
    block = null;
    if (blocks != null) {
      blocks.close();
      blocks = null;
    }
  }
}
