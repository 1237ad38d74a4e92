package org.cornerturn.spark.source;

import java.util.List;
import org.cornerturn.array.Box;

/**
 * What a scan reads of one file.
 *
 * @param lattice with the columns that are read
 */
record FilePlan(Lattice lattice, RegionGrid grid) {
  static FilePlan of(Lattice whole, List<String> columns, List<Condition> conditions) {
    List<Ranges> selected = AxisConditions.select(whole, conditions);
    Lattice lattice = whole.select(columns);
    return new FilePlan(lattice, RegionGrid.plan(lattice, selected));
  }

  long rows() {
    long n = 1;
    for (int axis = 0; axis < lattice.packed().length; axis++) {
      n = lattice.packed()[axis] ? n : Math.multiplyExact(n, grid.positions(axis));
    }
    return lattice.wholeRegions() ? grid.count() : grid.count() == 0 ? 0 : n;
  }

  /** Bytes of the elements that are read, decoded. */
  double bytes() {
    double sum = 0;
    for (int number : lattice.arraysRead()) {
      StoredArray array = lattice.arrays().get(number);
      double n = array.elementBytes();
      for (int axis : array.axes()) {
        n *= grid.positions(axis);
      }
      sum += n;
    }
    return sum;
  }

  long chunksPruned() {
    Box all = Box.all(lattice.shape());
    long n = 0;
    for (int number : lattice.arraysRead()) {
      StoredArray array = lattice.arrays().get(number);
      n += array.chunks(all) - (grid.count() == 0 ? 0 : grid.chunks(array));
    }
    return n;
  }
}
