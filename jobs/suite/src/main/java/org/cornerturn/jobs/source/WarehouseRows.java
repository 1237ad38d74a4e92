package org.cornerturn.jobs.source;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.cornerturn.spark.Lease;
import org.cornerturn.spark.StoreFaults;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.S3Settings;
import org.cornerturn.storage.Stores;
import org.cornerturn.table.DataFile;
import org.cornerturn.table.DeltaTable;
import org.cornerturn.table.TableDefinition;
import org.cornerturn.table.TableWriter;

/**
 * A table of the warehouse whose rows are replaced by key, one process at a time: a job that is
 * done again leaves the same rows.
 */
public final class WarehouseRows {
  /** Bytes of rows that a writer holds. */
  public static final long HELD_BYTES = 32 << 20;

  /** So many data files are joined. */
  private static final int MANY_FILES = 32;

  private final String warehouse;
  private final TableDefinition table;
  private final Map<String, String> hadoop;

  public WarehouseRows(String warehouse, TableDefinition table, Map<String, String> hadoop) {
    this.warehouse = warehouse.replaceAll("/+$", "");
    this.table = table;
    this.hadoop = S3Settings.completed(hadoop);
  }

  /** The folder of the table. */
  public String uri() {
    return warehouse + "/" + table.name();
  }

  public boolean exists() throws IOException {
    try (ObjectStore store = Stores.open(uri(), hadoop)) {
      return new DeltaTable(store, table).exists();
    } catch (IOException e) {
      throw StoreFaults.orMistake(e, warehouse);
    }
  }

  /** Reads columns of all rows; none where there is no table. */
  public void read(List<String> columns, DeltaTable.RowReader reader) throws IOException {
    try (ObjectStore store = Stores.open(uri(), hadoop)) {
      DeltaTable of = new DeltaTable(store, table);
      if (of.exists()) {
        of.read(columns, reader);
      }
    } catch (IOException e) {
      throw StoreFaults.orMistake(e, warehouse);
    }
  }

  /** Puts rows in the place of those of some keys, in one commit. */
  public void replace(String key, Set<String> gone, Collection<Object[]> rows) throws IOException {
    try (ObjectStore store = Stores.open(uri(), hadoop)) {
      TableWriter writer = new TableWriter(store, table, HELD_BYTES);
      for (Object[] row : rows) {
        writer.add(row, 16L * row.length);
      }
      replaceFiles(key, gone, writer.finish());
    } catch (IOException e) {
      throw StoreFaults.orMistake(e, warehouse);
    }
  }

  /** As {@link #replace}, of rows that writers have written. */
  public void replaceFiles(String key, Set<String> gone, List<DataFile> files) throws IOException {
    String state = warehouse + "/_cornerturn/" + table.name();
    try (ObjectStore held = Stores.open(state, hadoop);
        Lease lease = Lease.take(held, table.name());
        ObjectStore store = Stores.open(uri(), hadoop)) {
      DeltaTable of = new DeltaTable(store, table);
      lease.check();
      of.replace(key, gone, files, table.name() + " " + UUID.randomUUID(), 1);
      if (of.dataFiles() > MANY_FILES) {
        lease.check();
        of.compact();
      }
    } catch (IOException e) {
      throw StoreFaults.orMistake(e, warehouse);
    }
  }
}
