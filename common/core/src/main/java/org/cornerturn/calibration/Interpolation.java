package org.cornerturn.calibration;

import java.io.Serializable;

/**
 * How gains are found between those of a {@link SolutionAxis}.
 *
 * @param reach how far beyond the intervals of good solutions there still is a gain, seconds or
 *     hertz; a gap between two of them is bridged up to twice as wide. 0: only within the intervals
 */
public record Interpolation(Kind kind, double reach) implements Serializable {
  /** Which solutions count. */
  public enum Kind {
    /** The one whose interval is nearest. */
    NEAREST,
    /**
     * The two about a place: linear in amplitude, and in phase the shorter way round. Before the
     * first and after the last, that one.
     */
    LINEAR
  }

  // Part of an interval's width by which intervals that touch may miss each other.
  private static final double SLACK = 1e-3;
  private static final int NONE = -1;

  public Interpolation {
    if (!(reach >= 0)) {
      throw new IllegalArgumentException("a reach of " + reach);
    }
  }

  public static Interpolation nearest() {
    return new Interpolation(Kind.NEAREST, Double.POSITIVE_INFINITY);
  }

  public static Interpolation linear() {
    return new Interpolation(Kind.LINEAR, Double.POSITIVE_INFINITY);
  }

  public Interpolation within(double other) {
    return new Interpolation(kind, other);
  }

  /** Says which solutions are good. */
  @FunctionalInterface
  interface Goodness {
    boolean of(int solution);
  }

  /** Two solutions and the second one's share; the same twice for one alone. */
  static final class Bracket {
    int first;
    int second;
    double share;

    private boolean one(int solution) {
      first = solution;
      second = solution;
      share = 0;
      return true;
    }
  }

  /**
   * Finds what the gain at a place is made of.
   *
   * @return whether there is one
   */
  boolean find(SolutionAxis axis, double place, Goodness good, Bracket out) {
    return find(axis, place, axis.before(place), good, out);
  }

  /**
   * As above, for a place of which it is known where it is.
   *
   * @param last the {@linkplain SolutionAxis#before last} solution that is not after the place
   */
  boolean find(SolutionAxis axis, double place, int last, Goodness good, Bracket out) {
    int before = last;
    int after = before + 1;
    while (before > NONE && !good.of(before)) {
      before--;
    }
    while (after < axis.count() && !good.of(after)) {
      after++;
    }
    boolean hasBefore = before > NONE && reaches(axis, before, place);
    boolean hasAfter = after < axis.count() && reaches(axis, after, place);
    boolean both = before > NONE && after < axis.count() && (hasBefore || hasAfter);
    if (kind == Kind.LINEAR && both && bridges(axis, before, after)) {
      double from = axis.centre(before);
      out.first = before;
      out.second = after;
      out.share = (place - from) / (axis.centre(after) - from);
      return true;
    }
    if (hasBefore && hasAfter) {
      return out.one(isNearer(axis, after, before, place) ? after : before);
    }
    return hasBefore ? out.one(before) : hasAfter && out.one(after);
  }

  private boolean reaches(SolutionAxis axis, int i, double place) {
    return axis.distance(i, place) <= reach + SLACK * (axis.end(i) - axis.start(i));
  }

  private boolean bridges(SolutionAxis axis, int before, int after) {
    double slack = SLACK * (axis.end(after) - axis.start(before));
    return axis.start(after) - axis.end(before) <= 2 * reach + slack;
  }

  private static boolean isNearer(SolutionAxis axis, int i, int than, double place) {
    double a = axis.distance(i, place);
    double b = axis.distance(than, place);
    return a < b
        || a == b && Math.abs(axis.centre(i) - place) < Math.abs(axis.centre(than) - place);
  }
}
