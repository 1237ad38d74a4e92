package org.cornerturn.spark.source;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.cornerturn.array.Box;

/**
 * The regions of a lattice that a scan reads, in C order: every combination of one run of positions
 * from each axis. A run covers whole neighbouring chunks, cut to the first and the last position
 * selected; a chunk in which no position of some axis is selected lies in no region.
 *
 * @param runs for each axis start and end of its runs in turn
 */
record RegionGrid(long[][] runs) implements Serializable {
  /** Bytes of a region read at once, unless a single chunk has more. */
  private static final double REGION_BYTES = 8 << 20;

  /** Most bytes of a region that must hold packed axes whole, unless a single row has more. */
  private static final double PACKED_BYTES = 64 << 20;

  /** A row costs its place in the maps of positions, whatever is read for it. */
  private static final int ROW_BYTES = 4;

  /**
   * @param lattice with the columns that are read
   * @param selected positions wanted on each axis
   */
  static RegionGrid plan(Lattice lattice, List<Ranges> selected) {
    int rank = lattice.shape().rank();
    long[] cell = cells(lattice);
    long[] most = new long[rank];
    Arrays.fill(most, 1);
    if (!lattice.wholeRegions()) {
      grow(lattice, cell, most);
    }
    long[][] runs = new long[rank][];
    for (int axis = 0; axis < rank; axis++) {
      runs[axis] = runs(selected.get(axis), cell[axis], most[axis]);
    }
    return new RegionGrid(runs);
  }

  /** On each axis the chunk of the largest array that runs along it. */
  private static long[] cells(Lattice lattice) {
    long[] cell = new long[lattice.shape().rank()];
    lattice.arraysRead().stream()
        .map(lattice.arrays()::get)
        .sorted((a, b) -> Double.compare(bytes(b, b.shape().dims()), bytes(a, a.shape().dims())))
        .forEach(
            array -> {
              for (int i = 0; i < array.axes().length; i++) {
                int axis = array.axes()[i];
                cell[axis] = cell[axis] == 0 ? array.chunk().dim(i) : cell[axis];
              }
            });
    for (int axis = 0; axis < cell.length; axis++) {
      cell[axis] = Math.max(1, cell[axis]);
    }
    return cell;
  }

  private static double bytes(StoredArray array, long[] own) {
    double n = array.elementBytes();
    for (long extent : own) {
      n *= extent;
    }
    return n;
  }

  /** Bytes that a region of these extents takes. */
  private static double bytes(Lattice lattice, long[] extent) {
    double rows = ROW_BYTES;
    for (int axis = 0; axis < extent.length; axis++) {
      rows *= lattice.packed()[axis] ? 1 : extent[axis];
    }
    double n = rows;
    for (int number : lattice.arraysRead()) {
      StoredArray array = lattice.arrays().get(number);
      long[] own = new long[array.axes().length];
      for (int i = 0; i < own.length; i++) {
        own[i] = extent[array.axes()[i]];
      }
      n += bytes(array, own);
    }
    return n;
  }

  /** Packed axes are taken whole; then runs grow along the fastest axes first. */
  private static void grow(Lattice lattice, long[] cell, long[] most) {
    long[] extent = cell.clone();
    boolean anyPacked = false;
    for (int axis = 0; axis < cell.length; axis++) {
      if (lattice.packed()[axis]) {
        anyPacked = true;
        most[axis] = Math.max(1, cellsAlong(lattice, axis, cell));
        extent[axis] = Math.max(1, lattice.shape().dim(axis));
      }
    }
    for (int axis = 0; anyPacked && axis < cell.length; axis++) {
      double n = bytes(lattice, extent);
      if (!lattice.packed()[axis] && n > PACKED_BYTES) {
        cell[axis] = (long) Math.max(1, Math.floor(cell[axis] * (PACKED_BYTES / n)));
        extent[axis] = cell[axis];
      }
    }
    for (int axis = cell.length - 1; axis >= 0; axis--) {
      if (lattice.packed()[axis]) {
        continue;
      }
      double one = bytes(lattice, extent);
      extent[axis] = 2 * cell[axis];
      double each = bytes(lattice, extent) - one;
      long all = cellsAlong(lattice, axis, cell);
      double fit = 1 + Math.floor((REGION_BYTES - one) / each);
      most[axis] = (long) Math.max(1, Math.min(all, fit));
      extent[axis] = cell[axis] * most[axis];
    }
  }

