package org.cornerturn.uvh5;

import java.util.BitSet;
import org.cornerturn.SharedByTasks;
import org.cornerturn.array.SharedValues;

/**
 * Which row of the file holds each cell of a rectangle of times and baselines; small enough to
 * travel with a task.
 */
public sealed interface RowMap extends SharedByTasks {
  int times();

  int baselines();

  /** The file's row of a cell, counted from the rectangle's corner; -1 where the file has none. */
  long row(int time, int baseline);

  /**
   * Whether the row has the antennas the other way round, so that its visibilities are the complex
   * conjugates, its XY stands at YX and its uvw has the other sign.
   */
  boolean exchanged(int time, int baseline);

  /** The same rows, with one of equal arrays. */
  RowMap sharing(SharedValues shared);

  /**
   * Rows in equal steps of time; every cell has one.
   *
   * @param first row from which all count
   * @param timeStride rows from one time to the next, negative where the file's times descend
   * @param baselineRows rows to add for each baseline
   * @param turned baselines that are the other way round in the file
   */
  record Regular(long first, long timeStride, int times, long[] baselineRows, BitSet turned)
      implements RowMap {
    @Override
    public int baselines() {
      return baselineRows.length;
    }

    @Override
    public long row(int time, int baseline) {
      return first + time * timeStride + baselineRows[baseline];
    }

    @Override
    public boolean exchanged(int time, int baseline) {
      return turned.get(baseline);
    }

    @Override
    public RowMap sharing(SharedValues shared) {
      return new Regular(first, timeStride, times, shared.of(baselineRows), turned);
    }
  }

  /**
   * Rows one by one.
   *
   * @param rows of each cell, times slower, -1 where there is none
   * @param turned cells whose row is the other way round in the file
   */
  record Listed(int times, int baselines, int[] rows, BitSet turned) implements RowMap {
    @Override
    public long row(int time, int baseline) {
      return rows[time * baselines + baseline];
    }

    @Override
    public boolean exchanged(int time, int baseline) {
      return turned.get(time * baselines + baseline);
    }

    @Override
    public RowMap sharing(SharedValues shared) {
      return new Listed(times, baselines, shared.of(rows), turned);
    }
  }
}
