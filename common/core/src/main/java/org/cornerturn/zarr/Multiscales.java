package org.cornerturn.zarr;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Attributes that tell readers of the levels of a pyramid. */
public final class Multiscales {
  private static final String OME_VERSION = "0.5";
  private static final String CONVENTION_UUID = "d35379db-88df-4056-af3a-620245f8e347";
  private static final String CONVENTION_SCHEMA =
      "https://raw.githubusercontent.com/zarr-conventions/multiscales/refs/tags/v0.1/schema.json";
  private static final String CONVENTION_SPEC =
      "https://github.com/zarr-conventions/multiscales/blob/v0.1/README.md";

  private Multiscales() {}

  /**
   * An axis of the full-resolution level.
   *
   * @param name as in the arrays' dimension names
   * @param kind {@code space}, {@code time}, {@code channel}, or another word; null for none
   * @param unit UDUNITS name, or null
   * @param spacing distance of two samples
   * @param origin coordinate of the first sample
   */
  public record Axis(String name, String kind, String unit, double spacing, double origin) {
    boolean is(String other) {
      return other.equals(kind);
    }
  }

  /**
   * A level of a pyramid.
   *
   * @param path of its array, relative to the group
   * @param factor samples of full resolution in one of this level, per axis
   */
  public record Level(String path, List<Long> factor) {
    public Level {
      factor = List.copyOf(factor);
      if (path.isEmpty() || path.startsWith("/") || List.of(path.split("/")).contains("..")) {
        throw new IllegalArgumentException("level path must lie in the group: " + path);
      }
      for (long f : factor) {
        if (f < 1) {
          throw new IllegalArgumentException("level " + path + " has factor " + f);
        }
      }
    }
  }

  /**
   * The attribute {@code ome} of an OME-NGFF 0.5 image: to be set as {@code attributes.ome} of the
   * group that holds the levels, whose arrays' dimension names are the axes' names.
   *
   * @param name of the image
   * @param axes two to five: at most one of time, then at most one of channel or another kind, then
   *     two or three of space
   * @param levels finest first
   * @param method of downsampling, such as {@code mean}
   * @throws IllegalArgumentException for axes that OME-NGFF forbids
   */
  public static ObjectNode ome(String name, List<Axis> axes, List<Level> levels, String method) {
    checkOmeAxes(axes);
    checkLevels(levels, axes.size());
    ObjectNode ome = Json.object();
    ome.put("version", OME_VERSION);
    ObjectNode scales = ome.putArray("multiscales").addObject();
    scales.put("name", name);
    ArrayNode axisNodes = scales.putArray("axes");
    for (Axis a : axes) {
      ObjectNode node = axisNodes.addObject().put("name", a.name);
      if (a.kind != null) {
        node.put("type", a.kind);
      }
      if (a.unit != null) {
        node.put("unit", a.unit);
      }
    }
    ArrayNode datasets = scales.putArray("datasets");
    for (Level level : levels) {
      ObjectNode dataset = datasets.addObject().put("path", level.path);
      ArrayNode transformations = dataset.putArray("coordinateTransformations");
      ArrayNode scale = transformations.addObject().put("type", "scale").putArray("scale");
      ArrayNode shift =
          transformations.addObject().put("type", "translation").putArray("translation");
      for (int i = 0; i < axes.size(); i++) {
        Axis a = axes.get(i);
        long f = level.factor.get(i);
        scale.add(a.spacing * f);
        // A bin's value stands at its middle, the first sample at the origin.
        shift.add(a.origin + (f - 1) / 2.0 * a.spacing);
      }
    }
    scales.put("type", method);
    return ome;
  }

  /** Whether OME-NGFF allows these axes. */
  public static boolean isOme(List<Axis> axes) {
    long space = axes.stream().filter(a -> a.is("space")).count();
    long time = axes.stream().filter(a -> a.is("time")).count();
    long other = axes.size() - space - time;
    boolean ordered = true;
    int rank = 0;
    for (Axis a : axes) {
      int r = a.is("time") ? 0 : a.is("space") ? 2 : 1;
      ordered &= r >= rank;
      rank = r;
    }
    boolean distinct = axes.stream().map(Axis::name).distinct().count() == axes.size();
    return space >= 2 && space <= 3 && time <= 1 && other <= 1 && ordered && distinct;
  }

  private static void checkOmeAxes(List<Axis> axes) {
    if (!isOme(axes)) {
      throw new IllegalArgumentException(
          "OME-NGFF wants at most one time axis, at most one other, and two or three of space, in"
              + " this order, each of its own name; not "
              + axes);
    }
  }

  private static void checkLevels(List<Level> levels, int rank) {
    if (levels.isEmpty()) {
      throw new IllegalArgumentException("a pyramid has at least one level");
    }
    for (Level l : levels) {
      if (l.factor.size() != rank) {
        throw new IllegalArgumentException(
            "level " + l.path + " has " + l.factor.size() + " factors for " + rank + " axes");
      }
    }
  }

  /**
   * The attributes {@code zarr_conventions} and {@code multiscales} of the zarr-conventions suite;
   * each level derives from the one before it.
   *
   * @param levels finest first
   * @param method of downsampling, such as {@code minmax}
   * @throws IllegalArgumentException when a level isn't a whole number of times coarser than the
   *     one before
   */
  public static ObjectNode conventions(List<Level> levels, String method) {
    checkLevels(levels, levels.isEmpty() ? 0 : levels.get(0).factor.size());
    ObjectNode attributes = Json.object();
    attributes
        .putArray("zarr_conventions")
        .addObject()
        .put("uuid", CONVENTION_UUID)
        .put("name", "multiscales")
        .put("description", "Multiscale layout of zarr datasets")
        .put("schema_url", CONVENTION_SCHEMA)
        .put("spec_url", CONVENTION_SPEC);
    ObjectNode scales = attributes.putObject("multiscales");
    ArrayNode layout = scales.putArray("layout");
    Level finer = null;
    for (Level level : levels) {
      ObjectNode entry = layout.addObject().put("asset", level.path);
      if (finer != null) {
        entry.put("derived_from", finer.path);
      }
      ObjectNode transform = entry.putObject("transform");
      ArrayNode scale = transform.putArray("scale");
      ArrayNode shift = finer == null ? null : transform.putArray("translation");
      for (int i = 0; i < level.factor.size(); i++) {
        long before = finer == null ? level.factor.get(i) : finer.factor.get(i);
        long ratio = level.factor.get(i) / before;
        if (ratio * before != level.factor.get(i)) {
          throw new IllegalArgumentException(
              "level " + level.path + " is no multiple of " + finer.path);
        }
        scale.add((double) ratio);
        if (shift != null) {
          shift.add((ratio - 1) / 2.0);
        }
      }
      if (finer != null) {
        entry.put("resampling_method", method);
      }
      finer = level;
    }
    scales.put("resampling_method", method);
    return attributes;
  }
}
