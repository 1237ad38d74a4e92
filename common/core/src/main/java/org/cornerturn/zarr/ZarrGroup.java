package org.cornerturn.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.cornerturn.storage.ObjectStatus;
import org.cornerturn.storage.ObjectStore;

/**
 * A group in a store, for reading. What consolidated metadata covers costs no further request;
 * without them children are found by listing everything below the group.
 */
public final class ZarrGroup {
  private final ObjectStore store;
  private final ZarrFormat format;
  private final String path;
  private final ObjectNode attributes;

  /** Metadata documents by key relative to {@link #base}; null without consolidated metadata. */
  private final TreeMap<String, JsonNode> consolidated;

  /** Path of the group that has the consolidated metadata. */
  private final String base;

  private ZarrGroup(
      ObjectStore store,
      ZarrFormat format,
      String path,
      ObjectNode attributes,
      TreeMap<String, JsonNode> consolidated,
      String base) {
    this.store = store;
    this.format = format;
    this.path = path;
    this.attributes = attributes;
    this.consolidated = consolidated;
    this.base = base;
  }

  /**
   * Opens a group of either format: one request where it is Zarr v3, two where it is consolidated
   * v2.
   *
   * @param path of the group in the store, without slashes at its ends; empty for the root
   * @throws ZarrException when there is no group, or it can't be read
   */
  public static ZarrGroup open(ObjectStore store, String path) throws IOException {
    return open(store, path, key -> MetadataStore.read(store, key));
  }

  /**
   * Opens a group whose folder was looked into: nothing is asked that the folder tells, so this is
   * one request, or two where Zarr v2 is not consolidated.
   *
   * @param path of the group in the store, without slashes at its ends; empty for the root
   * @param folder what lies directly at the path
   * @throws ZarrException when there is no group, or it can't be read
   */
  public static ZarrGroup open(ObjectStore store, String path, ObjectStore.Folder folder)
      throws IOException {
    Map<String, ObjectStatus> known = new HashMap<>();
    folder.objects().forEach(o -> known.put(o.key(), o));
    return open(
        store,
        path,
        key -> known.containsKey(key) ? MetadataStore.read(store, known.get(key)) : null);
  }

  /** Reads a metadata document, null where there is none. */
  @FunctionalInterface
  private interface Documents {
    ObjectNode read(String key) throws IOException;
  }

  private static ZarrGroup open(ObjectStore store, String path, Documents documents)
      throws IOException {
    String name = MetadataStore.name(store, path);
    ObjectNode v3 = documents.read(Names.join(path, Names.V3));
    if (v3 != null) {
      checkGroup(name, v3);
      JsonNode metadata = v3.path("consolidated_metadata").path("metadata");
      TreeMap<String, JsonNode> known = null;
      if (metadata.isObject()) {
        known = new TreeMap<>();
        for (Map.Entry<String, JsonNode> e : metadata.properties()) {
          known.put(Names.join(checkedPath(name, e.getKey()), Names.V3), e.getValue());
        }
      }
      return new ZarrGroup(store, ZarrFormat.V3, path, attributes(name, v3), known, path);
    }
    ObjectNode all = documents.read(Names.join(path, Names.V2_CONSOLIDATED));
    if (all != null && all.path("metadata").path(Names.V2_GROUP).isObject()) {
      TreeMap<String, JsonNode> known = new TreeMap<>();
      for (Map.Entry<String, JsonNode> e : all.path("metadata").properties()) {
        known.put(checkedPath(name, e.getKey()), e.getValue());
      }
      ObjectNode zattrs = document(name, known.get(Names.V2_ATTRIBUTES));
      return new ZarrGroup(store, ZarrFormat.V2, path, orEmpty(zattrs), known, path);
    }
    if (documents.read(Names.join(path, Names.V2_GROUP)) == null) {
      throw new ZarrException(name, "no Zarr group is here");
    }
    ObjectNode zattrs = documents.read(Names.join(path, Names.V2_ATTRIBUTES));
    return new ZarrGroup(store, ZarrFormat.V2, path, orEmpty(zattrs), null, path);
  }

  public ZarrFormat format() {
    return format;
  }

  /** Path in the store, empty for the root. */
  public String path() {
    return path;
  }

  /** A copy of the user's attributes. */
  public ObjectNode attributes() {
    return attributes.deepCopy();
  }

  /** Whether consolidated metadata tell of this group's children. */
  public boolean isConsolidated() {
    return consolidated != null;
  }

  /** Names of the arrays directly in this group. */
  public SortedSet<String> arrayNames() throws IOException {
    return direct(arrayPaths());
  }

  /** Names of the groups directly in this group. */
  public SortedSet<String> groupNames() throws IOException {
    return direct(groupPaths());
  }

  /** Paths, relative to this group, of all arrays below it. */
  public SortedSet<String> arrayPaths() throws IOException {
    return paths(true);
  }

