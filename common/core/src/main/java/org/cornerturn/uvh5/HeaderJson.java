package org.cornerturn.uvh5;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.cornerturn.array.Shape;
import org.cornerturn.hdf5.Hdf5Type;
import org.cornerturn.hdf5.Hdf5Value;

/**
 * {@link HeaderRecord} as JSON: {@code {"items": [{"path", "attributes": {name: value}, "type",
 * "shape", "data" | "texts"}], "left": []}}. {@code type} is the datatype message and {@code data}
 * the stored bytes, in Base64; {@code described} is the type for people; {@code shape} is null for
 * a null dataspace.
 */
final class HeaderJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private HeaderJson() {}

  static ObjectNode write(HeaderRecord record) {
    ObjectNode json = NODES.objectNode();
    ArrayNode items = json.putArray("items");
    for (HeaderRecord.Item item : record.items()) {
      ObjectNode node = items.addObject().put("path", item.path());
      if (!item.attributes().isEmpty()) {
        ObjectNode attributes = node.putObject("attributes");
        item.attributes().forEach(a -> value(attributes.putObject(a.name()), a.value()));
      }
      if (item.value().isPresent()) {
        value(node, item.value().get());
      } else if (!item.isGroup()) {
        description(node, item.type(), item.shape());
      }
    }
    ArrayNode left = json.putArray("left");
    record.left().forEach(left::add);
    return json;
  }

  private static void description(ObjectNode node, Hdf5Type type, Optional<Shape> shape) {
    node.put("type", Base64.getEncoder().encodeToString(type.message()));
    node.put("described", type.describe());
    if (shape.isEmpty()) {
      node.putNull("shape");
      return;
    }
    ArrayNode dims = node.putArray("shape");
    for (long d : shape.get().dims()) {
      dims.add(d);
    }
  }

  private static void value(ObjectNode node, Hdf5Value value) {
    description(node, value.type(), value.shape());
    if (value.isEmpty()) {
      return;
    }
    if (value.type().isText()) {
      ArrayNode texts = node.putArray("texts");
      for (String s : value.texts()) {
        texts.add(s);
      }
    } else {
      node.put("data", Base64.getEncoder().encodeToString(value.bytes()));
    }
  }

  static HeaderRecord read(JsonNode json) {
    try {
      List<HeaderRecord.Item> items = new ArrayList<>();
      for (JsonNode node : json.path("items")) {
        items.add(item(node));
      }
      List<String> left = new ArrayList<>();
      json.path("left").forEach(n -> left.add(n.asText()));
      return new HeaderRecord(items, left);
    } catch (IOException | NullPointerException e) {
      throw new IllegalArgumentException("not a record of a UVH5 header: " + e.getMessage(), e);
    }
  }

  private static HeaderRecord.Item item(JsonNode node) throws IOException {
    String path = node.get("path").asText();
    List<HeaderRecord.Attribute> attributes = new ArrayList<>();
    for (var a : node.path("attributes").properties()) {
      attributes.add(new HeaderRecord.Attribute(a.getKey(), value(a.getValue()).orElseThrow()));
    }
    if (!node.has("type")) {
      return HeaderRecord.Item.group(path, attributes);
    }
    Hdf5Type type = Hdf5Type.ofMessage(node.get("type").binaryValue());
    return new HeaderRecord.Item(path, attributes, type, shape(node), value(node));
  }

  private static Optional<Shape> shape(JsonNode node) {
    JsonNode dims = node.get("shape");
    if (dims.isNull()) {
      return Optional.empty();
    }
    long[] n = new long[dims.size()];
    for (int i = 0; i < n.length; i++) {
      n[i] = dims.get(i).asLong();
    }
    return Optional.of(Shape.of(n));
  }

  private static Optional<Hdf5Value> value(JsonNode node) throws IOException {
    Hdf5Type type = Hdf5Type.ofMessage(node.get("type").binaryValue());
    Optional<Shape> shape = shape(node);
    if (shape.isEmpty()) {
      return Optional.of(new Hdf5Value(type, shape, null));
    }
    if (node.has("texts")) {
      List<String> texts = new ArrayList<>();
      node.get("texts").forEach(t -> texts.add(t.asText()));
      return Optional.of(new Hdf5Value(type, shape, texts.toArray(new String[0])));
    }
    if (node.has("data")) {
      return Optional.of(new Hdf5Value(type, shape, node.get("data").binaryValue()));
    }
    return Optional.empty();
  }
}
