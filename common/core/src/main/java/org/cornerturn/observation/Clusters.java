package org.cornerturn.observation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Observations in time: the files that start within the tolerance of the first, as long as each
 * subband comes once. Where one comes again, another observation has begun: the two are separated
 * at the widest gap between starts that lies between the two files of that subband, the last one of
 * several. Where the tolerance would part files that start together, they stay together.
 */
final class Clusters {
  private Clusters() {}

  /**
   * @param files without duplicates
   */
  static List<List<NumberedFile>> of(List<NumberedFile> files, GroupingRule rule) {
    List<NumberedFile> sorted = files.stream().sorted(NumberedFile.BY_START).toList();
    double tolerance = rule.tolerance().toNanos() / 1e9;
    List<List<NumberedFile>> clusters = new ArrayList<>();
    for (int from = 0, to; from < sorted.size(); from = to) {
      Map<Integer, Integer> seen = new HashMap<>();
      to = from;
      while (to < sorted.size()
          && sorted.get(to).startsAfter(sorted.get(from)) <= tolerance
          && seen.putIfAbsent(sorted.get(to).number(), to) == null) {
        to++;
      }
      if (to < sorted.size()) {
        boolean again = sorted.get(to).startsAfter(sorted.get(from)) <= tolerance;
        to =
            again
                ? widestGap(sorted, seen.get(sorted.get(to).number()), to)
                : together(sorted, from, to);
      }
      clusters.add(sorted.subList(from, to));
    }
    return clusters;
  }

  /**
   * The end of a group whose tolerance ends before {@code to}: what starts together with the file
   * there, each within half an integration of the next, goes with it, unless that is the whole
   * group.
   */
  private static int together(List<NumberedFile> sorted, int from, int to) {
    int end = to;
    while (end > from
        && sorted.get(end).startsAfter(sorted.get(end - 1))
            <= sorted.get(end).file().time().integrationSeconds() / 2) {
      end--;
    }
    return end > from ? end : to;
  }

  /** The file before which the widest gap lies, after {@code first} and up to {@code second}. */
  private static int widestGap(List<NumberedFile> sorted, int first, int second) {
    int widest = second;
    double width = 0;
    for (int i = second; i > first; i--) {
      double gap = sorted.get(i).startsAfter(sorted.get(i - 1));
      if (gap > width) {
        width = gap;
        widest = i;
      }
    }
    return widest;
  }
}
