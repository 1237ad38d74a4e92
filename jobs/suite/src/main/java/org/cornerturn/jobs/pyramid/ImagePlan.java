package org.cornerturn.jobs.pyramid;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.pyramid.ImageLevels;
import org.cornerturn.pyramid.WaveformPyramid;
import org.cornerturn.zarr.ZarrHierarchy;

/** Plans the levels over the images along an array's last two axes. */
final class ImagePlan {
  /** Levels are made while a side of the one below is longer. */
  static final long SMALLEST_SIDE = 256;

  private final SourceArray source;
  private final LevelArrays arrays;
  private final ImageLevels levels;
  private final ImageScales scales;
  private final List<ImageLevel> made = new ArrayList<>();
  private final List<PyramidTask> tasks = new ArrayList<>();

  ImagePlan(SourceArray source) throws IOException {
    this.source = source;
    this.arrays = new LevelArrays(source);
    this.scales = ImageScales.of(source);
    Shape shape = source.metadata().shape();
    int y = shape.rank() - 2;
    this.levels = new ImageLevels(shape.dim(y), shape.dim(y + 1), SMALLEST_SIDE);
  }

  PyramidPlan plan() {
    Shape finer = source.metadata().shape();
    Shape chunk = source.metadata().chunk();
    long bytes = source.type().itemSize();
    for (int number = 1; number <= levels.count(); number++) {
      LevelLayout layout = LevelLayout.images(finer, chunk, bytes);
      ImageLevel below = made.isEmpty() ? null : made.get(number - 2);
      ImageLevel level = level(number, layout);
      addTasks(layout, below, level);
      made.add(level);
      finer = layout.coarser();
      chunk = layout.chunk();
      bytes = level.pixelBytes();
    }
    return new PyramidPlan(made.size(), tasks, hierarchy(), scales.parent(made.size()));
  }

  private ImageLevel level(int number, LevelLayout layout) {
    Primitive type = source.type();
    Primitive value = WaveformPyramid.valueType(type);
    return new ImageLevel(
        number,
        array("mean", number, WaveformPyramid.meanType(type), layout, arrays.valueAttributes()),
        array("min", number, value, layout, arrays.valueAttributes()),
        array("max", number, value, layout, arrays.valueAttributes()),
        type.isFloat()
            ? array("nan_count", number, Primitive.INT32, layout, arrays.attributes())
            : null);
  }

  private StoredArray array(
      String stat, int number, Primitive type, LevelLayout layout, ObjectNode attributes) {
    attributes.put("stat", stat).put("pixels_per_side", 1L << number);
    return arrays.array(
        stat + "/" + number,
        type,
        layout.coarser(),
        layout.chunk(),
        scales.dimensions(),
        attributes);
  }

  private void addTasks(LevelLayout layout, ImageLevel finer, ImageLevel level) {
    StoredArray pixels = source.array().bare();
    ImageLevel below = finer == null ? null : finer.bare();
    ImageLevel coarser = level.bare();
    long bytesEach = finer == null ? source.type().itemSize() : finer.pixelBytes();
    long chunk = (finer == null ? pixels : finer.mean()).chunkBytes();
    for (LevelLayout.Share share :
        layout.shares(bytesEach, chunk, level.pixelBytes() + Double.BYTES)) {
      tasks.add(
          new ImageTask(
              LevelArrays.key(level.mean(), share.out()),
              source.store().uri(),
              pixels,
              levels,
              below,
              coarser,
              share));
    }
  }

  private ZarrHierarchy hierarchy() {
    ObjectNode attributes = JsonNodeFactory.instance.objectNode();
    attributes.put("source", "../" + source.name());
    ZarrHierarchy hierarchy = new ZarrHierarchy(source.format()).group("", attributes);
    add(hierarchy, "mean", "mean", ImageLevel::mean);
    add(hierarchy, "min", "min", ImageLevel::min);
    add(hierarchy, "max", "max", ImageLevel::max);
    if (source.type().isFloat()) {
      add(hierarchy, "nan_count", "sum", ImageLevel::nanCount);
    }
    return hierarchy;
  }

  private void add(
      ZarrHierarchy hierarchy,
      String stat,
      String method,
      Function<ImageLevel, StoredArray> array) {
    hierarchy.group(stat, scales.group(stat, method, made.size()));
    made.stream().map(array).forEach(stored -> hierarchy.array(stored.path(), stored.metadata()));
  }
}
