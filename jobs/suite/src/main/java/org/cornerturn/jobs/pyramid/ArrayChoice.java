package org.cornerturn.jobs.pyramid;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.spark.Refusal;
import org.cornerturn.zarr.ArrayMetadata;
import org.cornerturn.zarr.ZarrArray;
import org.cornerturn.zarr.ZarrException;
import org.cornerturn.zarr.ZarrGroup;

/**
 * Which arrays of a group get a pyramid: those of real numbers that are too large for a screen, but
 * neither index coordinates nor parts of a pyramid that is there already.
 *
 * @param refused arrays that can't be read
 */
record ArrayChoice(List<SourceArray> arrays, List<Refusal> refused) {
  ArrayChoice {
    arrays = List.copyOf(arrays);
    refused = List.copyOf(refused);
  }

  /**
   * @param group whose path is that in the store
   */
  static ArrayChoice of(Target target, ZarrGroup group, Kind kind) throws IOException {
    List<SourceArray> arrays = new ArrayList<>();
    List<Refusal> refused = new ArrayList<>();
    Set<String> levels = levels(group);
    for (String path : group.arrayPaths()) {
      if (levels.contains(path) || isInPyramid(path)) {
        continue;
      }
      try {
        ZarrArray array = group.array(path);
        if (isWanted(array, kind)) {
          arrays.add(
              new SourceArray(target.store(), new StoredArray(array.path(), array.metadata())));
        }
      } catch (ZarrException e) {
        refused.add(new Refusal(path, e.getMessage()));
      }
    }
    return new ArrayChoice(arrays, refused);
  }

  private static boolean isWanted(ZarrArray array, Kind kind) {
    ArrayMetadata m = array.metadata();
    boolean real = m.type() instanceof Primitive p && (p.isInteger() || p.isFloat());
    String name = array.path().substring(array.path().lastIndexOf('/') + 1);
    boolean index =
        m.shape().rank() == 1
            && m.dimensionNames() != null
            && name.equals(m.dimensionNames().get(0));
    // Levels of a waveform's pyramid and its overview say how coarse they are.
    boolean level = m.attributes().has("samples_per_bin");
    return real && !index && !level && kind.isWorthwhile(m.shape());
  }

  private static boolean isInPyramid(String path) {
    return (path + "/").contains(SourceArray.SUFFIX + "/");
  }

  /** Paths, relative to the group, of every array that belongs to another's pyramid. */
  private static Set<String> levels(ZarrGroup group) throws IOException {
    Set<String> levels = new HashSet<>();
    addLevels("", group.attributes(), levels);
    for (String path : group.groupPaths()) {
      if (!isInPyramid(path)) {
        addLevels(path + "/", group.group(path).attributes(), levels);
      }
    }
    return levels;
  }

  private static void addLevels(String prefix, ObjectNode attributes, Set<String> levels) {
    addLevels(prefix, attributes.path("multiscales").path("layout"), "asset", levels);
    for (JsonNode entry : attributes.path("multiscales")) {
      addLevels(prefix, entry.path("datasets"), "path", levels);
    }
    for (JsonNode entry : attributes.path("ome").path("multiscales")) {
      addLevels(prefix, entry.path("datasets"), "path", levels);
    }
  }

  private static void addLevels(
      String prefix, JsonNode entries, String member, Set<String> levels) {
    List<String> paths = new ArrayList<>();
    entries.forEach(e -> paths.add(e.path(member).asText()));
    // The array of one of our own is chosen again: its pyramid may have to be finished or replaced.
    if (paths.stream().noneMatch(ArrayChoice::isInPyramid)) {
      paths.forEach(path -> levels.add(prefix + path));
    }
  }
}
