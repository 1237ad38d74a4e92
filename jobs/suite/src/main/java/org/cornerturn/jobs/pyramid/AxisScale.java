package org.cornerturn.jobs.pyramid;

import java.io.IOException;
import java.util.Optional;
import org.cornerturn.array.Box;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.zarr.ArrayMetadata;
import org.cornerturn.zarr.ZarrArray;
import org.cornerturn.zarr.ZarrNode;

/**
 * Regular positions along an axis.
 *
 * @param origin of the first element
 * @param spacing of neighbours
 */
record AxisScale(double origin, double spacing) {
  /** Elements are counted from 0. */
  static final AxisScale NUMBERS = new AxisScale(0, 1);

  private static final double TOLERANCE = 1e-6;

  /**
   * From the index coordinate of a dimension, the array of its name in the same group, if it rises
   * evenly from its first to its last value.
   */
  static AxisScale of(ObjectStore store, String group, String dimension) throws IOException {
    if (dimension.isEmpty() || dimension.contains("/")) {
      return NUMBERS;
    }
    String path = group.isEmpty() ? dimension : group + "/" + dimension;
    Optional<ZarrNode> node = ZarrNode.at(store, path);
    if (node.isEmpty() || !node.get().isArray()) {
      return NUMBERS;
    }
    ZarrArray coordinate = ZarrArray.open(store, path);
    ArrayMetadata m = coordinate.metadata();
    boolean real = m.type() instanceof Primitive p && (p.isInteger() || p.isFloat());
    if (!real || m.shape().rank() != 1 || m.shape().dim(0) < 2) {
      return NUMBERS;
    }
    long n = m.shape().dim(0);
    double[] first = coordinate.read(Box.all(Shape.of(2))).toDoubles();
    Box end = Box.of(new long[] {n - 1}, new long[] {1});
    double last = coordinate.read(end).toDoubles()[0];
    double spacing = (last - first[0]) / (n - 1);
    boolean even = Math.abs(first[1] - first[0] - spacing) <= TOLERANCE * spacing;
    return spacing > 0 && even && Double.isFinite(spacing)
        ? new AxisScale(first[0], spacing)
        : NUMBERS;
  }
}
