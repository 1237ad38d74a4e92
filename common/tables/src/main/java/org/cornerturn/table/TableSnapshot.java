package org.cornerturn.table;

import io.delta.kernel.Scan;
import io.delta.kernel.Snapshot;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.actions.DeletionVectorDescriptor;
import io.delta.kernel.internal.deletionvectors.DeletionVectorUtils;
import io.delta.kernel.internal.util.ColumnMapping;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Delta table at one version: what it holds, and its rows, without those that deletion vectors
 * take away. Files that were written before a change of the schema appear in the schema of this
 * version. Immutable; parts are data files, oldest first.
 */
public final class TableSnapshot implements RowSource, TableCache.Sized {
  /** Values of a data file that are decoded and kept whole; larger files are read in passing. */
  private static final long MOST_KEPT_ROWS = 1 << 20;

  private static final long MOST_KEPT_BYTES = 64 << 20;

  /** About what Kernel and we hold of a data file. */
  private static final long BYTES_OF_FILE = 2048;

  private final String table;
  private final Engine engine;
  private final TableCache cache;
  private final Snapshot snapshot;
  private final List<TableFile> files;

  /**
   * @param table where it lies
   */
  TableSnapshot(String table, Engine engine, TableCache cache, Snapshot snapshot)
      throws IOException {
    this.table = table;
    this.engine = engine;
    this.cache = cache;
    this.snapshot = snapshot;
    List<TableFile> found = new ArrayList<>();
    Scan scan = snapshot.getScanBuilder().build();
    try (CloseableIterator<Row> rows = Utils.intoRows(scan.getScanFiles(engine, true))) {
      while (rows.hasNext()) {
        found.add(TableFile.of(rows.next(), schema(), snapshot.getPartitionColumnNames()));
      }
    }
    found.sort(Comparator.comparingLong(TableFile::modifiedMillis).thenComparing(TableFile::key));
    this.files = List.copyOf(found);
  }

  public long version() {
    return snapshot.getVersion();
  }

  /** When this version was committed, milliseconds since 1970. */
  public long committedMillis() throws IOException {
    try {
      return snapshot.getTimestamp(engine);
    } catch (RuntimeException e) {
      throw DeltaTable.unwrapped(e, table);
    }
  }

  /** The table's own id, which stays through all versions. */
  public String id() {
    return snapshot.getMetadata().getId();
  }

  public Optional<String> description() {
    return snapshot.getMetadata().getDescription();
  }

  public Optional<Long> createdMillis() {
    return snapshot.getMetadata().getCreatedTime();
  }

  public List<String> partitionColumns() {
    return snapshot.getPartitionColumnNames();
  }

  public Map<String, String> properties() {
    return snapshot.getTableProperties();
  }

  @Override
  public StructType schema() {
    return snapshot.getSchema();
  }

  /** The schema as Delta's log has it. */
  public String schemaJson() {
    return snapshot.getMetadata().getSchemaString();
  }

  /**
   * A data file, for engines that read it themselves.
   *
   * @param key relative to the table's folder
   * @param bytes its length
   * @param partition values of the partition's columns as texts (null for none), by physical name
   * @param deleted whether rows of it are deleted
   */
  public record StoredFile(
      String key, long bytes, Map<String, String> partition, boolean deleted) {}

  /** Data files of this version. */
  public List<StoredFile> storedFiles() {
    return files.stream()
        .map(f -> new StoredFile(f.key(), f.bytes(), f.partition(), f.deleted() > 0))
        .toList();
  }

  /**
   * Numbers of the rows of a data file that are deleted, ascending.
   *
   * @param part index in {@link #storedFiles}
   */
  public long[] deletedRows(int part) throws IOException {
    DeletionVectorDescriptor gone =
        InternalScanFileUtils.getDeletionVectorDescriptorFromRow(files.get(part).row());
    if (gone == null) {
      return new long[0];
    }
    try {
      return DeletionVectorUtils.loadNewDvAndBitmap(engine, StoreFiles.LOCATION, gone)._2.toArray();
    } catch (RuntimeException e) {
      throw DeltaTable.unwrapped(e, table);
    }
  }

  /** Name of a column in data files. */
  public static String physicalName(StructField column) {
    return ColumnMapping.getPhysicalName(column);
  }

  /** Bytes of the data files. */
  public long dataBytes() {
    return files.stream().mapToLong(TableFile::bytes).sum();
  }

  @Override
  public Optional<Long> rows() {
    return files.stream().anyMatch(f -> f.rows() < 0)
        ? Optional.empty()
        : Optional.of(files.stream().mapToLong(TableFile::rows).sum());
  }

  @Override
  public long bytes() {
    return 16_384 + BYTES_OF_FILE * files.size();
  }

