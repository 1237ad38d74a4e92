package org.cornerturn.jobs.pyramid;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.cornerturn.zarr.ZarrFormat;

/**
 * What the group around an array tells of its pyramid: an entry of its own for each statistic of an
 * image (OME-NGFF), and the layout of the zarr-conventions, of which a group has one: that of the
 * array whose name comes first. What others wrote stays.
 *
 * @param array its name in the group
 * @param conventions attributes of the zarr-conventions
 * @param images entries of OME-NGFF's {@code multiscales}; empty where it has no place for the
 *     array
 */
record ParentAttributes(
    String array, ZarrFormat format, ObjectNode conventions, List<ObjectNode> images) {
  private static final String SCALES = "multiscales";
  private static final String CONVENTIONS = "zarr_conventions";
  private static final String OME = "ome";

  /** Of OME-NGFF in Zarr v3. */
  static final String OME_VERSION = "0.5";

  /** Of OME-NGFF in Zarr v2. */
  static final String OME_VERSION_V2 = "0.4";

  ParentAttributes {
    images = List.copyOf(images);
  }

  /** The group's attributes with the pyramid in them. */
  ObjectNode add(ObjectNode attributes) {
    ObjectNode all = remove(attributes);
    if (!images.isEmpty()) {
      addImages(all);
    }
    JsonNode present = all.get(SCALES);
    String other = present == null ? null : ourArray(present);
    if (present == null || other != null && array.compareTo(other) < 0) {
      all.set(SCALES, conventions.get(SCALES).deepCopy());
      ArrayNode names = all.get(CONVENTIONS) instanceof ArrayNode a ? a : all.putArray(CONVENTIONS);
      JsonNode ours = conventions.get(CONVENTIONS).get(0);
      if (position(names, ours.get("uuid")) < 0) {
        names.add(ours.deepCopy());
      }
    }
    return all;
  }

  private void addImages(ObjectNode all) {
    if (format == ZarrFormat.V2) {
      if (all.path(SCALES).isMissingNode() || all.get(SCALES).isArray()) {
        insert(all);
      }
      return;
    }
    ObjectNode ome = all.get(OME) instanceof ObjectNode o ? o : all.putObject(OME);
    if (ome.isEmpty()) {
      ome.put("version", OME_VERSION);
    }
    // Two versions in one hierarchy are forbidden.
    if (ome.path("version").asText().equals(OME_VERSION)) {
      insert(ome);
    }
  }

  /** Others' entries first, then ours by array. */
  private void insert(ObjectNode holder) {
    List<JsonNode> ours = new ArrayList<>(images);
    ArrayNode entries = holder.get(SCALES) instanceof ArrayNode a ? a : holder.putArray(SCALES);
    List<JsonNode> others = new ArrayList<>();
    entries.forEach(e -> (imageArray(e) == null ? others : ours).add(e));
    ours.sort(Comparator.comparing(ParentAttributes::imageArray));
    entries.removeAll();
    entries.addAll(others);
    entries.addAll(ours);
  }

  /** The group's attributes without the pyramid. */
  ObjectNode remove(ObjectNode attributes) {
    ObjectNode all = attributes.deepCopy();
    if (array.equals(ourArray(all.path(SCALES)))) {
      all.remove(SCALES);
      if (all.get(CONVENTIONS) instanceof ArrayNode names) {
        int at = position(names, conventions.get(CONVENTIONS).get(0).get("uuid"));
        if (at >= 0) {
          names.remove(at);
        }
        if (names.isEmpty()) {
          all.remove(CONVENTIONS);
        }
      }
    }
    removeImages(all);
    if (all.get(OME) instanceof ObjectNode ome && removeImages(ome) && ome.size() == 1) {
      all.remove(OME);
    }
    return all;
  }

  /** Whether none are left. */
  private boolean removeImages(ObjectNode holder) {
    if (!(holder.get(SCALES) instanceof ArrayNode entries)) {
      return false;
    }
    for (int i = entries.size() - 1; i >= 0; i--) {
      if (array.equals(imageArray(entries.get(i)))) {
        entries.remove(i);
      }
    }
    if (entries.isEmpty()) {
      holder.remove(SCALES);
    }
    return entries.isEmpty();
  }

  private static int position(ArrayNode conventions, JsonNode uuid) {
    for (int i = 0; i < conventions.size(); i++) {
      if (uuid.equals(conventions.get(i).get("uuid"))) {
        return i;
      }
    }
    return -1;
  }

  /** The array of a layout that a run of this command has put there, else null. */
  private static String ourArray(JsonNode scales) {
    return pyramidOf(scales.path("layout"), "asset");
  }

  private static String imageArray(JsonNode entry) {
    return pyramidOf(entry.path("datasets"), "path");
  }

  private static String pyramidOf(JsonNode levels, String member) {
    if (levels.size() < 2) {
      return null;
    }
    String finest = levels.get(0).path(member).asText();
    for (int i = 1; i < levels.size(); i++) {
      String level = levels.get(i).path(member).asText();
      if (!level.startsWith(finest + SourceArray.SUFFIX + "/")) {
        return null;
      }
    }
    return finest;
  }
}
