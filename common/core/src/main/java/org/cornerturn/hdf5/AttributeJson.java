package org.cornerturn.hdf5;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/**
 * HDF5 attributes as the JSON of Zarr attributes. Numbers keep their value (float32 is widened
 * exactly), not-a-number and infinities become the strings that Zarr has for fill values, complex
 * numbers are pairs, compounds objects, references paths, an attribute without a value is null.
 */
public final class AttributeJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private AttributeJson() {}

  public static ObjectNode of(List<Hdf5Attribute> attributes) {
    ObjectNode node = JSON.objectNode();
    for (Hdf5Attribute a : attributes) {
      if (a.unreadable().isEmpty()) {
        node.set(a.name(), value(a.value()));
      }
    }
    return node;
  }

  /** The JSON of an attribute's value ({@link Hdf5Attribute#value}). */
  public static JsonNode value(Object value) {
    if (value == null) {
      return JSON.nullNode();
    }
    if (value instanceof String s) {
      return JSON.textNode(s);
    }
    if (value instanceof Boolean b) {
      return JSON.booleanNode(b);
    }
    if (value instanceof Long n) {
      return JSON.numberNode(n);
    }
    if (value instanceof BigInteger n) {
      return JSON.numberNode(n);
    }
    if (value instanceof Double d) {
      return number(d);
    }
    if (value instanceof List<?> list) {
      ArrayNode array = JSON.arrayNode(list.size());
      list.forEach(v -> array.add(value(v)));
      return array;
    }
    if (value instanceof Map<?, ?> map) {
      ObjectNode object = JSON.objectNode();
      map.forEach((k, v) -> object.set(String.valueOf(k), value(v)));
      return object;
    }
    throw new IllegalArgumentException("no JSON for " + value.getClass());
  }

  private static JsonNode number(double d) {
    if (Double.isNaN(d)) {
      return JSON.textNode("NaN");
    }
    if (Double.isInfinite(d)) {
      return JSON.textNode(d > 0 ? "Infinity" : "-Infinity");
    }
    return JSON.numberNode(d);
  }
}
