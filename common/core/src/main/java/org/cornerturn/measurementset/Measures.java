package org.cornerturn.measurementset;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Attributes that say what numbers measure. */
final class Measures {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private Measures() {}

  static ObjectNode object() {
    return JSON.objectNode();
  }

  static ArrayNode texts(List<String> values) {
    ArrayNode node = JSON.arrayNode();
    values.forEach(node::add);
    return node;
  }

  /** A single number with its unit, as an attribute. */
  static ObjectNode quantity(double value, String units) {
    ObjectNode node = JSON.objectNode();
    node.put("data", value);
    node.putArray("dims");
    node.putObject("attrs").put("units", units).put("type", "quantity");
    return node;
  }

  /** A single frequency, as an attribute. */
  static ObjectNode frequency(double hertz) {
    ObjectNode node = JSON.objectNode();
    node.put("data", hertz);
    node.putArray("dims");
    node.putObject("attrs")
        .put("units", "Hz")
        .put("observer", "TOPO")
        .put("type", "spectral_coord");
    return node;
  }

  static ObjectNode time() {
    return object().put("units", "s").put("scale", "utc").put("format", "unix");
  }
}
