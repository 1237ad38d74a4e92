package org.cornerturn.query.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** JSON as this service writes it: NaN and infinities are null. */
public final class Json {
  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .registerModule(
              new SimpleModule()
                  .addSerializer(Double.class, new Finite<>())
                  .addSerializer(double.class, new Finite<>())
                  .addSerializer(Float.class, new FiniteFloat<>())
                  .addSerializer(float.class, new FiniteFloat<>())
                  .addSerializer(double[].class, new Doubles())
                  .addSerializer(float[].class, new Floats()));

  private Json() {}

  /** The mapper that all answers are written by; don't reconfigure it. */
  public static ObjectMapper mapper() {
    return MAPPER;
  }

  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  public static JsonNode node(Object value) {
    return MAPPER.valueToTree(value);
  }

  /** UTF-8 bytes. */
  public static byte[] bytes(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not writable as JSON: " + value.getClass(), e);
    }
  }

  private static void write(double v, JsonGenerator g) throws IOException {
    if (Double.isFinite(v)) {
      g.writeNumber(v);
    } else {
      g.writeNull();
    }
  }

  private static void write(float v, JsonGenerator g) throws IOException {
    if (Float.isFinite(v)) {
      g.writeNumber(v);
    } else {
      g.writeNull();
    }
  }

  private static final class Finite<T extends Number> extends JsonSerializer<T> {
    @Override
    public void serialize(T v, JsonGenerator g, SerializerProvider p) throws IOException {
      write(v.doubleValue(), g);
    }
  }

  private static final class FiniteFloat<T extends Number> extends JsonSerializer<T> {
    @Override
    public void serialize(T v, JsonGenerator g, SerializerProvider p) throws IOException {
      write(v.floatValue(), g);
    }
  }

  private static final class Doubles extends JsonSerializer<double[]> {
    @Override
    public void serialize(double[] values, JsonGenerator g, SerializerProvider p)
        throws IOException {
      g.writeStartArray();
      for (double v : values) {
        write(v, g);
      }
      g.writeEndArray();
    }
  }

  private static final class Floats extends JsonSerializer<float[]> {
    @Override
    public void serialize(float[] values, JsonGenerator g, SerializerProvider p)
        throws IOException {
      g.writeStartArray();
      for (float v : values) {
        write(v, g);
      }
      g.writeEndArray();
    }
  }
}
