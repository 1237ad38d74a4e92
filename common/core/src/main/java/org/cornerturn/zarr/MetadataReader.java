package org.cornerturn.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.cornerturn.array.Shape;

/**
 * Members of metadata, checked. Faults are {@link IllegalArgumentException}s, which {@link
 * ArrayMetadata#parse} turns into a {@link ZarrException} that names the object.
 */
final class MetadataReader {
  private static final int MAX_RANK = 64;

  private MetadataReader() {}

  static Shape shape(String name, JsonNode node) {
    if (!node.isArray() || node.size() > MAX_RANK) {
      throw new IllegalArgumentException(name + " is no list of integers: " + brief(node));
    }
    long[] dims = new long[node.size()];
    for (int i = 0; i < dims.length; i++) {
      if (!node.get(i).isIntegralNumber() || !node.get(i).canConvertToLong()) {
        throw new IllegalArgumentException(name + " is no list of integers: " + brief(node));
      }
      dims[i] = node.get(i).longValue();
    }
    return Shape.of(dims);
  }

  static JsonNode required(JsonNode parent, String name) {
    JsonNode node = parent.get(name);
    if (node == null) {
      throw new IllegalArgumentException("metadata lack " + name);
    }
    return node;
  }

  static int integer(JsonNode parent, String name, int otherwise) {
    JsonNode node = parent.path(name);
    if (node.isMissingNode() || node.isNull()) {
      return otherwise;
    }
    if (!node.isInt()) {
      throw new IllegalArgumentException(name + " is no integer: " + brief(node));
    }
    return node.intValue();
  }

  static ObjectNode object(JsonNode parent, String name) {
    JsonNode node = parent.path(name);
    if (node.isMissingNode() || node.isNull()) {
      return Json.object();
    }
    if (node instanceof ObjectNode o) {
      return o;
    }
    throw new IllegalArgumentException(name + " is no object: " + brief(node));
  }

  /** A node's beginning, fit for one line. */
  static String brief(JsonNode node) {
    String text = node.toString();
    return text.length() <= 100 ? text : text.substring(0, 100) + "...";
  }
}
