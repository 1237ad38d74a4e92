package org.cornerturn.uvh5;

import java.util.Arrays;
import java.util.BitSet;
import org.cornerturn.array.SharedValues;

/** Rows in any order, kept one by one in primitive arrays. */
final class ListedLayout extends Uvh5Layout {
  private final int[] rowTime;
  private final int[] rowBaseline;
  private final BitSet turned;
  private final int[] duplicates;
  // Rows in the order of their cells, those of each time together, duplicates left out.
  private final int[] order;
  private final int[] timeStart;

  /**
   * @param rowTime time of each row
   * @param rowBaseline baseline of each row
   * @param turned rows that are the other way round
   */
  ListedLayout(
      double[] julianDates,
      int[] antenna1,
      int[] antenna2,
      int[] rowTime,
      int[] rowBaseline,
      BitSet turned) {
    super(julianDates, antenna1, antenna2, rowTime.length);
    this.rowTime = rowTime;
    this.rowBaseline = rowBaseline;
    this.turned = turned;
    int n = rowTime.length;
    int[] sorted = sorted();
    order = new int[n];
    int kept = 0;
    int[] twice = new int[n];
    int more = 0;
    for (int i = 0; i < n; i++) {
      if (i > 0 && cellOf(sorted[i]) == cellOf(sorted[i - 1])) {
        twice[more++] = sorted[i];
        sorted[i] = sorted[i - 1];
      } else {
        order[kept++] = sorted[i];
      }
    }
    duplicates = Arrays.copyOf(twice, more);
    Arrays.sort(duplicates);
    timeStart = new int[julianDates.length + 1];
    for (int i = 0; i < kept; i++) {
      timeStart[rowTime[order[i]] + 1] = i + 1;
    }
    for (int t = 0; t < julianDates.length; t++) {
      timeStart[t + 1] = Math.max(timeStart[t + 1], timeStart[t]);
    }
  }

  private ListedLayout(ListedLayout other, SharedValues shared) {
    super(other.julianDates, shared.of(other.antenna1), shared.of(other.antenna2), other.rows);
    rowTime = shared.of(other.rowTime);
    rowBaseline = shared.of(other.rowBaseline);
    turned = other.turned;
    duplicates = other.duplicates;
    order = shared.of(other.order);
    timeStart = shared.of(other.timeStart);
  }

  @Override
  public Uvh5Layout sharing(SharedValues shared) {
    return new ListedLayout(this, shared);
  }

  private long cellOf(int row) {
    return (long) rowTime[row] * baselines() + rowBaseline[row];
  }

  /** Rows by cell, rows of one cell in the file's order: two passes of counting sort. */
  private int[] sorted() {
    int n = rowTime.length;
    int[] rowsInOrder = new int[n];
    for (int i = 0; i < n; i++) {
      rowsInOrder[i] = i;
    }
    return counted(counted(rowsInOrder, rowBaseline, baselines()), rowTime, times());
  }

  private static int[] counted(int[] rows, int[] key, int keys) {
    int[] at = new int[keys + 1];
    for (int k : key) {
      at[k + 1]++;
    }
    for (int k = 0; k < keys; k++) {
      at[k + 1] += at[k];
    }
    int[] out = new int[rows.length];
    for (int r : rows) {
      out[at[key[r]]++] = r;
    }
    return out;
  }

  @Override
  public boolean isRegular() {
    return false;
  }

  @Override
  public long row(int time, int baseline) {
    int at = find(time, baseline);
    return at < timeStart[time + 1] && rowBaseline[order[at]] == baseline ? order[at] : -1;
  }

  /** Position in the order of the first row of a time whose baseline is not below this. */
  private int find(int time, int baseline) {
    int low = timeStart[time];
    int high = timeStart[time + 1];
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (rowBaseline[order[middle]] < baseline) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  @Override
  public long cell(long row) {
    int r = Math.toIntExact(row);
    boolean left = duplicates.length > 0 && Arrays.binarySearch(duplicates, r) >= 0;
    return left ? -1 : cellOf(r);
  }

  @Override
  public boolean exchanged(long row) {
    return turned.get(Math.toIntExact(row));
  }

  @Override
  public int[] duplicates() {
    return duplicates.clone();
  }

  @Override
  RowMap cut(int firstTime, int times, int firstBaseline, int baselines) {
    int[] rowsOfCells = new int[Math.multiplyExact(times, baselines)];
    Arrays.fill(rowsOfCells, -1);
    BitSet exchanged = new BitSet();
    for (int t = 0; t < times; t++) {
      int end = timeStart[firstTime + t + 1];
      for (int i = find(firstTime + t, firstBaseline); i < end; i++) {
        int baseline = rowBaseline[order[i]] - firstBaseline;
        if (baseline >= baselines) {
          break;
        }
        int cell = t * baselines + baseline;
        rowsOfCells[cell] = order[i];
        exchanged.set(cell, turned.get(order[i]));
      }
    }
    return new RowMap.Listed(times, baselines, rowsOfCells, exchanged);
  }
}