  @Override
  public int parts() {
    return files.size();
  }

  @Override
  public boolean mayHold(int part, List<Condition> conditions) {
    TableFile file = files.get(part);
    for (Condition c : conditions) {
      ValueRange range = file.ranges().get(c.column());
      if (range != null && !c.mayHold(range, file.stored())) {
        return false;
      }
    }
    return true;
  }

  @Override
  public Optional<ValueRange> range(int part, String column) {
    return Optional.ofNullable(files.get(part).ranges().get(column));
  }

  @Override
  public Blocks read(int part, List<String> columns) throws IOException {
    TableFile file = files.get(part);
    boolean kept =
        file.stored() >= 0 && file.stored() <= MOST_KEPT_ROWS && file.bytes() <= MOST_KEPT_BYTES;
    return kept ? Blocks.of(new KeptBlock(file)) : new PassingBlocks(file, columns);
  }

  /** All rows of a file, whose columns are decoded one by one and kept. */
  private final class KeptBlock implements RowBlock {
    private final TableFile file;

    KeptBlock(TableFile file) {
      this.file = file;
    }

    @Override
    public long first() {
      return 0;
    }

    @Override
    public int size() {
      return Math.toIntExact(file.rows());
    }

    @Override
    public ColumnValues column(String name) throws IOException {
      String type = schema().get(name).getDataType().toString();
      String physical = ColumnMapping.getPhysicalName(schema().get(name));
      ColumnKey key =
          new ColumnKey(
              table, id(), file.key(), file.modifiedMillis(), file.deletions(), physical, type);
      return ((Kept) cache.value(key, () -> new Kept(decoded(file, name)))).values();
    }
  }

  private record ColumnKey(
      String table,
      String id,
      String file,
      long modifiedMillis,
      String deletions,
      String column,
      String type) {}

  private record Kept(ColumnValues values) implements TableCache.Sized {
    @Override
    public long bytes() {
      return 256 + values.bytes();
    }
  }

  private ColumnValues decoded(TableFile file, String column) throws IOException {
    ColumnBuilder builder = ColumnBuilder.of(schema().get(column).getDataType());
    try (CloseableIterator<FilteredColumnarBatch> batches = batches(file, List.of(column))) {
      while (batches.hasNext()) {
        add(batches.next(), List.of(builder));
      }
    } catch (RuntimeException e) {
      throw DeltaTable.unwrapped(e, table);
    }
    ColumnValues values = builder.build();
    if (values.size() != file.rows()) {
      throw new IOException(
          "the data file "
              + file.key()
              + " has "
              + values.size()
              + " rows where the table's log has "
              + file.rows());
    }
    return values;
  }

  /** The batches of a large file, decoded as they come. */
  private final class PassingBlocks implements Blocks {
    private final List<String> columns;
    private final CloseableIterator<FilteredColumnarBatch> batches;
    private long first;

    PassingBlocks(TableFile file, List<String> columns) throws IOException {
      this.columns = columns;
      this.batches = batches(file, columns);
    }

    @Override
    public Optional<RowBlock> next() throws IOException {
      try {
        if (!batches.hasNext()) {
          return Optional.empty();
        }
        List<ColumnBuilder> builders =
            columns.stream().map(c -> ColumnBuilder.of(schema().get(c).getDataType())).toList();
        int size = add(batches.next(), builders);
        RowBlock block = new DecodedBlock(first, size, columns, ColumnBuilder.build(builders));
        first += size;
        return Optional.of(block);
      } catch (RuntimeException e) {
        throw DeltaTable.unwrapped(e, table);
      }
    }

    @Override
    public void close() throws IOException {
      batches.close();
    }
  }

  /** Adds the rows of a batch that are part of the table; returns their number. */
  private static int add(FilteredColumnarBatch batch, List<ColumnBuilder> builders) {
    ColumnVector selected = batch.getSelectionVector().orElse(null);
    int all = batch.getData().getSize();
    int size = 0;
    for (int i = 0; i < all; i++) {
      if (selected == null || !selected.isNullAt(i) && selected.getBoolean(i)) {
        size++;
        for (int c = 0; c < builders.size(); c++) {
          builders.get(c).add(batch.getData().getColumnVector(c), i);
        }
      }
    }
    return size;
  }

  private CloseableIterator<FilteredColumnarBatch> batches(TableFile file, List<String> columns)
      throws IOException {
    StructType wanted = new StructType();
    for (String c : columns) {
      wanted = wanted.add(schema().get(c));
    }
    try {
      Scan scan = snapshot.getScanBuilder().withReadSchema(wanted).build();
      return DataFiles.content(engine, scan, file.row());
    } catch (RuntimeException e) {
      throw DeltaTable.unwrapped(e, table);
    }
  }
}
