package org.cornerturn.table;

import io.delta.kernel.DataWriteContext;
import io.delta.kernel.Operation;
import io.delta.kernel.Scan;
import io.delta.kernel.Snapshot;
import io.delta.kernel.TableManager;
import io.delta.kernel.Transaction;
import io.delta.kernel.TransactionCommitResult;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.ConcurrentTransactionException;
import io.delta.kernel.exceptions.KernelEngineException;
import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.exceptions.TableNotFoundException;
import io.delta.kernel.hook.PostCommitHook;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.actions.SingleAction;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.statistics.DataFileStatistics;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterable;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.DataFileStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cornerturn.storage.ObjectStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Delta table, written and read through Delta Kernel: no Spark SQL, whose start-up would cost
 * small jobs more than their work. Appends are idempotent and safe beside other writers. Not
 * thread-safe.
 */
public final class DeltaTable {
  private static final String ENGINE = "Cornerturn";
  private static final int CREATE_ATTEMPTS = 20;

  /** Bytes below which a data file is worth joining to others. */
  private static final long SMALL_FILE = 8 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(DeltaTable.class);

  private final TableDefinition definition;
  private final ObjectStore store;
  private final Engine engine;
  private Snapshot latest;

  /**
   * @param store its root is the table's folder
   */
  public DeltaTable(ObjectStore store, TableDefinition definition) {
    this.definition = definition;
    this.store = store;
    this.engine = DefaultEngine.create(new StoreFiles(store));
  }

  public TableDefinition definition() {
    return definition;
  }

  /** Whether the table exists. */
  public boolean exists() throws IOException {
    return refresh().isPresent();
  }

  /** Version of the latest commit, or -1 where there is no table. */
  public long version() throws IOException {
    return refresh().map(Snapshot::getVersion).orElse(-1L);
  }

  private Optional<Snapshot> refresh() throws IOException {
    try {
      latest = TableManager.loadSnapshot(StoreFiles.LOCATION).build(engine);
    } catch (TableNotFoundException e) {
      latest = null;
    } catch (RuntimeException e) {
      throw unwrapped(e, store.uri());
    }
    return Optional.ofNullable(latest);
  }

  /**
   * Appends rows in one commit. The same application and version are appended once, however often
   * this is called.
   *
   * @param rows values in the order of the definition's columns: {@code String}, {@code Long}
   *     (counts, microseconds), {@code Double}, {@code List} of such or of {@code Object[]}, {@code
   *     double[]} and {@code long[]} for lists without null, {@code Map}, null
   * @param application names the writer
   * @param version grows with each append of that writer
   */
  public void append(List<Object[]> rows, String application, long version) throws IOException {
    definition.check(rows);
    if (latest == null) {
      create();
    }
    try {
      Transaction txn =
          latest
              .buildUpdateTableTransaction(ENGINE, Operation.WRITE)
              .withTransactionId(application, version)
              .build(engine);
      ColumnarBatch batch = ValuesVector.batch(definition.schema(), rows);
      commit(
          txn,
          List.of(),
          List.of(),
          Utils.singletonCloseableIterator(new FilteredColumnarBatch(batch, Optional.empty())));
    } catch (ConcurrentTransactionException e) {
      refresh(); // These rows are in the table already.
    } catch (RuntimeException e) {
      throw unwrapped(e, store.uri());
    }
  }

  /**
   * Replaces rows in one commit: those with one of the keys go, those of the files come. Data files
   * that lose some of their rows are written anew, one batch of rows in memory at a time. Only for
   * tables with a single writer. The same application and version change the table once.
   *
   * @param column the key, a text
   * @param gone keys whose rows go
   * @param files what {@link TableWriter}s have written for this table
   */
  public void replace(
      String column, Set<String> gone, List<DataFile> files, String application, long version)
      throws IOException {
    if (refresh().isEmpty()) {
      create();
    }
    try {
      Transaction txn =
          latest
              .buildUpdateTableTransaction(ENGINE, Operation.MANUAL_UPDATE)
              .withTransactionId(application, version)
              .build(engine);
      Scan scan = latest.getScanBuilder().build();
      Map<Boolean, List<Row>> touched = filesWith(column, gone);
      List<Row> removals = removals(touched.get(true), true);
      removals.addAll(removals(touched.get(false), true));
      int ordinal = definition.schema().indexOf(column);
      CloseableIterator<FilteredColumnarBatch> rest =
          content(scan, touched.get(true)).map(b -> Selection.without(b, ordinal, gone));
      commit(txn, removals, files, rest);
    } catch (ConcurrentTransactionException e) {
      refresh(); // This was done already.
    } catch (RuntimeException e) {
      throw unwrapped(e, store.uri());
    }
  }

