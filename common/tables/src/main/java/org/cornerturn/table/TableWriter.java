package org.cornerturn.table;

import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.expressions.Column;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.DataFileStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cornerturn.storage.ObjectStore;

/**
 * Writes rows into data files of a table, from the driver or from tasks on executors; {@link
 * DeltaTable} makes the files part of the table in one commit. Rows are held until there are enough
 * for a file, so memory is bounded however many come. Files that are never committed are what
 * Delta's VACUUM removes.
 */
public final class TableWriter {
  /** Rows of a file, as long as they are small. */
  private static final int ROWS = 20_000;

  private final TableDefinition definition;
  private final Engine engine;
  private final long mostWeight;
  private final List<Object[]> rows = new ArrayList<>();
  private final List<DataFile> written = new ArrayList<>();
  private long weight;

  /**
   * @param store its root is the table's folder
   * @param mostWeight sum of {@link #add weights} that is held at most
   */
  public TableWriter(ObjectStore store, TableDefinition definition, long mostWeight) {
    this.definition = definition;
    this.engine = DefaultEngine.create(new StoreFiles(store));
    this.mostWeight = mostWeight;
  }

  /**
   * Adds a row.
   *
   * @param values as for {@link DeltaTable#append}
   * @param size about how many bytes it takes in memory
   */
  public void add(Object[] values, long size) throws IOException {
    rows.add(values);
    weight += size;
    if (rows.size() >= ROWS || weight >= mostWeight) {
      flush();
    }
  }

  /** Writes what is left; every file of this writer. */
  public List<DataFile> finish() throws IOException {
    flush();
    return List.copyOf(written);
  }

  private void flush() throws IOException {
    if (rows.isEmpty()) {
      return;
    }
    definition.check(rows);
    FilteredColumnarBatch batch =
        new FilteredColumnarBatch(ValuesVector.batch(definition.schema(), rows), Optional.empty());
    try (CloseableIterator<DataFileStatus> files =
        engine
            .getParquetHandler()
            .writeParquetFiles(
                StoreFiles.LOCATION + "/",
                Utils.singletonCloseableIterator(batch),
                statisticsColumns(definition.schema()))) {
      while (files.hasNext()) {
        DataFileStatus f = files.next();
        written.add(
            new DataFile(
                StoreFiles.key(f.getPath()),
                f.getSize(),
                f.getModificationTime(),
                f.getStatistics().map(s -> s.serializeAsJson(definition.schema())).orElse(null)));
      }
    } catch (RuntimeException e) {
      throw DeltaTable.unwrapped(e, definition.name());
    }
    rows.clear();
    weight = 0;
  }

  /** Columns that Delta keeps statistics of: those of one value, among the first 32. */
  private static List<Column> statisticsColumns(StructType schema) {
    List<Column> columns = new ArrayList<>();
    for (StructField f : schema.fields()) {
      boolean single =
          !(f.getDataType() instanceof ArrayType
              || f.getDataType() instanceof MapType
              || f.getDataType() instanceof StructType);
      if (single && columns.size() < 32) {
        columns.add(new Column(f.getName()));
      }
    }
    return columns;
  }
}