  /** Paths, relative to this group, of all groups below it. */
  public SortedSet<String> groupPaths() throws IOException {
    return paths(false);
  }

  private static SortedSet<String> direct(SortedSet<String> paths) {
    paths.removeIf(p -> p.indexOf('/') >= 0);
    return paths;
  }

  private SortedSet<String> paths(boolean arrays) throws IOException {
    SortedSet<String> found = new TreeSet<>();
    String prefix = path.isEmpty() ? "" : path + "/";
    String v2 = arrays ? Names.V2_ARRAY : Names.V2_GROUP;
    if (consolidated != null) {
      String within = path.substring(base.length());
      within = within.isEmpty() ? "" : within.replaceFirst("^/", "") + "/";
      for (Map.Entry<String, JsonNode> e : consolidated.tailMap(within).entrySet()) {
        if (!e.getKey().startsWith(within)) {
          break;
        }
        String key = e.getKey().substring(within.length());
        boolean wanted =
            format == ZarrFormat.V2
                ? key.endsWith("/" + v2)
                : key.endsWith("/" + Names.V3) && arrays == isArray(e.getValue());
        if (wanted) {
          found.add(key.substring(0, key.lastIndexOf('/')));
        }
      }
      return found;
    }
    for (ObjectStatus s : store.list(prefix)) {
      String key = s.key().substring(prefix.length());
      boolean wanted =
          format == ZarrFormat.V2
              ? key.endsWith("/" + v2)
              : key.endsWith("/" + Names.V3)
                  && arrays == isArray(MetadataStore.read(store, s.key()));
      if (wanted) {
        found.add(key.substring(0, key.lastIndexOf('/')));
      }
    }
    return found;
  }

  private static boolean isArray(JsonNode document) {
    return document != null && document.path("node_type").asText().equals("array");
  }

  /**
   * @param relative path below this group
   * @throws ZarrException when there is none
   */
  public ZarrArray array(String relative) throws IOException {
    String full = Names.join(path, relative);
    if (consolidated == null) {
      return ZarrArray.open(store, full);
    }
    String name = MetadataStore.name(store, full);
    ObjectNode document = known(full, format == ZarrFormat.V3 ? Names.V3 : Names.V2_ARRAY);
    if (document == null) {
      throw new ZarrException(name, "no Zarr array is here");
    }
    ObjectNode zattrs = format == ZarrFormat.V3 ? null : known(full, Names.V2_ATTRIBUTES);
    return new ZarrArray(store, full, ArrayMetadata.parse(name, document, zattrs));
  }

  /**
   * @param relative path below this group
   * @throws ZarrException when there is none
   */
  public ZarrGroup group(String relative) throws IOException {
    String full = Names.join(path, relative);
    if (consolidated == null) {
      return open(store, full);
    }
    String name = MetadataStore.name(store, full);
    ObjectNode document = known(full, format == ZarrFormat.V3 ? Names.V3 : Names.V2_GROUP);
    if (document == null) {
      throw new ZarrException(name, "no Zarr group is here");
    }
    ObjectNode attributes;
    if (format == ZarrFormat.V3) {
      checkGroup(name, document);
      attributes = attributes(name, document);
    } else {
      attributes = orEmpty(known(full, Names.V2_ATTRIBUTES));
    }
    return new ZarrGroup(store, format, full, attributes, consolidated, base);
  }

  /** A document of the consolidated metadata, or null. */
  private ObjectNode known(String full, String document) throws ZarrException {
    String within =
        base.isEmpty() ? full : full.substring(Math.min(full.length(), base.length() + 1));
    return document(
        MetadataStore.name(store, full), consolidated.get(Names.join(within, document)));
  }

  private static ObjectNode document(String name, JsonNode node) throws ZarrException {
    if (node == null || node instanceof ObjectNode) {
      return (ObjectNode) node;
    }
    throw new ZarrException(name, "consolidated metadata are no JSON object");
  }

  private static ObjectNode orEmpty(ObjectNode node) {
    return node == null ? Json.object() : node;
  }

  private static void checkGroup(String name, ObjectNode document) throws ZarrException {
    if (document.path("zarr_format").asInt() != ZarrFormat.V3.number()
        || !document.path("node_type").asText().equals("group")) {
      throw new ZarrException(name, "is no Zarr v3 group");
    }
  }

  private static ObjectNode attributes(String name, ObjectNode document) throws ZarrException {
    try {
      return MetadataReader.object(document, "attributes");
    } catch (IllegalArgumentException e) {
      throw new ZarrException(name, e.getMessage(), e);
    }
  }

  /** A key of consolidated metadata, which must not lead out of the group. */
  private static String checkedPath(String name, String key) throws ZarrException {
    for (String part : key.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        throw new ZarrException(name, "consolidated metadata name an impossible path: " + key);
      }
    }
    return key;
  }
}