  /**
   * Data files in which a column has one of some texts: true for those that have others, too, false
   * for those that have nothing else.
   */
  private Map<Boolean, List<Row>> filesWith(String column, Set<String> texts) throws IOException {
    Map<Boolean, List<Row>> found = Map.of(true, new ArrayList<>(), false, new ArrayList<>());
    if (texts.isEmpty()) {
      return found;
    }
    StructType key = new StructType().add(definition.schema().get(column));
    Scan scan = latest.getScanBuilder().withReadSchema(key).build();
    for (Row file : scanFiles(scan)) {
      boolean some = false;
      boolean others = false;
      try (CloseableIterator<FilteredColumnarBatch> batches =
          DataFiles.content(engine, scan, file)) {
        while (!(some && others) && batches.hasNext()) {
          ColumnVector keys = batches.next().getData().getColumnVector(0);
          for (int i = 0; i < keys.getSize(); i++) {
            boolean hit = !keys.isNullAt(i) && texts.contains(keys.getString(i));
            some |= hit;
            others |= !hit;
          }
        }
      }
      if (some) {
        found.get(others).add(file);
      }
    }
    return found;
  }

  private static List<Row> removals(List<Row> files, boolean dataChange) {
    List<Row> removals = new ArrayList<>();
    for (Row file : files) {
      AddFile add = new AddFile(file.getStruct(InternalScanFileUtils.ADD_FILE_ORDINAL));
      removals.add(
          SingleAction.createRemoveFileSingleAction(
              add.toRemoveFileRow(dataChange, Optional.of(System.currentTimeMillis()))));
    }
    return removals;
  }

  private void commit(
      Transaction txn,
      List<Row> first,
      List<DataFile> files,
      CloseableIterator<FilteredColumnarBatch> data)
      throws IOException {
    Row state = txn.getTransactionState(engine);
    DataWriteContext context = Transaction.getWriteContext(engine, state, Map.of());
    CloseableIterator<FilteredColumnarBatch> physical =
        Transaction.transformLogicalData(engine, state, data, Map.of());
    List<Row> actions = new ArrayList<>(first);
    try (CloseableIterator<DataFileStatus> written =
            engine
                .getParquetHandler()
                .writeParquetFiles(
                    context.getTargetDirectory(), physical, context.getStatisticsColumns());
        CloseableIterator<Row> adds =
            Transaction.generateAppendActions(
                engine, state, statuses(files).combine(written), context)) {
      adds.forEachRemaining(actions::add);
    }
    commit(txn, actions);
  }

  private CloseableIterator<DataFileStatus> statuses(List<DataFile> files) {
    return Utils.toCloseableIterator(
        files.stream()
            .map(
                f ->
                    new DataFileStatus(
                        StoreFiles.LOCATION + "/" + f.key(),
                        f.bytes(),
                        f.modifiedMillis(),
                        DataFileStatistics.deserializeFromJson(
                            f.statistics(), definition.schema())))
            .iterator());
  }

  private void commit(Transaction txn, List<Row> actions) throws IOException {
    TransactionCommitResult result =
        txn.commit(
            engine,
            CloseableIterable.inMemoryIterable(Utils.toCloseableIterator(actions.iterator())));
    latest = result.getPostCommitSnapshot().orElse(null); // If null, the next append looks.
    for (PostCommitHook hook : result.getPostCommitHooks()) {
      if (hook.getType() == PostCommitHook.PostCommitHookType.CHECKPOINT) {
        checkpoint(hook);
      }
    }
  }

