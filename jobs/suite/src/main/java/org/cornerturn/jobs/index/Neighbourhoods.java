package org.cornerturn.jobs.index;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Stretches of time whose files may have to do with each other: between the starts of two stretches
 * lies more than any of their files reaches. A new file changes the groups of its own stretch only.
 */
final class Neighbourhoods {
  private static final double MICROS = 1e6;

  private long[] starts = new long[1024];
  private double[] reaches = new double[1024];
  private boolean[] touched = new boolean[1024];
  private int count;

  /**
   * @param startMicros since 1970
   * @param reachSeconds {@link org.cornerturn.observation.Grouping#reach}
   * @param isTouched whether the file is new, changed or gone
   */
  void add(long startMicros, double reachSeconds, boolean isTouched) {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, 2 * count);
      reaches = Arrays.copyOf(reaches, 2 * count);
      touched = Arrays.copyOf(touched, 2 * count);
    }
    starts[count] = startMicros;
    reaches[count] = reachSeconds;
    touched[count++] = isTouched;
  }

  /** First and last start of each stretch with a file that is touched. */
  NavigableMap<Long, Long> touched() {
    int[] sorted =
        IntStream.range(0, count)
            .boxed()
            .sorted(Comparator.comparingLong(i -> starts[i]))
            .mapToInt(i -> i)
            .toArray();
    NavigableMap<Long, Long> stretches = new TreeMap<>();
    for (int from = 0, to; from < count; from = to) {
      double reach = reaches[sorted[from]];
      boolean hit = touched[sorted[from]];
      for (to = from + 1; to < count; to++) {
        int next = sorted[to];
        double gap = (starts[next] - starts[sorted[to - 1]]) / MICROS;
        if (gap > Math.max(reach, reaches[next])) {
          break;
        }
        reach = Math.max(reach, reaches[next]);
        hit |= touched[next];
      }
      if (hit) {
        stretches.put(starts[sorted[from]], starts[sorted[to - 1]]);
      }
    }
    return stretches;
  }

  /** Whether a start lies in one of some stretches. */
  static boolean contains(NavigableMap<Long, Long> stretches, long startMicros) {
    Map.Entry<Long, Long> e = stretches.floorEntry(startMicros);
    return e != null && startMicros <= e.getValue();
  }
}
