package org.cornerturn.jobs.crossmatch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cornerturn.storage.ObjectStore;

/**
 * A zone of declination with about as many rows as any other, however they crowd.
 *
 * @param south first declination of it
 * @param north end; the last zone has the pole
 */
record Zone(double south, double north) {
  /** The runs of a side. */
  static List<RunFile> runs(ObjectStore store, List<String> indexes) throws IOException {
    List<RunFile> runs = new ArrayList<>();
    for (String key : indexes) {
      runs.addAll(RunFile.Index.get(store, key).runs());
    }
    return runs;
  }

  /** The zone of a number: the same for all that ask, from the marks of all runs. */
  static Zone of(int zone, int zones, List<RunFile> left, List<RunFile> right) {
    double[] marks = new double[marks(left) + marks(right)];
    int at = 0;
    for (List<RunFile> side : List.of(left, right)) {
      for (RunFile run : side) {
        System.arraycopy(run.marks(), 0, marks, at, run.marks().length);
        at += run.marks().length;
      }
    }
    Arrays.sort(marks);
    return new Zone(bound(marks, zone, zones), bound(marks, zone + 1, zones));
  }

  private static int marks(List<RunFile> runs) {
    return runs.stream().mapToInt(r -> r.marks().length).sum();
  }

  private static double bound(double[] marks, int zone, int zones) {
    if (zone == 0) {
      return Double.NEGATIVE_INFINITY;
    }
    return zone == zones || marks.length == 0
        ? Double.POSITIVE_INFINITY
        : marks[(int) ((long) zone * marks.length / zones)];
  }

  boolean holds(double dec) {
    return dec >= south && dec < north;
  }
}
