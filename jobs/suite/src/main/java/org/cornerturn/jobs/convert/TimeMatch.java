package org.cornerturn.jobs.convert;

import java.util.Arrays;
import java.util.BitSet;
import org.cornerturn.uvh5.RowMap;
import org.cornerturn.uvh5.Uvh5Layout;

/**
 * Which integration of a file stands beside each one of another, by the nearest time.
 *
 * @param time index in the file for each of the other's integrations; -1 where it has none
 */
record TimeMatch(Uvh5Layout layout, int[] time) {
  private static final double DAY_SECONDS = 86400;

  /** The match, or null where an integration of the file is next to none of the other's. */
  static TimeMatch of(Uvh5Scan file, Uvh5Scan other) {
    Uvh5Layout a = file.layout();
    Uvh5Layout b = other.layout();
    int[] time = new int[b.times()];
    Arrays.fill(time, -1);
    double half = other.nominalSeconds() / 2;
    int at = 0;
    for (int t = 0; t < a.times(); t++) {
      while (at + 1 < b.times()
          && Math.abs(b.julianDate(at + 1) - a.julianDate(t))
              <= Math.abs(b.julianDate(at) - a.julianDate(t))) {
        at++;
      }
      double apart = Math.abs(b.julianDate(at) - a.julianDate(t)) * DAY_SECONDS;
      if (apart > half || time[at] >= 0) {
        return null;
      }
      time[at] = t;
    }
    return new TimeMatch(a, time);
  }

  /** The file's rows of a rectangle of the other's grid. */
  RowMap rows(int firstTime, int times, int firstBaseline, int baselines) {
    boolean together = time[firstTime] >= 0;
    for (int t = 1; t < times && together; t++) {
      together = time[firstTime + t] == time[firstTime] + t;
    }
    if (together) {
      return layout.rectangle(time[firstTime], times, firstBaseline, baselines);
    }
    int[] rows = new int[Math.multiplyExact(times, baselines)];
    BitSet turned = new BitSet();
    Arrays.fill(rows, -1);
    for (int t = 0; t < times; t++) {
      int own = time[firstTime + t];
      for (int b = 0; own >= 0 && b < baselines; b++) {
        long row = layout.row(own, firstBaseline + b);
        if (row >= 0) {
          rows[t * baselines + b] = Math.toIntExact(row);
          turned.set(t * baselines + b, layout.exchanged(row));
        }
      }
    }
    return new RowMap.Listed(times, baselines, rows, turned);
  }
}
