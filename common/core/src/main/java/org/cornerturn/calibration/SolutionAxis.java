package org.cornerturn.calibration;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Intervals of time (seconds) or of frequency (hertz) for which there are gains, ascending and not
 * overlapping.
 */
public final class SolutionAxis implements Serializable {
  private static final long serialVersionUID = 1L;
  private final double[] centre;
  private final double[] start;
  private final double[] end;

  /**
   * @param centre for which a gain is, within its interval; ascending
   */
  public SolutionAxis(double[] centre, double[] start, double[] end) {
    if (centre.length != start.length || centre.length != end.length) {
      throw new IllegalArgumentException("centres, starts and ends differ in number");
    }
    for (int i = 0; i < centre.length; i++) {
      if (!(start[i] <= centre[i] && centre[i] <= end[i])
          || i > 0 && !(centre[i] > centre[i - 1])) {
        throw new IllegalArgumentException("interval " + i + " is not in order");
      }
    }
    this.centre = centre.clone();
    this.start = start.clone();
    this.end = end.clone();
  }

  /** Equally wide intervals about their centres. */
  public static SolutionAxis of(double[] centre, double width) {
    return new SolutionAxis(
        centre,
        Arrays.stream(centre).map(c -> c - width / 2).toArray(),
        Arrays.stream(centre).map(c -> c + width / 2).toArray());
  }

  public int count() {
    return centre.length;
  }

  public double centre(int i) {
    return centre[i];
  }

  public double start(int i) {
    return start[i];
  }

  public double end(int i) {
    return end[i];
  }

  /** All centres; a copy. */
  public double[] centres() {
    return centre.clone();
  }

  /** How far a place is from an interval; 0 within it. */
  double distance(int i, double place) {
    return Math.max(0, Math.max(start[i] - place, place - end[i]));
  }

  /** The last interval whose centre is not after a place; -1 where all are. */
  int before(double place) {
    int found = Arrays.binarySearch(centre, place);
    return found >= 0 ? found : -found - 2;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SolutionAxis a
        && Arrays.equals(a.centre, centre)
        && Arrays.equals(a.start, start)
        && Arrays.equals(a.end, end);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(centre);
  }

  @Override
  public String toString() {
    return count()
        + " intervals"
        + (count() == 0 ? "" : " from " + start[0] + " to " + end[count() - 1]);
  }
}