  /** A checkpoint only makes reading quicker: the rows are in the table, whatever becomes of it. */
  private void checkpoint(PostCommitHook hook) {
    try {
      hook.threadSafeInvoke(engine);
    } catch (IOException | RuntimeException e) {
      LOG.warn("no checkpoint of the table {} could be written: {}", store.uri(), e.toString());
    }
  }

  /** Creates the table unless another writer is quicker; leaves its snapshot in {@link #latest}. */
  private void create() throws IOException {
    for (int attempt = 1; refresh().isEmpty(); attempt++) {
      try {
        Transaction txn =
            TableManager.buildCreateTableTransaction(
                    StoreFiles.LOCATION, definition.schema(), ENGINE)
                .withTableProperties(Map.of("delta.checkpointInterval", "20"))
                .build(engine);
        latest =
            txn.commit(engine, CloseableIterable.emptyIterable())
                .getPostCommitSnapshot()
                .orElse(null);
        if (latest != null) {
          return;
        }
      } catch (KernelException e) {
        // Somebody else has created it meanwhile: the next look finds it.
        if (attempt == CREATE_ATTEMPTS) {
          throw new IOException("can't create the table " + store.uri(), e);
        }
      } catch (RuntimeException e) {
        throw unwrapped(e, store.uri());
      }
    }
  }

  /** Receives rows: their values in the order of the columns asked for. */
  @FunctionalInterface
  public interface RowReader {
    void row(Object[] values) throws IOException;
  }

  /**
   * Reads columns of every row of the latest version, one batch in memory at a time.
   *
   * @param columns names; arrays arrive as {@code List}, structs as {@code Object[]}
   */
  public void read(List<String> columns, RowReader reader) throws IOException {
    if (refresh().isEmpty()) {
      return;
    }
    StructType wanted = new StructType();
    for (String c : columns) {
      wanted = wanted.add(definition.schema().get(c));
    }
    try {
      Scan scan = latest.getScanBuilder().withReadSchema(wanted).build();
      for (Row file : scanFiles(scan)) {
        try (CloseableIterator<FilteredColumnarBatch> batches =
            DataFiles.content(engine, scan, file)) {
          while (batches.hasNext()) {
            try (CloseableIterator<Row> rows = batches.next().getRows()) {
              while (rows.hasNext()) {
                reader.row(RowValues.of(rows.next()));
              }
            }
          }
        }
      }
    } catch (RuntimeException e) {
      throw unwrapped(e, store.uri());
    }
  }

  private List<Row> scanFiles(Scan scan) throws IOException {
    List<Row> found = new ArrayList<>();
    try (CloseableIterator<Row> rows = Utils.intoRows(scan.getScanFiles(engine, true))) {
      rows.forEachRemaining(found::add);
    }
    return found;
  }

  private CloseableIterator<FilteredColumnarBatch> content(Scan scan, List<Row> files) {
    return Utils.toCloseableIterator(files.iterator())
        .flatMap(
            file -> {
              try {
                return DataFiles.content(engine, scan, file);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  /** Number of data files of the latest version. */
  public int dataFiles() throws IOException {
    return refresh().isEmpty() ? 0 : scanFiles(latest.getScanBuilder().build()).size();
  }

  /**
   * Joins the small data files, so that a table of many small commits is quick to read. Only for
   * tables with a single writer.
   */
  public void compact() throws IOException {
    if (refresh().isEmpty()) {
      return;
    }
    try {
      Scan scan = latest.getScanBuilder().build();
      List<Row> old =
          scanFiles(scan).stream()
              .filter(f -> InternalScanFileUtils.getAddFileStatus(f).getSize() < SMALL_FILE)
              .toList();
      if (old.size() < 2) {
        return;
      }
      Transaction txn =
          latest.buildUpdateTableTransaction(ENGINE, Operation.MANUAL_UPDATE).build(engine);
      commit(txn, removals(old, false), List.of(), content(scan, old));
    } catch (RuntimeException e) {
      throw unwrapped(e, store.uri());
    }
  }

  /** What lies beneath an exception of Kernel's. */
  static IOException unwrapped(RuntimeException e, String table) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof IOException io) {
        return io;
      }
    }
    if (e instanceof KernelException || e instanceof KernelEngineException) {
      return new IOException("table " + table + ": " + e.getMessage(), e);
    }
    throw e;
  }
}
