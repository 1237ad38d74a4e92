package org.cornerturn.jobs.pyramid;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.cornerturn.zarr.Multiscales;
import org.cornerturn.zarr.ZarrFormat;

/**
 * How viewers are told of an image pyramid.
 *
 * @param axes of the images, slowest first, each with a name
 */
record ImageScales(SourceArray source, List<Multiscales.Axis> axes) {
  private static final Set<String> TIMES = Set.of("t", "time");
  private static final Set<String> CHANNELS = Set.of("c", "channel", "frequency", "polarization");
  private static final Set<String> DEPTHS = Set.of("z", "depth", "altitude", "level");
  private static final List<String> STATISTICS = List.of("mean", "min", "max");

  ImageScales {
    axes = List.copyOf(axes);
  }

  static ImageScales of(SourceArray source) throws IOException {
    int rank = source.metadata().shape().rank();
    List<Multiscales.Axis> axes = new ArrayList<>();
    for (int axis = 0; axis < rank; axis++) {
      String name = source.dimension(axis);
      AxisScale scale = source.scale(axis);
      axes.add(
          new Multiscales.Axis(
              name == null ? standIn(axis, rank) : name,
              kind(name, axis, rank),
              null,
              scale.spacing(),
              scale.origin()));
    }
    return new ImageScales(source, axes);
  }

  private static String standIn(int axis, int rank) {
    return axis == rank - 1 ? "x" : axis == rank - 2 ? "y" : "dim_" + axis;
  }

  /** What OME-NGFF takes an axis for; null for a kind of its own. */
  private static String kind(String name, int axis, int rank) {
    if (axis >= rank - 2) {
      return "space";
    }
    String lower = name == null ? "" : name.toLowerCase(Locale.ROOT);
    if (TIMES.contains(lower)) {
      return "time";
    }
    if (axis == rank - 3 && DEPTHS.contains(lower)) {
      return "space";
    }
    return CHANNELS.contains(lower) ? "channel" : null;
  }

  List<String> dimensions() {
    return axes.stream().map(Multiscales.Axis::name).toList();
  }

  /** Attributes of the group that holds one statistic's levels {@code 1} to {@code count}. */
  ObjectNode group(String stat, String method, int count) {
    List<Multiscales.Level> levels = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
      levels.add(level(Integer.toString(number), number));
    }
    ObjectNode attributes = JsonNodeFactory.instance.objectNode();
    if (Multiscales.isOme(axes)) {
      ObjectNode ome = Multiscales.ome(source.name() + " " + stat, axes, levels, method);
      if (source.format() == ZarrFormat.V2) {
        // The same attribute in both conventions: viewers know this one.
        attributes.putArray("multiscales").add(inV2(entry(ome)));
        return attributes;
      }
      attributes.set("ome", ome);
    }
    attributes.setAll(Multiscales.conventions(levels, method));
    return attributes;
  }

  /** What the group around the array tells. */
  ParentAttributes parent(int count) {
    List<ObjectNode> images = new ArrayList<>();
    if (sourceIsOme()) {
      for (String stat : STATISTICS) {
        ObjectNode entry =
            entry(Multiscales.ome(source.name() + " " + stat, axes, withArray(stat, count), stat));
        images.add(source.format() == ZarrFormat.V2 ? inV2(entry) : entry);
      }
    }
    return new ParentAttributes(
        source.name(),
        source.format(),
        Multiscales.conventions(withArray("mean", count), "average"),
        images);
  }

  /** Whether the array itself may be an OME-NGFF image's finest level. */
  private boolean sourceIsOme() {
    if (!Multiscales.isOme(axes)) {
      return false;
    }
    // Its own dimension names must be the axes' in Zarr v3; in v2 its keys must be nested.
    return source.format() == ZarrFormat.V2
        ? source.metadata().keys().separator() == '/'
        : dimensions().equals(source.metadata().dimensionNames());
  }

  private List<Multiscales.Level> withArray(String stat, int count) {
    List<Multiscales.Level> levels = new ArrayList<>(List.of(level(source.name(), 0)));
    for (int number = 1; number <= count; number++) {
      levels.add(level(source.name() + SourceArray.SUFFIX + "/" + stat + "/" + number, number));
    }
    return levels;
  }

  private Multiscales.Level level(String path, int number) {
    Long[] factor = new Long[axes.size()];
    Arrays.fill(factor, 1L);
    factor[axes.size() - 2] = 1L << number;
    factor[axes.size() - 1] = 1L << number;
    return new Multiscales.Level(path, List.of(factor));
  }

  private static ObjectNode entry(ObjectNode ome) {
    return (ObjectNode) ome.get("multiscales").get(0);
  }

  private static ObjectNode inV2(ObjectNode entry) {
    ObjectNode versioned = JsonNodeFactory.instance.objectNode();
    versioned.put("version", ParentAttributes.OME_VERSION_V2);
    return versioned.setAll(entry);
  }
}
