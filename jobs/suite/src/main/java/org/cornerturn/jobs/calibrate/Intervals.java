package org.cornerturn.jobs.calibrate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.cornerturn.UserError;
import org.cornerturn.calibration.SolutionAxis;

/**
 * Solution intervals of one term: runs of integrations that share a solution.
 *
 * @param each ascending, not overlapping
 */
record Intervals(List<Interval> each) implements Serializable {
  // A length that is a whole number of integrations must not lose one to rounding.
  private static final double ROUNDING = 1e-3;

  Intervals {
    each = List.copyOf(each);
  }

  /**
   * Integrations of a solution.
   *
   * @param first number of the first
   * @param end number after the last
   * @param startSeconds beginning of the first, UTC since 1970
   * @param endSeconds end of the last
   */
  record Interval(int first, int end, double startSeconds, double endSeconds)
      implements Serializable {}

  /**
   * Cuts integrations into intervals, counted from the beginning of the first that is used.
   *
   * @param unixSeconds middles of all integrations, ascending
   * @param integrationSeconds length of one
   * @param used which of them have data to solve with
   * @throws UserError when an interval is longer than the data
   */
  static Intervals of(Term term, double[] unixSeconds, double integrationSeconds, boolean[] used) {
    int first = next(used, 0);
    int last = used.length - 1;
    while (last > first && !used[last]) {
      last--;
    }
    double start = unixSeconds[first] - integrationSeconds / 2;
    double span = unixSeconds[last] + integrationSeconds / 2 - start;
    boolean finite = !Double.isInfinite(term.seconds());
    if (finite && term.seconds() > span * (1 + ROUNDING)) {
      throw new UserError(
          "--solve " + term,
          String.format("its interval is longer than the data, which last %.1f s", span),
          "Use a shorter interval, or inf for one of all data");
    }
    double step = Math.max(term.seconds(), integrationSeconds * (1 - ROUNDING));
    List<Interval> all = new ArrayList<>();
    int from = first;
    while (from <= last) {
      long number = number(unixSeconds[from], start, step, finite);
      int end = from + 1;
      while (end <= last && number(unixSeconds[end], start, step, finite) == number) {
        end++;
      }
      int to = end;
      while (!used[to - 1]) {
        to--;
      }
      all.add(
          new Interval(
              from,
              to,
              unixSeconds[from] - integrationSeconds / 2,
              unixSeconds[to - 1] + integrationSeconds / 2));
      from = end <= last ? next(used, end) : last + 1;
    }
    return new Intervals(all);
  }

  private static long number(double at, double start, double step, boolean finite) {
    return finite ? (long) Math.floor((at - start) / step + ROUNDING) : 0;
  }

  private static int next(boolean[] used, int from) {
    int i = from;
    while (!used[i]) {
      i++;
    }
    return i;
  }

  int count() {
    return each.size();
  }

  /** Solutions are for the middles of their intervals. */
  SolutionAxis axis() {
    return new SolutionAxis(
        each.stream().mapToDouble(i -> (i.startSeconds + i.endSeconds) / 2).toArray(),
        each.stream().mapToDouble(Interval::startSeconds).toArray(),
        each.stream().mapToDouble(Interval::endSeconds).toArray());
  }

  /** Some of them. */
  Intervals part(int from, int to) {
    return new Intervals(each.subList(from, to));
  }
}
