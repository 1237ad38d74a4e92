package org.cornerturn.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.delta.kernel.data.Row;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.actions.DeletionVectorDescriptor;
import io.delta.kernel.internal.util.ColumnMapping;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FloatType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampNTZType;
import io.delta.kernel.types.TimestampType;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A data file of a table at one version.
 *
 * @param key relative to the table's folder
 * @param bytes its length
 * @param modifiedMillis when it was added, milliseconds since 1970
 * @param partition values of the partition's columns as texts (null for none), by physical name
 * @param stored rows in the file, deleted ones among them; -1 where unknown
 * @param deleted rows that a deletion vector takes away
 * @param deletions names the deletion vector; empty for none
 * @param ranges of columns by logical name; columns of which nothing is known are left out
 * @param row what Kernel knows of it
 */
record TableFile(
    String key,
    long bytes,
    long modifiedMillis,
    Map<String, String> partition,
    long stored,
    long deleted,
    String deletions,
    Map<String, ValueRange> ranges,
    Row row) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Delta cuts moments in statistics to milliseconds. */
  private static final long CUT_MICROS = 999;

  static TableFile of(Row row, StructType schema, List<String> partitionColumns)
      throws IOException {
    AddFile add = new AddFile(row.getStruct(InternalScanFileUtils.ADD_FILE_ORDINAL));
    DeletionVectorDescriptor gone = InternalScanFileUtils.getDeletionVectorDescriptorFromRow(row);
    Map<String, String> partition = InternalScanFileUtils.getPartitionValues(row);
    JsonNode statistics = JSON.readTree(add.getStatsJson().orElse("{}"));
    long stored = statistics.path("numRecords").asLong(-1);
    Map<String, ValueRange> ranges = new HashMap<>();
    for (StructField f : schema.fields()) {
      String physical = ColumnMapping.getPhysicalName(f);
      Optional<ValueRange> range =
          partitionColumns.contains(f.getName())
              ? ofPartition(partition.get(physical), f.getDataType(), stored)
              : ofStatistics(statistics, physical, f.getDataType());
      range.ifPresent(r -> ranges.put(f.getName(), r));
    }
    return new TableFile(
        StoreFiles.key(InternalScanFileUtils.getAddFileStatus(row).getPath()),
        add.getSize(),
        add.getModificationTime(),
        partition,
        stored,
        gone == null ? 0 : gone.getCardinality(),
        gone == null ? "" : gone.getUniqueId(),
        Map.copyOf(ranges),
        row);
  }

  /** Rows that are part of the table, or -1. */
  long rows() {
    return stored < 0 ? -1 : stored - deleted;
  }

  private static Optional<ValueRange> ofPartition(String text, DataType type, long rows) {
    if (text == null) {
      return Optional.of(new ValueRange(null, null, rows));
    }
    Comparable<?> value = bound(JSON.getNodeFactory().textNode(text), type, 0);
    return value == null ? Optional.empty() : Optional.of(new ValueRange(value, value, 0));
  }

  private static Optional<ValueRange> ofStatistics(JsonNode s, String name, DataType type) {
    ValueRange range =
        new ValueRange(
            bound(s.path("minValues").path(name), type, 0),
            bound(s.path("maxValues").path(name), type, CUT_MICROS),
            s.path("nullCount").path(name).asLong(-1));
    boolean known = range.least() != null || range.most() != null || range.nulls() >= 0;
    return known ? Optional.of(range) : Optional.empty();
  }

  /** Null where there is none that can be relied on. */
  private static Comparable<?> bound(JsonNode value, DataType type, long addMicros) {
    if (value.isMissingNode() || value.isNull() || value.isContainerNode()) {
      return null;
    }
    String text = value.asText();
    try {
      if (type instanceof TimestampType || type instanceof TimestampNTZType) {
        boolean zoned = text.endsWith("Z") || text.matches(".*[+-]\\d\\d:\\d\\d");
        String iso = text.replace(' ', 'T');
        return PlainText.micros(OffsetDateTime.parse(zoned ? iso : iso + "Z").toInstant())
            + addMicros;
      }
      if (type instanceof DateType) {
        return LocalDate.parse(text).toEpochDay();
      }
      if (type instanceof DoubleType || type instanceof FloatType) {
        double number = Double.parseDouble(text);
        return Double.isNaN(number) ? null : (Comparable<?>) number;
      }
      if (type instanceof StringType) {
        return text;
      }
      if (ColumnBuilder.isWhole(type)) {
        return Long.parseLong(text);
      }
      return type instanceof DecimalType ? new java.math.BigDecimal(text) : null;
    } catch (NumberFormatException | DateTimeException e) {
      return null; // A bound that can't be understood bounds nothing: the file is read.
    }
  }
}
