package org.cornerturn.query.sql;

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
import io.delta.kernel.types.ShortType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampNTZType;
import io.delta.kernel.types.TimestampType;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Blob;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.cornerturn.table.RowCursor;

/**
 * What a query gives. Types that tables have stay; all others (lists, structs, intervals) are text.
 */
final class SqlRows implements RowCursor {
  private static final Map<String, DataType> TYPES =
      Map.ofEntries(
          Map.entry("BOOLEAN", BooleanType.BOOLEAN),
          Map.entry("TINYINT", ByteType.BYTE),
          Map.entry("SMALLINT", ShortType.SHORT),
          Map.entry("INTEGER", IntegerType.INTEGER),
          Map.entry("BIGINT", LongType.LONG),
          Map.entry("UTINYINT", ShortType.SHORT),
          Map.entry("USMALLINT", IntegerType.INTEGER),
          Map.entry("UINTEGER", LongType.LONG),
          Map.entry("UBIGINT", new DecimalType(20, 0)),
          Map.entry("HUGEINT", new DecimalType(38, 0)),
          Map.entry("FLOAT", FloatType.FLOAT),
          Map.entry("DOUBLE", DoubleType.DOUBLE),
          Map.entry("BLOB", BinaryType.BINARY),
          Map.entry("DATE", DateType.DATE),
          Map.entry("TIMESTAMP", TimestampNTZType.TIMESTAMP_NTZ),
          Map.entry("TIMESTAMP WITH TIME ZONE", TimestampType.TIMESTAMP));

  private final ResultSet results;
  private final StructType schema;

  SqlRows(ResultSet results) throws SQLException {
    this.results = results;
    this.schema = schema(results.getMetaData());
  }

  private static StructType schema(ResultSetMetaData about) throws SQLException {
    StructType schema = new StructType();
    Set<String> taken = new HashSet<>();
    for (int i = 1; i <= about.getColumnCount(); i++) {
      String name = about.getColumnLabel(i);
      for (int n = 2; !taken.add(name); n++) {
        name = about.getColumnLabel(i) + "_" + n; // Two columns of one name would be one member.
      }
      String type = about.getColumnTypeName(i).toUpperCase(Locale.ROOT);
      DataType of =
          type.startsWith("DECIMAL")
              ? new DecimalType(about.getPrecision(i), about.getScale(i))
              : TYPES.getOrDefault(type, StringType.STRING);
      schema = schema.add(new StructField(name, of, true));
    }
    return schema;
  }

  @Override
  public StructType schema() {
    return schema;
  }

  @Override
  public boolean advance() throws IOException {
    try {
      return results.next();
    } catch (SQLException e) {
      throw new SqlFailure(e);
    }
  }

  @Override
  public Object[] values() throws IOException {
    Object[] values = new Object[schema.length()];
    try {
      for (int i = 0; i < values.length; i++) {
        values[i] = value(results.getObject(i + 1), schema.at(i).getDataType());
      }
    } catch (SQLException e) {
      throw new SqlFailure(e);
    }
    return values;
  }

  /** DuckDB's end of a query, on the way through code that reads rows from anywhere. */
  static final class SqlFailure extends IOException {
    private static final long serialVersionUID = 1L;

    SqlFailure(SQLException cause) {
      super(cause.getMessage(), cause);
    }

    SQLException sql() {
      return (SQLException) getCause();
    }
  }

  private static Object value(Object value, DataType type) throws SQLException {
    if (value == null) {
      return null;
    }
    if (type instanceof BooleanType || type instanceof FloatType || type instanceof DoubleType) {
      return value;
    }
    if (type instanceof DecimalType) {
      return value instanceof BigDecimal d ? d : new BigDecimal(value.toString());
    }
    if (type instanceof DateType) {
      return ((LocalDate) value).toEpochDay();
    }
    if (type instanceof TimestampType) {
      return micros(((OffsetDateTime) value).toInstant());
    }
    if (type instanceof TimestampNTZType) {
      LocalDateTime at =
          value instanceof java.sql.Timestamp t ? t.toLocalDateTime() : (LocalDateTime) value;
      return micros(at.toInstant(ZoneOffset.UTC));
    }
    if (type instanceof BinaryType) {
      Blob blob = (Blob) value;
      return blob.getBytes(1, Math.toIntExact(blob.length()));
    }
    return type instanceof StringType ? value.toString() : (Object) ((Number) value).longValue();
  }

  private static long micros(Instant at) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at);
  }

  @Override
  public void close() throws IOException {
    try {
      results.close();
    } catch (SQLException e) {
      throw new SqlFailure(e);
    }
  }
}
