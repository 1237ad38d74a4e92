package org.cornerturn.query.viewer;

import java.lang.reflect.Array;
import java.util.Arrays;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.array.DataType;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.hdf5.Hdf5Dataset;
import org.cornerturn.pyramid.PlaneReducer;
import org.cornerturn.query.hdf5.Elements;
import org.cornerturn.query.hdf5.Hyperslab;
import org.cornerturn.query.hdf5.Tile;
import org.cornerturn.query.hdf5.View;
import org.cornerturn.query.http.Deadline;
import org.cornerturn.query.http.Problem;

/** Reads windows of planes, thinned out or reduced, as blocks of shape (rows, columns). */
final class PlaneReader {
  /** Memory for a result and its encodings, per cell. */
  private static final long CELL_BYTES = 64;

  private final Elements elements;
  private final Plane plane;
  private final Deadline deadline;

  PlaneReader(Elements elements, Plane plane, Deadline deadline) {
    this.elements = elements;
    this.plane = plane;
    this.deadline = deadline;
  }

  /** What is done with a window's block while the memory for it is reserved. */
  @FunctionalInterface
  interface Use<T> {
    T of(Block block) throws Exception;
  }

  /**
   * @throws Problem 422 for a reduction of what aren't numbers
   */
  <T> T read(Window window, Reduce how, Use<T> use) throws Exception {
    Hdf5Dataset dataset = plane.dataset();
    boolean reduced = how != Reduce.STRIDE && (window.rowStep() > 1 || window.columnStep() > 1);
    if (reduced && !(dataset.dataType() instanceof Primitive)) {
      throw Problem.unprocessable(
          "reduce needs numbers, " + dataset.path() + " has elements of " + dataset.storedType());
    }
    Hyperslab slab = plane.slab(reduced ? window.every(1, 1) : window);
    if (!reduced) {
      elements.bytes(dataset.dataType(), slab);
    }
    long more = Math.min(window.cells(), 1L << 31) * CELL_BYTES;
    return elements.reserving(
        plane.file(),
        dataset,
        View.VALUES,
        slab,
        more,
        deadline,
        () -> use.of(reduced ? reduced(window, how, slab) : thinned(window, slab)));
  }

  private Block thinned(Window window, Hyperslab slab) throws Exception {
    Block b = elements.read(plane.file(), plane.dataset(), View.VALUES, slab, deadline);
    return oriented(b, window.rowCount(), window.columnCount());
  }

  /** A dense block in the dataset's order of axes, as rows and columns. */
  private Block oriented(Block block, long rows, long columns) {
    if (!plane.isTransposed()) {
      return new Block(block.type(), Shape.of(rows, columns), block.data());
    }
    DataType type = block.type();
    int width = type.isFixedSize() ? type.itemSize() : 1;
    Object from = block.data();
    Object to = Array.newInstance(from.getClass().getComponentType(), Array.getLength(from));
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        int source = Math.toIntExact((c * rows + r) * width);
        int target = Math.toIntExact((r * columns + c) * width);
        System.arraycopy(from, source, to, target, width);
      }
    }
    return new Block(type, Shape.of(rows, columns), to);
  }

  private Block reduced(Window w, Reduce how, Hyperslab slab) throws Exception {
    boolean turned = plane.isTransposed();
    Primitive type = (Primitive) plane.dataset().dataType();
    PlaneReducer reducer =
        turned
            ? new PlaneReducer(
                type, how.kernel(), w.columns(), w.rows(), w.columnStep(), w.rowStep())
            : new PlaneReducer(
                type, how.kernel(), w.rows(), w.columns(), w.rowStep(), w.columnStep());
    int slow = turned ? plane.columnAxis() : plane.rowAxis();
    int fast = turned ? plane.rowAxis() : plane.columnAxis();
    elements.visit(
        plane.file(),
        plane.dataset(),
        View.VALUES,
        slab,
        deadline,
        tile -> add(reducer, slab, tile, slow, fast));
    return oriented(reducer.result(), w.rowCount(), w.columnCount());
  }

  private static void add(PlaneReducer reducer, Hyperslab slab, Tile tile, int slow, int fast) {
    Block piece = Elements.selected(slab, tile);
    Box common = slab.bounds().intersect(tile.box());
    long row = slow < 0 ? 0 : common.start(slow) - slab.start()[slow];
    long column = fast < 0 ? 0 : common.start(fast) - slab.start()[fast];
    int rows = slow < 0 ? 1 : (int) common.extent(slow);
    int columns = fast < 0 ? 1 : (int) common.extent(fast);
    int item = piece.type().itemSize();
    for (int r = 0; r < rows; r++) {
      reducer.add(row + r, column, piece.bytes(), r * columns * item, columns);
    }
  }

  /** Real numbers of a plane without NaN and infinities, for statistics. */
  static double[] finite(Block block) {
    return Arrays.stream(block.toDoubles()).filter(Double::isFinite).toArray();
  }
}
