package org.cornerturn.table;

import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FieldMetadata;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampType;
import java.util.List;

/**
 * A table as code: its columns with units and descriptions, which are kept in the table's schema
 * ({@code comment} and {@code unit}).
 *
 * @param name folder of the table in a warehouse
 */
public record TableDefinition(String name, String description, StructType schema) {
  /** An empty table, to which columns are added. */
  public static TableDefinition named(String name, String description) {
    return new TableDefinition(name, description, new StructType());
  }

  public TableDefinition text(String column, String description) {
    return with(column, StringType.STRING, null, description);
  }

  /** Whole numbers of a unit. */
  public TableDefinition count(String column, String unit, String description) {
    return with(column, LongType.LONG, unit, description);
  }

  /** Real numbers of a unit. */
  public TableDefinition real(String column, String unit, String description) {
    return with(column, DoubleType.DOUBLE, unit, description);
  }

  /** Moments: values are microseconds since 1970, UTC. */
  public TableDefinition moment(String column, String description) {
    return with(column, TimestampType.TIMESTAMP, null, description);
  }

  public TableDefinition texts(String column, String description) {
    return with(column, new ArrayType(StringType.STRING, false), null, description);
  }

  /** Lists of whole numbers of a unit. */
  public TableDefinition counts(String column, String unit, String description) {
    return with(column, new ArrayType(LongType.LONG, false), unit, description);
  }

  /** Lists of real numbers of a unit. */
  public TableDefinition reals(String column, String unit, String description) {
    return with(column, new ArrayType(DoubleType.DOUBLE, false), unit, description);
  }

  /** Texts by name. */
  public TableDefinition textsByName(String column, String description) {
    return with(column, new MapType(StringType.STRING, StringType.STRING, true), null, description);
  }

  /** Lists of rows of another definition. */
  public TableDefinition rows(String column, TableDefinition of, String description) {
    return with(column, new ArrayType(of.schema, false), null, description);
  }

  private TableDefinition with(String column, DataType type, String unit, String description) {
    FieldMetadata.Builder about = FieldMetadata.builder().putString("comment", description);
    if (unit != null) {
      about.putString("unit", unit);
    }
    return new TableDefinition(
        name, this.description, schema.add(new StructField(column, type, true, about.build())));
  }

  /** Positions of columns in rows. */
  int[] ordinals(List<String> columns) {
    return columns.stream().mapToInt(schema::indexOf).toArray();
  }
}
