package org.cornerturn.jobs.pyramid;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.pyramid.PyramidLevels;
import org.cornerturn.pyramid.WaveformPyramid;
import org.cornerturn.zarr.Multiscales;
import org.cornerturn.zarr.ZarrHierarchy;

/** Plans the levels over the lines along an array's last axis. */
final class LinePlan {
  /** Levels are made while the one below has more bins than a wide screen shows. */
  private static final long SCREEN_BINS = 2048;

  private final SourceArray source;
  private final LevelArrays arrays;
  private final PyramidLevels levels;
  private final boolean mean;
  private final AxisScale scale;
  private final int last;
  private final List<LineLevel> made = new ArrayList<>();
  private final List<PyramidTask> tasks = new ArrayList<>();

  LinePlan(SourceArray source, int factor, boolean mean) throws IOException {
    this.source = source;
    this.arrays = new LevelArrays(source);
    this.last = source.metadata().shape().rank() - 1;
    this.levels =
        new PyramidLevels(source.metadata().shape().dim(last), factor, SCREEN_BINS / factor);
    this.mean = mean;
    this.scale = source.scale(last);
  }

  PyramidPlan plan() {
    Shape finer = source.metadata().shape();
    Shape chunk = source.metadata().chunk();
    long bytes = source.type().itemSize();
    for (int number = 1; number <= levels.count(); number++) {
      LevelLayout layout = LevelLayout.lines(finer, chunk, levels.factor(), bytes);
      LineLevel below = made.isEmpty() ? null : made.get(number - 2);
      LineLevel level = level(number, layout);
      addTasks(layout, below, level);
      made.add(level);
      finer = layout.coarser();
      chunk = layout.chunk();
      bytes = level.binBytes();
    }
    return new PyramidPlan(made.size(), tasks, hierarchy(), parent());
  }

  private LineLevel level(int number, LevelLayout layout) {
    Primitive type = source.type();
    Shape shape = layout.coarser();
    List<String> dimensions = dimensions(number);
    List<String> withStat = new ArrayList<>(dimensions);
    withStat.add(dimensions.contains("stat") ? "stat_of_bin" : "stat");
    ObjectNode pair = attributes(arrays.valueAttributes(), number);
    pair.putArray("stat").add("min").add("max");
    StoredArray minMax =
        arrays.array(
            Integer.toString(number),
            WaveformPyramid.valueType(type),
            shape.append(2),
            layout.chunk().append(2),
            withStat,
            pair);
    StoredArray means =
        !mean
            ? null
            : arrays.array(
                "mean_" + number,
                WaveformPyramid.meanType(type),
                shape,
                layout.chunk(),
                dimensions,
                attributes(arrays.valueAttributes(), number).put("stat", "mean"));
    StoredArray nans =
        !mean || !type.isFloat()
            ? null
            : arrays.array(
                "nan_count_" + number,
                Primitive.INT64,
                shape,
                layout.chunk(),
                dimensions,
                attributes(arrays.attributes(), number).put("stat", "nan_count"));
    return new LineLevel(number, minMax, means, nans);
  }

  /** Names of the axes of a level: each level has its own along the line, having its own length. */
  private List<String> dimensions(int number) {
    List<String> names = new ArrayList<>();
    for (int axis = 0; axis < last; axis++) {
      names.add(source.dimension(axis));
    }
    String line = source.dimension(last);
    names.add((line == null ? "" : line + "_") + "bin_" + number);
    return names;
  }

  private ObjectNode attributes(ObjectNode attributes, int number) {
    long perBin = levels.samplesPerBin(number);
    return attributes
        .put("samples_per_bin", perBin)
        .put("tail_samples", levels.tailSamples(number))
        .put("t0", scale.origin())
        .put("dt", scale.spacing() * perBin);
  }

  private void addTasks(LevelLayout layout, LineLevel finer, LineLevel level) {
    StoredArray samples = source.array().bare();
    LineLevel below = finer == null ? null : finer.bare();
    LineLevel coarser = level.bare();
    long bytesEach = finer == null ? source.type().itemSize() : finer.binBytes();
    long chunk = (finer == null ? samples : finer.minMax()).chunkBytes();
    for (LevelLayout.Share share : layout.shares(bytesEach, chunk, level.binBytes())) {
      tasks.add(
          new LineTask(
              LevelArrays.key(level.minMax(), share.out().append(2)),
              source.store().uri(),
              samples,
              levels,
              below,
              coarser,
              share));
    }
  }

  private ZarrHierarchy hierarchy() {
    ObjectNode attributes = JsonNodeFactory.instance.objectNode();
    attributes.put("source", "../" + source.name());
    List<Multiscales.Level> scales = new ArrayList<>();
    made.forEach(level -> scales.add(scale(level.minMax().path(), level.number())));
    attributes.setAll(Multiscales.conventions(scales, "minmax"));
    ZarrHierarchy hierarchy = new ZarrHierarchy(source.format()).group("", attributes);
    for (LineLevel level : made) {
      hierarchy.array(level.minMax().path(), level.minMax().metadata());
      if (level.mean() != null) {
        hierarchy.array(level.mean().path(), level.mean().metadata());
      }
      if (level.nanCount() != null) {
        hierarchy.array(level.nanCount().path(), level.nanCount().metadata());
      }
    }
    return hierarchy;
  }

  private ParentAttributes parent() {
    String name = source.name();
    List<Multiscales.Level> scales = new ArrayList<>(List.of(scale(name, 0)));
    for (LineLevel level : made) {
      scales.add(scale(name + SourceArray.SUFFIX + "/" + level.minMax().path(), level.number()));
    }
    return new ParentAttributes(
        name, source.format(), Multiscales.conventions(scales, "minmax"), List.of());
  }

  private Multiscales.Level scale(String path, int number) {
    Long[] factor = new Long[last + 1];
    Arrays.fill(factor, 1L);
    factor[last] = levels.samplesPerBin(number);
    return new Multiscales.Level(path, List.of(factor));
  }
}
