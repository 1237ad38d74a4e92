package org.cornerturn.mosaic;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Windows of time that follow each other, and may overlap: epoch k is [k step, k step + length)
 * since 1970, so that which epochs there are doesn't depend on which images there are.
 *
 * @param lengthSeconds of an epoch
 * @param stepSeconds from the beginning of one to that of the next, no more than the length
 */
public record SlidingEpochs(double lengthSeconds, double stepSeconds) {
  /**
   * The members of an epoch.
   *
   * @param startUnix its beginning, seconds since 1970
   * @param members places in the list of times, ascending
   */
  public record Epoch(double startUnix, List<Integer> members) {
    public Epoch {
      members = List.copyOf(members);
    }
  }

  public SlidingEpochs {
    if (!(stepSeconds > 0 && lengthSeconds >= stepSeconds && lengthSeconds < 1e12)) {
      throw new IllegalArgumentException(
          "epochs of " + lengthSeconds + " s every " + stepSeconds + " s: some times are in none");
    }
  }

  /**
   * The epochs that have members, by time.
   *
   * @param unix times, seconds since 1970
   * @param fewest members that an epoch must have
   */
  public List<Epoch> of(double[] unix, int fewest) {
    TreeSet<Long> numbers = new TreeSet<>();
    for (double t : unix) {
      if (!Double.isFinite(t)) {
        throw new IllegalArgumentException("a time of " + t);
      }
      long last = (long) Math.floor(t / stepSeconds);
      // One more on either side: the border is decided below, in one place.
      long first = (long) Math.floor((t - lengthSeconds) / stepSeconds);
      for (long k = first; k <= last + 1; k++) {
        numbers.add(k);
      }
    }
    List<Epoch> all = new ArrayList<>();
    for (long k : numbers) {
      double start = k * stepSeconds;
      List<Integer> members = new ArrayList<>();
      for (int i = 0; i < unix.length; i++) {
        if (unix[i] >= start && unix[i] < start + lengthSeconds) {
          members.add(i);
        }
      }
      if (!members.isEmpty() && members.size() >= fewest) {
        all.add(new Epoch(start, members));
      }
    }
    return all;
  }
}
