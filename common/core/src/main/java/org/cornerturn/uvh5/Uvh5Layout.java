package org.cornerturn.uvh5;

import java.io.IOException;
import org.cornerturn.array.SharedValues;

/**
 * Where the rows of a file stand in a grid of times and baselines: times ascend, baselines ascend
 * by (antenna 1, antenna 2), and antenna 1 has the smaller number. Rows that have the antennas the
 * other way round are marked; where the correlations of a file can't be exchanged (XY without YX),
 * or a pair occurs both ways at the same time, baselines keep the file's direction.
 *
 * <p>A file whose rows fill the grid in equal steps, which is verified row by row, costs no memory
 * but the axes; any other costs about 20 bytes a row. Of rows that share time and baseline the
 * first has the cell; {@link #duplicates} lists the others.
 */
public abstract sealed class Uvh5Layout permits RegularLayout, ListedLayout {
  final double[] julianDates;
  final int[] antenna1;
  final int[] antenna2;
  final long rows;

  Uvh5Layout(double[] julianDates, int[] antenna1, int[] antenna2, long rows) {
    this.julianDates = julianDates;
    this.antenna1 = antenna1;
    this.antenna2 = antenna2;
    this.rows = rows;
  }

  /**
   * Reads times and antennas of all rows and finds their order.
   *
   * @throws Uvh5Exception where a time is no number, an antenna is unknown, or the header's counts
   *     of times, baselines or antennas are wrong
   */
  public static Uvh5Layout of(Uvh5Header header, Uvh5Rows rows) throws IOException {
    return new LayoutBuilder(header, rows).build();
  }

  /** Distinct times. */
  public final int times() {
    return julianDates.length;
  }

  /** Distinct baselines. */
  public final int baselines() {
    return antenna1.length;
  }

  /** Rows of the file. */
  public final long rows() {
    return rows;
  }

  /** Julian date, UTC, ascending with {@code time}. */
  public final double julianDate(int time) {
    return julianDates[time];
  }

  /** Number of a baseline's first antenna. */
  public final int antenna1(int baseline) {
    return antenna1[baseline];
  }

  /** Number of a baseline's second antenna. */
  public final int antenna2(int baseline) {
    return antenna2[baseline];
  }

  /** Whether rows fill the grid in equal steps of time. */
  public abstract boolean isRegular();

  /** Cells that no row fills. */
  public final long missingCells() {
    return (long) times() * baselines() - (rows - duplicates().length);
  }

  /** Row of a cell; -1 where there is none. */
  public abstract long row(int time, int baseline);

  /**
   * Cell of a row, {@code time * baselines() + baseline}; -1 for one of the {@link #duplicates}.
   */
  public abstract long cell(long row);

  /** Whether a row has the antennas the other way round than its baseline. */
  public abstract boolean exchanged(long row);

  /** Rows beyond the first of the same time and baseline, ascending. */
  public abstract int[] duplicates();

  /**
   * The rows of a rectangle.
   *
   * @throws IllegalArgumentException where it is not within the grid
   */
  public final RowMap rectangle(int firstTime, int times, int firstBaseline, int baselines) {
    if (firstTime < 0
        || times < 0
        || firstTime + times > times()
        || firstBaseline < 0
        || baselines < 0
        || firstBaseline + baselines > baselines()) {
      throw new IllegalArgumentException("a rectangle outside the grid");
    }
    return cut(firstTime, times, firstBaseline, baselines);
  }

  /** The same layout, with one of equal arrays: files of one telescope have the same baselines. */
  public abstract Uvh5Layout sharing(SharedValues shared);

  abstract RowMap cut(int firstTime, int times, int firstBaseline, int baselines);
}