  private static long cellsAlong(Lattice lattice, int axis, long[] cell) {
    return -Math.floorDiv(-lattice.shape().dim(axis), cell[axis]);
  }

  /** Runs of at most so many neighbouring cells in which something is selected. */
  private static long[] runs(Ranges selected, long cell, long most) {
    long[] runs = new long[16];
    int n = 0;
    long firstCell = 0;
    long lastCell = -2;
    for (int r = 0; r < selected.count(); r++) {
      long at = selected.start(r);
      while (at < selected.end(r)) {
        long c = at / cell;
        if (n == 0 || c > lastCell + 1 || c >= firstCell + most) {
          if (n == runs.length) {
            runs = Arrays.copyOf(runs, 2 * n);
          }
          firstCell = c;
          runs[n] = at;
          n += 2;
        }
        at = Math.min(selected.end(r), Math.multiplyExact(firstCell + most, cell));
        lastCell = (at - 1) / cell;
        runs[n - 1] = at;
      }
    }
    return Arrays.copyOf(runs, n);
  }

  /** Number of regions. */
  long count() {
    long n = 1;
    for (long[] r : runs) {
      n = Math.multiplyExact(n, (long) (r.length / 2));
    }
    return n;
  }

  Box region(long number) {
    long[] start = new long[runs.length];
    long[] extent = new long[runs.length];
    long rest = number;
    for (int axis = runs.length - 1; axis >= 0; axis--) {
      int count = runs[axis].length / 2;
      int run = (int) (rest % count);
      rest /= count;
      start[axis] = runs[axis][2 * run];
      extent[axis] = runs[axis][2 * run + 1] - start[axis];
    }
    return Box.of(start, extent);
  }

  /** Regions for each run of the slowest axis. */
  private long inner() {
    return runs.length == 0 ? 1 : count() / Math.max(1, runs[0].length / 2);
  }

  /** Number, in the whole grid, of the first region of {@link #slice}. */
  long sliceStart(long from) {
    return from - from % inner();
  }

  /** A smaller grid that holds the regions from one number to another. */
  RegionGrid slice(long from, long to) {
    if (runs.length == 0) {
      return this;
    }
    long inner = inner();
    long[][] sliced = runs.clone();
    int first = Math.toIntExact(from / inner);
    int last = Math.toIntExact((to - 1) / inner);
    sliced[0] = Arrays.copyOfRange(runs[0], 2 * first, 2 * last + 2);
    return new RegionGrid(sliced);
  }

  /** The smallest box around the regions from one number to another, {@code from < to}. */
  Box bounds(long from, long to) {
    long[] start = new long[runs.length];
    long[] end = new long[runs.length];
    // The slowest axis on which first and last region differ goes from one to the other; faster
    // ones may go through everything.
    Box a = region(from);
    Box b = region(to - 1);
    boolean differs = false;
    for (int axis = 0; axis < runs.length; axis++) {
      long[] r = runs[axis];
      start[axis] = differs ? r[0] : a.start(axis);
      end[axis] = differs ? r[r.length - 1] : b.end(axis);
      differs |= a.start(axis) != b.start(axis);
    }
    long[] extent = new long[runs.length];
    for (int axis = 0; axis < runs.length; axis++) {
      extent[axis] = end[axis] - start[axis];
    }
    return Box.of(start, extent);
  }

  /** Chunks of an array that lie in some region. */
  long chunks(StoredArray array) {
    long n = 1;
    for (int i = 0; i < array.axes().length; i++) {
      long[] r = runs[array.axes()[i]];
      long chunk = array.chunk().dim(i);
      long touched = 0;
      long last = -1;
      for (int k = 0; k < r.length; k += 2) {
        long from = Math.max(last + 1, r[k] / chunk);
        long to = (r[k + 1] - 1) / chunk;
        touched += Math.max(0, to - from + 1);
        last = Math.max(last, to);
      }
      n = Math.multiplyExact(n, touched);
    }
    return n;
  }

  /** Positions along an axis that lie in some region. */
  long positions(int axis) {
    long n = 0;
    for (int k = 0; k < runs[axis].length; k += 2) {
      n += runs[axis][k + 1] - runs[axis][k];
    }
    return n;
  }
}
