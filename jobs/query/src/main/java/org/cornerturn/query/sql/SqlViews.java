package org.cornerturn.query.sql;

import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.BinaryType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.ByteType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FloatType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.ShortType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampNTZType;
import io.delta.kernel.types.TimestampType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.cornerturn.query.http.Problem;
import org.cornerturn.table.TableSnapshot;

/**
 * The view that shows DuckDB a table at one version: its data files, without deleted rows, with the
 * values of partitions, in the columns of this version's schema.
 */
final class SqlViews {
  private static final int MOST_PARTITIONS = 1000;

  private final String name;
  private final TableSnapshot table;
  private final List<Path> files;

  /**
   * @param files copies or originals of the table's stored files, in their order
   */
  SqlViews(String name, TableSnapshot table, List<Path> files) {
    this.name = name;
    this.table = table;
    this.files = files;
  }

  List<Path> files() {
    return files;
  }

  long[] deletedRows(int part) throws IOException {
    return table.deletedRows(part);
  }

  boolean hasDeletedRows() {
    return table.storedFiles().stream().anyMatch(TableSnapshot.StoredFile::deleted);
  }

  private String deleted() {
    return identifier("deleted from " + name);
  }

  /** Takes a file and a row's number. */
  String insertDeleted() {
    return "INSERT INTO " + deleted() + " VALUES (?, ?)";
  }

  /** What makes the view. */
  List<String> statements() {
    List<String> all = new ArrayList<>();
    if (hasDeletedRows()) {
      all.add("CREATE TEMP TABLE " + deleted() + " (file VARCHAR, row_number BIGINT)");
    }
    Map<Map<String, String>, List<Integer>> partitions = new LinkedHashMap<>();
    for (int i = 0; i < files.size(); i++) {
      partitions
          .computeIfAbsent(table.storedFiles().get(i).partition(), p -> new ArrayList<>())
          .add(i);
    }
    if (partitions.size() > MOST_PARTITIONS) {
      throw Problem.unprocessable(
          "The table "
              + name
              + " has "
              + partitions.size()
              + " partitions; SQL takes "
              + MOST_PARTITIONS);
    }
    List<String> parts = new ArrayList<>();
    parts.add(empty());
    partitions.forEach((values, members) -> parts.add(part(values, members)));
    String columns =
        table.schema().fields().stream()
            .map(
                f ->
                    "CAST("
                        + physical(f)
                        + " AS "
                        + type(f.getDataType())
                        + ") AS "
                        + identifier(f.getName()))
            .collect(Collectors.joining(", "));
    all.add(
        "CREATE VIEW "
            + identifier(name)
            + " AS SELECT "
            + columns
            + " FROM ("
            + String.join(" UNION ALL BY NAME ", parts)
            + ")");
    return all;
  }

  /** No rows, but every column: also those that no file has. */
  private String empty() {
    return table.schema().fields().stream()
        .map(f -> "CAST(NULL AS " + type(f.getDataType()) + ") AS " + physical(f))
        .collect(Collectors.joining(", ", "SELECT ", " WHERE false"));
  }

  private String part(Map<String, String> values, List<Integer> members) {
    boolean deleted = members.stream().anyMatch(i -> table.storedFiles().get(i).deleted());
    StringBuilder sql = new StringBuilder("SELECT * EXCLUDE (filename, file_row_number)");
    for (String column : table.partitionColumns()) {
      StructField f = table.schema().get(column);
      String value = values.get(TableSnapshot.physicalName(f));
      sql.append(", CAST(").append(value == null ? "NULL" : text(value));
      sql.append(" AS ").append(type(f.getDataType())).append(") AS ").append(physical(f));
    }
    sql.append(" FROM read_parquet([");
    sql.append(
        members.stream().map(i -> text(files.get(i).toString())).collect(Collectors.joining(", ")));
    sql.append("], union_by_name = true, filename = true, file_row_number = true,");
    sql.append(" hive_partitioning = false)");
    if (deleted) {
      sql.append(" AS f WHERE NOT EXISTS (SELECT 1 FROM ").append(deleted());
      sql.append(" AS d WHERE d.file = f.filename AND d.row_number = f.file_row_number)");
    }
    return sql.toString();
  }

  private String physical(StructField f) {
    String inFiles = TableSnapshot.physicalName(f);
    if (!inFiles.equals(f.getName()) && isNested(f.getDataType())) {
      throw Problem.unprocessable(
          "The table " + name + " maps the columns of structs, which SQL can't read");
    }
    return identifier(inFiles);
  }

  private static boolean isNested(DataType type) {
    return type instanceof StructType
        || type instanceof ArrayType array && isNested(array.getElementType())
        || type instanceof MapType map
            && (isNested(map.getKeyType()) || isNested(map.getValueType()));
  }

  static String identifier(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  private static final Map<Class<? extends DataType>, String> TYPES =
      Map.ofEntries(
          Map.entry(BooleanType.class, "BOOLEAN"),
          Map.entry(ByteType.class, "TINYINT"),
          Map.entry(ShortType.class, "SMALLINT"),
          Map.entry(IntegerType.class, "INTEGER"),
          Map.entry(LongType.class, "BIGINT"),
          Map.entry(FloatType.class, "FLOAT"),
          Map.entry(DoubleType.class, "DOUBLE"),
          Map.entry(StringType.class, "VARCHAR"),
          Map.entry(BinaryType.class, "BLOB"),
          Map.entry(DateType.class, "DATE"),
          Map.entry(TimestampType.class, "TIMESTAMP WITH TIME ZONE"),
          Map.entry(TimestampNTZType.class, "TIMESTAMP"));

  private static String type(DataType type) {
    if (type instanceof DecimalType d) {
      return "DECIMAL(" + d.getPrecision() + ", " + d.getScale() + ")";
    }
    if (type instanceof ArrayType array) {
      return type(array.getElementType()) + "[]";
    }
    if (type instanceof MapType map) {
      return "MAP(" + type(map.getKeyType()) + ", " + type(map.getValueType()) + ")";
    }
    if (type instanceof StructType struct) {
      return struct.fields().stream()
          .map(f -> identifier(f.getName()) + " " + type(f.getDataType()))
          .collect(Collectors.joining(", ", "STRUCT(", ")"));
    }
    String known = TYPES.get(type.getClass());
    if (known == null) {
      throw Problem.unprocessable("SQL can't read columns of type " + type);
    }
    return known;
  }
}
