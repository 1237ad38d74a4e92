package org.cornerturn.table;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampNTZType;
import io.delta.kernel.types.TimestampType;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * Rows as JSON: objects by column name; dates and moments in ISO 8601, NaN and infinities as null,
 * bytes as base64, maps as objects.
 */
public final class RowJson {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .build();

  private RowJson() {}

  static void write(RowCursor rows, OutputStream out) throws IOException {
    StructType schema = rows.schema();
    try (JsonGenerator json = FACTORY.createGenerator(out, JsonEncoding.UTF8)) {
      json.writeStartArray();
      while (rows.advance()) {
        row(rows.values(), schema, json);
        json.writeRaw('\n');
      }
      json.writeEndArray();
    }
  }

  /** One row as an object. */
  public static void row(Object[] values, StructType schema, JsonGenerator json)
      throws IOException {
    json.writeStartObject();
    members(values, schema, json);
    json.writeEndObject();
  }

  /** A row's values as members of the object that is being written. */
  public static void members(Object[] values, StructType schema, JsonGenerator json)
      throws IOException {
    for (int i = 0; i < values.length; i++) {
      json.writeFieldName(schema.at(i).getName());
      value(values[i], schema.at(i).getDataType(), json);
    }
  }

  private static void value(Object value, DataType type, JsonGenerator json) throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof String || type instanceof DateType || isMoment(type)) {
      json.writeString(text(value, type));
    } else if (value instanceof Long n) {
      json.writeNumber(n);
    } else if (value instanceof Double d) {
      if (Double.isFinite(d)) {
        json.writeNumber(d);
      } else {
        json.writeNull();
      }
    } else if (value instanceof Float f) {
      if (Float.isFinite(f)) {
        json.writeNumber(f);
      } else {
        json.writeNull();
      }
    } else if (value instanceof Boolean b) {
      json.writeBoolean(b);
    } else if (value instanceof BigDecimal d) {
      json.writeNumber(d);
    } else if (value instanceof byte[] bytes) {
      json.writeBinary(bytes);
    } else {
      nested(value, type, json);
    }
  }

  private static void nested(Object value, DataType type, JsonGenerator json) throws IOException {
    if (type instanceof StructType struct) {
      row((Object[]) value, struct, json);
    } else if (type instanceof ArrayType array) {
      json.writeStartArray();
      for (Object o : (List<?>) value) {
        value(o, array.getElementType(), json);
      }
      json.writeEndArray();
    } else if (type instanceof MapType map) {
      json.writeStartObject();
      for (Map.Entry<?, ?> e : ((Map<?, ?>) value).entrySet()) {
        json.writeFieldName(text(e.getKey(), map.getKeyType()));
        value(e.getValue(), map.getValueType(), json);
      }
      json.writeEndObject();
    } else {
      throw new IllegalArgumentException("a value of type " + type);
    }
  }

  private static boolean isMoment(DataType type) {
    return type instanceof TimestampType || type instanceof TimestampNTZType;
  }

  /** A value that is no list, struct or map, as text; of the others their JSON. */
  static String text(Object value, DataType type) throws IOException {
    if (type instanceof DateType) {
      return PlainText.date((Long) value);
    }
    if (isMoment(type)) {
      return PlainText.moment((Long) value, type instanceof TimestampType);
    }
    if (value instanceof BigDecimal d) {
      return d.toPlainString();
    }
    if (value instanceof List<?> || value instanceof Object[] || value instanceof Map<?, ?>) {
      StringWriter text = new StringWriter();
      try (JsonGenerator json = FACTORY.createGenerator(text)) {
        nested(value, type, json);
      }
      return text.toString();
    }
    return value instanceof byte[] bytes
        ? java.util.Base64.getEncoder().encodeToString(bytes)
        : value.toString();
  }
}
