package org.cornerturn.table;

import java.util.BitSet;

/**
 * Bounds of the values of each so many rows of a decoded column, so that who looks for some of them
 * passes over the rest. Nulls and NaN lie outside of all bounds. Immutable.
 */
final class Zones {
  static final int ROWS = 1024;

  private final ValueRange[] ranges;

  private Zones(ValueRange[] ranges) {
    this.ranges = ranges;
  }

  static Zones of(PackedNumbers values, BitSet nulls) {
    ValueRange[] ranges = new ValueRange[(values.size() + ROWS - 1) / ROWS];
    for (int z = 0; z < ranges.length; z++) {
      long least = Long.MAX_VALUE;
      long most = Long.MIN_VALUE;
      int from = z * ROWS;
      int to = Math.min(from + ROWS, values.size());
      for (int i = nulls.nextClearBit(from); i < to; i = nulls.nextClearBit(i + 1)) {
        least = Math.min(least, values.at(i));
        most = Math.max(most, values.at(i));
      }
      int none = nulls.get(from, to).cardinality();
      ranges[z] = none == to - from ? noValues(none) : new ValueRange(least, most, none);
    }
    return new Zones(ranges);
  }

  static Zones of(double[] values, BitSet nulls) {
    ValueRange[] ranges = new ValueRange[(values.length + ROWS - 1) / ROWS];
    for (int z = 0; z < ranges.length; z++) {
      double least = Double.POSITIVE_INFINITY;
      double most = Double.NEGATIVE_INFINITY;
      boolean hasValues = false;
      int from = z * ROWS;
      int to = Math.min(from + ROWS, values.length);
      for (int i = nulls.nextClearBit(from); i < to; i = nulls.nextClearBit(i + 1)) {
        double v = values[i];
        if (v == v) {
          hasValues = true;
          least = v < least ? v : least;
          most = v > most ? v : most;
        }
      }
      int none = nulls.get(from, to).cardinality();
      ranges[z] = hasValues ? new ValueRange(least, most, none) : new ValueRange(null, null, none);
    }
    return new Zones(ranges);
  }

  private static ValueRange noValues(int rows) {
    return new ValueRange(null, null, rows);
  }

  /**
   * Whether a row may meet a condition.
   *
   * @param zone rows from {@code zone * ROWS}
   * @param size all rows of the column
   */
  boolean mayHold(int zone, Condition condition, int size) {
    return condition.mayHold(ranges[zone], Math.min(ROWS, size - zone * ROWS));
  }

  long bytes() {
    return 64 + 96L * ranges.length;
  }
}
