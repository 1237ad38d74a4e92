package org.cornerturn.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cornerturn.storage.ObjectStore;

/**
 * {@code metadata.json} beside {@code product.json}: what publishing has written, which no task
 * did.
 *
 * @param creation the making of the product that was published
 * @param objects the documents; their keys as those of the tasks' objects
 */
record PublishedMetadata(String creation, List<WrittenObject> objects) {
  static final String KEY = "metadata.json";

  PublishedMetadata {
    objects = List.copyOf(objects);
  }

  void put(ObjectStore state) throws IOException {
    ObjectNode n = ProductRecord.JSON.createObjectNode();
    n.put("creation", creation);
    ArrayNode list = n.putArray("objects");
    for (WrittenObject w : objects) {
      list.addObject().put("key", w.key()).put("size", w.size()).put("crc32c", w.crc32c());
    }
    state.put(KEY, ProductRecord.JSON.writeValueAsBytes(n));
  }

  static Optional<PublishedMetadata> read(ObjectStore state) throws IOException {
    byte[] bytes;
    try {
      bytes = state.get(KEY);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    try {
      JsonNode n = ProductRecord.JSON.readTree(bytes);
      List<WrittenObject> objects = new ArrayList<>();
      for (JsonNode o : n.required("objects")) {
        objects.add(
            new WrittenObject(
                o.required("key").asText(),
                o.required("size").asLong(),
                o.required("crc32c").asLong()));
      }
      return Optional.of(new PublishedMetadata(n.required("creation").asText(), objects));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new IOException(
          state.uri() + "/" + KEY + " is damaged (" + StoreFaults.line(e) + ")", e);
    }
  }

  /** A document: one JSON value and nothing after it. */
  static JsonNode parsed(byte[] bytes) throws IOException {
    return ProductRecord.JSON
        .reader(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .with(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS) // As Python writes them.
        .readTree(bytes);
  }

  /**
   * Whether a document is one that other products may rightly change later: that of a group, which
   * lists and describes what is added below it (consolidated metadata, attributes).
   *
   * @param content as it is now
   */
  static boolean isOpen(String key, JsonNode content) {
    String name = key.substring(key.lastIndexOf('/') + 1);
    return switch (name) {
      case ".zmetadata", ".zattrs" -> content.isObject();
      case "zarr.json" -> content.path("node_type").asText().equals("group");
      default -> false;
    };
  }
}
