package org.cornerturn.uvh5;

import java.util.BitSet;
import org.cornerturn.array.SharedValues;

/** Rows in equal steps: row = first + time * timeStride + place of baseline * baselineStride. */
final class RegularLayout extends Uvh5Layout {
  private final boolean timeMajor;
  private final boolean descending;
  private final int[] place;
  private final int[] baselineAt;
  private final BitSet turned;

  /**
   * @param place position of each baseline among the file's
   * @param turned baselines that are the other way round in the file
   */
  RegularLayout(
      double[] julianDates,
      int[] antenna1,
      int[] antenna2,
      boolean timeMajor,
      boolean descending,
      int[] place,
      BitSet turned) {
    this(julianDates, antenna1, antenna2, timeMajor, descending, place, inverse(place), turned);
  }

  private RegularLayout(
      double[] julianDates,
      int[] antenna1,
      int[] antenna2,
      boolean timeMajor,
      boolean descending,
      int[] place,
      int[] baselineAt,
      BitSet turned) {
    super(julianDates, antenna1, antenna2, (long) julianDates.length * antenna1.length);
    this.timeMajor = timeMajor;
    this.descending = descending;
    this.place = place;
    this.baselineAt = baselineAt;
    this.turned = turned;
  }

  private static int[] inverse(int[] place) {
    int[] at = new int[place.length];
    for (int b = 0; b < place.length; b++) {
      at[place[b]] = b;
    }
    return at;
  }

  @Override
  public Uvh5Layout sharing(SharedValues shared) {
    return new RegularLayout(
        julianDates,
        shared.of(antenna1),
        shared.of(antenna2),
        timeMajor,
        descending,
        shared.of(place),
        shared.of(baselineAt),
        turned);
  }

  @Override
  public boolean isRegular() {
    return true;
  }

  private long timeStride() {
    long step = timeMajor ? baselines() : 1;
    return descending ? -step : step;
  }

  private long firstRow() {
    return descending ? -timeStride() * (times() - 1) : 0;
  }

  private long baselineStride() {
    return timeMajor ? 1 : times();
  }

  @Override
  public long row(int time, int baseline) {
    return firstRow() + time * timeStride() + place[baseline] * baselineStride();
  }

  @Override
  public long cell(long row) {
    int inner = timeMajor ? baselines() : times();
    int slow = (int) (row / inner);
    int fast = (int) (row % inner);
    int time = timeMajor ? slow : fast;
    int baseline = baselineAt[timeMajor ? fast : slow];
    return (long) (descending ? times() - 1 - time : time) * baselines() + baseline;
  }

  @Override
  public boolean exchanged(long row) {
    return turned.get((int) (cell(row) % baselines()));
  }

  @Override
  public int[] duplicates() {
    return new int[0];
  }

  @Override
  RowMap cut(int firstTime, int times, int firstBaseline, int baselines) {
    long[] offsets = new long[baselines];
    for (int b = 0; b < baselines; b++) {
      offsets[b] = place[firstBaseline + b] * baselineStride();
    }
    BitSet part = turned.get(firstBaseline, firstBaseline + baselines);
    return new RowMap.Regular(
        firstRow() + firstTime * timeStride(), timeStride(), times, offsets, part);
  }
}
