package org.cornerturn.query.viewer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cornerturn.array.Shape;
import org.cornerturn.hdf5.Hdf5Dataset;
import org.cornerturn.query.hdf5.Hyperslab;
import org.cornerturn.query.hdf5.OpenFile;
import org.cornerturn.query.http.Problem;

/**
 * Two axes of a dataset that are shown as rows and columns, and the index at which each other axis
 * is held. A dataset of one axis is a single column, a scalar a single cell.
 *
 * @param rowAxis axis of the dataset along the rows, -1 for a scalar
 * @param columnAxis axis along the columns, -1 where there is but one column
 * @param fixed an index for every axis; those of the two axes mean nothing
 */
record Plane(OpenFile file, Hdf5Dataset dataset, int rowAxis, int columnAxis, long[] fixed) {

  /** What a request says of the plane. */
  record Choice(String displayDims, String fixedIndices) {}

  static Plane of(OpenFile file, Hdf5Dataset dataset, Choice choice, boolean strict) {
    if (dataset.isEmpty()) {
      throw Problem.unprocessable(dataset.path() + " has a type but no elements");
    }
    if (dataset.unsupported().isPresent()) {
      throw Problem.unsupported(dataset.path() + ": " + dataset.unsupported().get(), null);
    }
    Shape shape = dataset.shape();
    int rank = shape.rank();
    int[] axes = rank < 2 ? new int[] {rank - 1, -1} : new int[] {rank - 2, rank - 1};
    if (rank >= 2 && choice.displayDims() != null) {
      axes = axes(choice.displayDims(), rank, strict, axes);
    }
    long[] fixed = new long[rank];
    Arrays.setAll(fixed, i -> shape.dim(i) / 2);
    if (choice.fixedIndices() != null) {
      fix(choice.fixedIndices(), shape, strict, fixed);
    }
    for (int i = 0; i < rank; i++) {
      if (i != axes[0] && i != axes[1] && shape.dim(i) == 0) {
        throw Problem.unprocessable(dataset.path() + " has no elements");
      }
    }
    return new Plane(file, dataset, axes[0], axes[1], fixed);
  }

  private static int[] axes(String text, int rank, boolean strict, int[] fallback) {
    try {
      String[] parts = text.split(",");
      int[] axes = new int[2];
      for (int i = 0; i < 2; i++) {
        int a = Integer.parseInt(parts[i].strip());
        axes[i] = a < 0 ? a + rank : a;
      }
      if (parts.length == 2
          && axes[0] != axes[1]
          && Math.min(axes[0], axes[1]) >= 0
          && Math.max(axes[0], axes[1]) < rank) {
        return axes;
      }
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      if (strict) {
        throw Problem.invalid("display_dims", "'" + text + "' is not two different axes: " + e);
      }
      return fallback;
    }
    if (strict) {
      throw Problem.invalid("display_dims", "'" + text + "' is not two different axes of " + rank);
    }
    return fallback;
  }

  private static void fix(String text, Shape shape, boolean strict, long[] fixed) {
    for (String part : text.split(",")) {
      if (part.isBlank()) {
        continue;
      }
      try {
        String[] pair = part.split("[=:]");
        int axis = Integer.parseInt(pair[0].strip());
        int a = axis < 0 ? axis + shape.rank() : axis;
        long index = Long.parseLong(pair[1].strip());
        long at = index < 0 ? index + shape.dim(a) : index;
        if (pair.length != 2 || strict && (at < 0 || at >= shape.dim(a))) {
          throw new IllegalArgumentException("out of range");
        }
        fixed[a] = Math.max(0, Math.min(shape.dim(a) - 1, at));
      } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
        if (strict) {
          throw Problem.invalid("fixed_indices", "'" + part + "' is not AXIS=INDEX in " + shape);
        }
      }
    }
  }

  Shape shape() {
    return dataset.shape();
  }

  long rows() {
    return rowAxis < 0 ? 1 : shape().dim(rowAxis);
  }

  long columns() {
    return columnAxis < 0 ? 1 : shape().dim(columnAxis);
  }

  /** Whether rows of the plane lie along the faster axis of the dataset. */
  boolean isTransposed() {
    return columnAxis >= 0 && rowAxis > columnAxis;
  }

  /** The elements of a window. */
  Hyperslab slab(Window w) {
    int rank = shape().rank();
    long[] start = fixed.clone();
    long[] step = new long[rank];
    long[] count = new long[rank];
    Arrays.fill(step, 1);
    Arrays.fill(count, 1);
    if (rowAxis >= 0) {
      start[rowAxis] = w.row();
      step[rowAxis] = w.rowStep();
      count[rowAxis] = w.rowCount();
    }
    if (columnAxis >= 0) {
      start[columnAxis] = w.column();
      step[columnAxis] = w.columnStep();
      count[columnAxis] = w.columnCount();
    }
    return new Hyperslab(start, step, count);
  }

  /** The axes shown, rows first. */
  List<Integer> displayDims() {
    List<Integer> axes = new ArrayList<>();
    if (rowAxis >= 0) {
      axes.add(rowAxis);
    }
    if (columnAxis >= 0) {
      axes.add(columnAxis);
    }
    return axes;
  }

  /** The indices at which the other axes are held, by axis. */
  Map<String, Long> fixedIndices() {
    Map<String, Long> held = new LinkedHashMap<>();
    for (int i = 0; i < fixed.length; i++) {
      if (i != rowAxis && i != columnAxis) {
        held.put(Integer.toString(i), fixed[i]);
      }
    }
    return held;
  }
}
