package org.cornerturn.uvh5;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Watches rows go by as long as they fill a grid of times and baselines in equal steps, either axis
 * the faster one. Keeps the axes alone.
 */
final class RegularRows {
  private double[] times = new double[64];
  private int timeCount;
  private long[] pairs = new long[64];
  private int pairCount;
  private Order order = Order.UNKNOWN;
  private long seen;

  private enum Order {
    UNKNOWN,
    TIME_MAJOR,
    BASELINE_MAJOR
  }

  /**
   * @return false where the rows so far fill no grid
   */
  boolean accept(double time, int antenna1, int antenna2) {
    long pair = LayoutBuilder.pair(antenna1, antenna2);
    boolean ok;
    if (seen == 0) {
      addTime(time);
      addPair(pair);
      ok = true;
    } else if (order == Order.UNKNOWN) {
      // Two rows of one time: baselines are the faster axis; of one baseline: times are.
      boolean sameTime = time == times[0];
      boolean samePair = pair == pairs[0];
      order = sameTime ? Order.TIME_MAJOR : Order.BASELINE_MAJOR;
      if (sameTime) {
        addPair(pair);
      } else {
        addTime(time);
      }
      ok = sameTime != samePair;
    } else if (order == Order.TIME_MAJOR) {
      ok = timeMajor(time, pair);
    } else {
      ok = baselineMajor(time, pair);
    }
    seen++;
    return ok;
  }

  private boolean timeMajor(double time, long pair) {
    if (timeCount == 1 && time == times[0]) {
      addPair(pair);
      return true;
    }
    int at = (int) (seen % pairCount);
    if (at == 0) {
      addTime(time);
      return pair == pairs[0];
    }
    return time == times[timeCount - 1] && pair == pairs[at];
  }

  private boolean baselineMajor(double time, long pair) {
    if (pairCount == 1 && pair == pairs[0]) {
      addTime(time);
      return true;
    }
    int at = (int) (seen % timeCount);
    if (at == 0) {
      addPair(pair);
      return time == times[0];
    }
    return pair == pairs[pairCount - 1] && time == times[at];
  }

  private void addTime(double time) {
    if (timeCount == times.length) {
      times = Arrays.copyOf(times, 2 * timeCount);
    }
    times[timeCount++] = time;
  }

  private void addPair(long pair) {
    if (pairCount == pairs.length) {
      pairs = Arrays.copyOf(pairs, 2 * pairCount);
    }
    pairs[pairCount++] = pair;
  }

  /** Whether the rows fill their grid to its end. */
  boolean isWhole() {
    return seen > 0 && seen == (long) timeCount * pairCount;
  }

  /**
   * The layout of whole rows; null where times don't rise or fall strictly, or a baseline occurs
   * twice.
   *
   * @param exchange whether baselines may be turned round
   */
  RegularLayout layout(boolean exchange) {
    boolean descending = timeCount > 1 && times[1] < times[0];
    double[] ascending = Arrays.copyOf(times, timeCount);
    for (int i = 0; i < timeCount; i++) {
      ascending[descending ? timeCount - 1 - i : i] = times[i];
    }
    for (int i = 1; i < timeCount; i++) {
      if (!(ascending[i] > ascending[i - 1])) {
        return null;
      }
    }
    RegularLayout turned = exchange ? layout(ascending, descending, true) : null;
    return turned != null ? turned : layout(ascending, descending, false);
  }

  private RegularLayout layout(double[] ascending, boolean descending, boolean exchange) {
    int n = pairCount;
    long[] canonical = new long[n];
    boolean[] turn = new boolean[n];
    for (int i = 0; i < n; i++) {
      int a = LayoutBuilder.first(pairs[i]);
      int b = LayoutBuilder.second(pairs[i]);
      turn[i] = exchange && a > b;
      canonical[i] = turn[i] ? LayoutBuilder.pair(b, a) : pairs[i];
    }
    long[] sorted = canonical.clone();
    Arrays.sort(sorted);
    for (int i = 1; i < n; i++) {
      if (sorted[i] == sorted[i - 1]) {
        return null;
      }
    }
    int[] place = new int[n];
    int[] antenna1 = new int[n];
    int[] antenna2 = new int[n];
    BitSet turned = new BitSet();
    for (int i = 0; i < n; i++) {
      int b = Arrays.binarySearch(sorted, canonical[i]);
      place[b] = i;
      antenna1[b] = LayoutBuilder.first(canonical[i]);
      antenna2[b] = LayoutBuilder.second(canonical[i]);
      turned.set(b, turn[i]);
    }
    boolean timeMajor = order != Order.BASELINE_MAJOR;
    return new RegularLayout(ascending, antenna1, antenna2, timeMajor, descending, place, turned);
  }
}
