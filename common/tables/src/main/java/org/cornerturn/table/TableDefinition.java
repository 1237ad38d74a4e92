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
  /** Keys of bounds in a column's metadata. */
  static final String LEAST = "least";

  static final String MOST = "most";

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

  /** IVOA's descriptor (UCD1+) of the last column. */
  public TableDefinition ucd(String ucd) {
    return ofLast(FieldMetadata.builder().putString("ucd", ucd));
  }

  /** Bounds of the last column's values, which belong to them: others are refused when written. */
  public TableDefinition within(double least, double most) {
    return ofLast(FieldMetadata.builder().putDouble(LEAST, least).putDouble(MOST, most));
  }

  private TableDefinition ofLast(FieldMetadata.Builder more) {
    StructType changed = new StructType();
    for (int i = 0; i < schema.length(); i++) {
      StructField f = schema.at(i);
      changed =
          changed.add(
              i < schema.length() - 1
                  ? f
                  : new StructField(
                      f.getName(),
                      f.getDataType(),
                      f.isNullable(),
                      more.fromMetadata(f.getMetadata()).build()));
    }
    return new TableDefinition(name, description, changed);
  }

  /**
   * Refuses values out of their bounds.
   *
   * @param rows in the order of the columns
   */
  void check(List<Object[]> rows) {
    for (int c = 0; c < schema.length(); c++) {
      FieldMetadata about = schema.at(c).getMetadata();
      if (!about.contains(LEAST)) {
        continue;
      }
      double least = about.getDouble(LEAST);
      double most = about.getDouble(MOST);
      for (Object[] row : rows) {
        // NaN is out of any bounds; null is no value.
        if (row[c] instanceof Number n && !(n.doubleValue() >= least && n.doubleValue() <= most)) {
          throw new IllegalArgumentException(
              name + "." + schema.at(c).getName() + " of " + n + ", not " + least + " to " + most);
        }
      }
    }
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
