package org.cornerturn.zarr;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.cornerturn.array.Shape;

/** JSON as metadata needs it: members in the order they were added, integers of any size exact. */
final class Json {
  // Python's json module writes NaN and Infinity bare, so stores of others have them.
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          // zarr-python 2 decodes metadata as ASCII.
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build();
  private static final DefaultPrettyPrinter PRINTER =
      new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
  private static final ObjectWriter WRITER = MAPPER.writer(PRINTER);

  /**
   * For documents of others that are changed in part: what isn't changed comes out as it came in,
   * numbers of any precision included.
   */
  private static final JsonMapper EXACT =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build();

  private Json() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static JsonNode text(String value) {
    return JsonNodeFactory.instance.textNode(value);
  }

  static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  static ArrayNode array(Shape shape) {
    ArrayNode a = array();
    for (long d : shape.dims()) {
      a.add(d);
    }
    return a;
  }

  static byte[] bytes(JsonNode node) {
    return bytes(WRITER, node);
  }

  /** Bytes of a document from {@link #parseExactly}. */
  static byte[] exactBytes(JsonNode node) {
    return bytes(EXACT.writer(PRINTER), node);
  }

  private static byte[] bytes(ObjectWriter writer, JsonNode node) {
    try {
      return writer.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree can always be written", e);
    }
  }

  /**
   * @param name of the object, for errors
   * @throws ZarrException when the bytes aren't one JSON object
   */
  static ObjectNode parse(String name, byte[] bytes) throws ZarrException {
    return parse(MAPPER, name, bytes);
  }

  /** As {@link #parse}, for {@link #exactBytes}. */
  static ObjectNode parseExactly(String name, byte[] bytes) throws ZarrException {
    return parse(EXACT, name, bytes);
  }

  private static ObjectNode parse(JsonMapper mapper, String name, byte[] bytes)
      throws ZarrException {
    try {
      if (mapper.readTree(bytes) instanceof ObjectNode o) {
        return o;
      }
      throw new ZarrException(name, "is not a JSON object");
    } catch (ZarrException e) {
      throw e;
    } catch (IOException e) {
      String message = String.valueOf(e.getMessage());
      throw new ZarrException(name, "is not JSON: " + message.lines().findFirst().orElse(""), e);
    }
  }
}
