package org.cornerturn.table;

import io.delta.kernel.types.ArrayType;
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
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampNTZType;
import io.delta.kernel.types.TimestampType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.stream.Collectors;

/** Plain values as text, and their order. */
public final class PlainText {
  private PlainText() {}

  /**
   * Reads the value of a single-valued type.
   *
   * @param column for errors
   * @throws IllegalArgumentException that says what is wrong
   */
  static Object parse(String text, DataType type, String column) {
    try {
      return parse(text.strip(), text, type, column);
    } catch (NumberFormatException | DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is no value of the column '" + column + "', which is of type " + type, e);
    }
  }

  private static Object parse(String text, String unstripped, DataType type, String column) {
    if (type instanceof StringType) {
      return unstripped;
    }
    if (type instanceof LongType
        || type instanceof IntegerType
        || type instanceof ShortType
        || type instanceof ByteType) {
      return Long.parseLong(text);
    }
    if (type instanceof DoubleType) {
      return Double.parseDouble(text);
    }
    if (type instanceof FloatType) {
      return Float.parseFloat(text);
    }
    if (type instanceof DecimalType) {
      return decimal(text);
    }
    if (type instanceof BooleanType && (text.equals("true") || text.equals("false"))) {
      return text.equals("true");
    }
    if (type instanceof DateType) {
      return LocalDate.parse(text).toEpochDay();
    }
    if (type instanceof TimestampType || type instanceof TimestampNTZType) {
      return micros(text);
    }
    throw new IllegalArgumentException(
        "'" + text + "' is no value of the column '" + column + "', which is of type " + type);
  }

  /** A number that doesn't take megabytes to compare. */
  private static BigDecimal decimal(String text) {
    BigDecimal value = new BigDecimal(text);
    if (Math.abs((long) value.scale()) > 1000 || value.precision() > 1000) {
      throw new NumberFormatException(text);
    }
    return value;
  }

  /** Microseconds since 1970 of a date, or of a date and time, in UTC where it names no offset. */
  private static long micros(String text) {
    if (text.length() <= 10) {
      return micros(LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC));
    }
    String iso = text.replace(' ', 'T');
    boolean zoned = iso.endsWith("Z") || iso.lastIndexOf('+') > 10 || iso.lastIndexOf('-') > 10;
    return micros(
        zoned
            ? OffsetDateTime.parse(iso).toInstant()
            : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC));
  }

  static long micros(Instant at) {
    return Math.addExact(
        Math.multiplyExact(at.getEpochSecond(), 1_000_000L), at.getNano() / 1_000L);
  }

  /** A type as text: {@code long}, {@code array<struct<key:string,size:long>>}. */
  public static String type(DataType type) {
    if (type instanceof ArrayType array) {
      return "array<" + type(array.getElementType()) + ">";
    }
    if (type instanceof MapType map) {
      return "map<" + type(map.getKeyType()) + "," + type(map.getValueType()) + ">";
    }
    if (type instanceof StructType struct) {
      return struct.fields().stream()
          .map(f -> f.getName() + ":" + type(f.getDataType()))
          .collect(Collectors.joining(",", "struct<", ">"));
    }
    if (type instanceof DecimalType decimal) {
      return "decimal(" + decimal.getPrecision() + "," + decimal.getScale() + ")";
    }
    return type.toString();
  }

  /** A date, {@code 2026-11-21}. */
  public static String date(long days) {
    return LocalDate.ofEpochDay(days).toString();
  }

  /**
   * A moment, {@code 2026-11-21T15:00:00.123456Z}.
   *
   * @param zoned whether it is one in UTC; else there is no {@code Z}
   */
  public static String moment(long micros, boolean zoned) {
    Instant at = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    return zoned ? at.toString() : at.atOffset(ZoneOffset.UTC).toLocalDateTime().toString();
  }

  /** Compares plain values of one type. */
  static int compare(Object a, Object b) {
    if (a instanceof Number x && b instanceof Number y && x.getClass() != y.getClass()) {
      return Double.compare(x.doubleValue(), y.doubleValue());
    }
    @SuppressWarnings("unchecked") // Both are of the column's type.
    Comparable<Object> left = (Comparable<Object>) a;
    return left.compareTo(b);
  }
}
