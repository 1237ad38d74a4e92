package org.cornerturn.zarr;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cornerturn.storage.ObjectStore;

/**
 * The metadata of a whole store, written when all its chunks are there: arrays first, then groups,
 * the root's consolidated metadata last. Until then no reader sees anything. Intermediate groups
 * are made as needed. Equal content gives equal bytes, whatever the order of calls.
 */
public final class ZarrHierarchy {
  private final ZarrFormat format;
  private final TreeMap<String, ObjectNode> groups = new TreeMap<>();
  private final TreeMap<String, ArrayMetadata> arrays = new TreeMap<>();

  public ZarrHierarchy(ZarrFormat format) {
    this.format = format;
  }

  /**
   * Adds a group, or gives an intermediate one its attributes.
   *
   * @param path escaped (see {@link NodeName}); empty for the root
   * @throws IllegalArgumentException when an array has this path or one above it
   */
  public ZarrHierarchy group(String path, ObjectNode attributes) {
    checkAbove(path);
    if (arrays.containsKey(path)) {
      throw new IllegalArgumentException("both a group and an array at " + path);
    }
    groups.put(path, attributes.deepCopy());
    return this;
  }

  /**
   * @param path escaped (see {@link NodeName}); empty where the root is an array
   * @throws IllegalArgumentException when something else has this path, or an array one above it
   */
  public ZarrHierarchy array(String path, ArrayMetadata metadata) {
    if (metadata.format() != format) {
      throw new IllegalArgumentException(
          "array " + path + " of Zarr " + metadata.format() + " in a store of " + format);
    }
    checkAbove(path);
    if (groups.containsKey(path) || arrays.put(path, metadata) != null) {
      throw new IllegalArgumentException("two nodes at " + path);
    }
    return this;
  }

  /** Checks the path, and makes the groups above it. */
  private void checkAbove(String path) {
    if (path.isEmpty()) {
      return;
    }
    for (String part : path.split("/", -1)) {
      if (part.isEmpty() || !NodeName.escape(NodeName.unescape(part)).equals(part)) {
        throw new IllegalArgumentException("not an escaped path: " + path);
      }
    }
    for (int end = path.lastIndexOf('/'); ; end = path.lastIndexOf('/', end - 1)) {
      String above = end < 0 ? "" : path.substring(0, end);
      if (arrays.containsKey(above)) {
        throw new IllegalArgumentException("array " + above + " can't hold " + path);
      }
      groups.putIfAbsent(above, Json.object());
      if (end < 0) {
        return;
      }
    }
  }

  /** Every metadata object by key relative to the root, in the order of writing. */
  public Map<String, byte[]> objects() {
    Map<String, ObjectNode> all = new LinkedHashMap<>();
    arrays.forEach(
        (path, m) -> m.documents().forEach((name, o) -> all.put(Names.join(path, name), o)));
    groups.forEach(
        (path, attributes) -> {
          if (!path.isEmpty()) {
            all.putAll(groupDocuments(path, attributes));
          }
        });
    ObjectNode root = groups.get("");
    if (root != null) {
      all.putAll(format == ZarrFormat.V3 ? rootV3(root, all) : rootV2(root, all));
    }
    Map<String, byte[]> bytes = new LinkedHashMap<>();
    all.forEach((key, o) -> bytes.put(key, Json.bytes(o)));
    return bytes;
  }

  private Map<String, ObjectNode> groupDocuments(String path, ObjectNode attributes) {
    Map<String, ObjectNode> documents = new LinkedHashMap<>();
    ObjectNode o = Json.object();
    o.put("zarr_format", format.number());
    if (format == ZarrFormat.V3) {
      o.put("node_type", "group");
      o.set("attributes", attributes);
      documents.put(Names.join(path, Names.V3), o);
      return documents;
    }
    if (!attributes.isEmpty()) {
      documents.put(Names.join(path, Names.V2_ATTRIBUTES), attributes);
    }
    // The mark of the group last: it makes the group visible.
    documents.put(Names.join(path, Names.V2_GROUP), o);
    return documents;
  }

  private Map<String, ObjectNode> rootV3(ObjectNode attributes, Map<String, ObjectNode> below) {
    Map<String, ObjectNode> documents = groupDocuments("", attributes);
    ObjectNode consolidated = documents.get(Names.V3).putObject("consolidated_metadata");
    consolidated.put("kind", "inline").put("must_understand", false);
    ObjectNode metadata = consolidated.putObject("metadata");
    String suffix = "/" + Names.V3;
    new TreeMap<>(below)
        .forEach((key, o) -> metadata.set(key.substring(0, key.length() - suffix.length()), o));
    return documents;
  }

  private Map<String, ObjectNode> rootV2(ObjectNode attributes, Map<String, ObjectNode> below) {
    Map<String, ObjectNode> root = groupDocuments("", attributes);
    ObjectNode consolidated = Json.object();
    ObjectNode metadata = consolidated.putObject("metadata");
    TreeMap<String, ObjectNode> sorted = new TreeMap<>(below);
    sorted.putAll(root);
    sorted.forEach(metadata::set);
    consolidated.put("zarr_consolidated_format", 1);
    Map<String, ObjectNode> documents = new LinkedHashMap<>();
    documents.put(Names.V2_CONSOLIDATED, consolidated);
    documents.putAll(root);
    return documents;
  }

  /**
   * Writes {@link #objects} in order.
   *
   * @param root of the Zarr store inside the object store, without slashes at its ends; empty for
   *     the object store's own root
   */
  public void publish(ObjectStore store, String root) throws IOException {
    for (Map.Entry<String, byte[]> o : objects().entrySet()) {
      store.put(Names.join(root, o.getKey()), o.getValue());
    }
  }

  /** Removes the root's metadata of either format, so that readers see no store any more. */
  public static void unpublish(ObjectStore store, String root) throws IOException {
    List<String> visible =
        List.of(
            Names.V3, Names.V2_CONSOLIDATED, Names.V2_GROUP, Names.V2_ARRAY, Names.V2_ATTRIBUTES);
    for (String name : visible) {
      store.delete(Names.join(root, name));
    }
  }
}
