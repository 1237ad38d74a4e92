package org.cornerturn.calibration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Refers the phases of a table to one antenna. Solutions tell differences of phases only; that one
 * antenna's are 0 in all cells makes cells comparable. Where the chosen one has no gain, another
 * stands in, which keeps the phase that it had against the chosen one nearest to there. Of full
 * Jones matrices, whose elements share one free phase, that of the first element counts.
 */
public final class PhaseReferencing {
  private static final int NONE = -1;

  private final GainTable table;
  private final List<Integer> ranking;
  private final int times;
  private final int frequencies;
  // Elements with a free phase of their own, and elements of each.
  private final int receptors;
  private final int each;

  // (time, frequency, receptor): the antenna, and the phase to take away.
  private final int[] reference;
  private final double[] turn;

  /**
   * An antenna that stood in for the chosen one.
   *
   * @param time place in the table
   * @param receptor place in the table
   * @param antenna place in the table
   * @param frequencies in how many it did
   */
  public record Change(int time, int receptor, int antenna, int frequencies) {}

  /**
   * What phases were referred to.
   *
   * @param antenna the chosen one; -1 where nothing is good
   * @param changes by time, receptor and antenna
   */
  public record Outcome(int antenna, List<Change> changes) {
    public Outcome {
      changes = List.copyOf(changes);
    }
  }

  private PhaseReferencing(GainTable table, List<Integer> ranking) {
    this.table = table;
    this.ranking = ranking;
    times = table.time().count();
    frequencies = table.frequency().count();
    receptors = table.isFull() ? 1 : table.elements();
    each = table.elements() / receptors;
    reference = new int[times * frequencies * receptors];
    turn = new double[reference.length];
    Arrays.fill(reference, NONE);
  }

  /**
   * Refers a table. The first of the ranking that has a gain in at least half of the cells in which
   * anything has is chosen, else the one with most. Cells in which no antenna of the ranking has a
   * gain are flagged.
   *
   * @param ranking antennas that may be the reference, the best first; see {@link
   *     ReferenceAntenna#rank}
   */
  public static Outcome refer(GainTable table, List<Integer> ranking) {
    return new PhaseReferencing(table, ranking).refer();
  }

  private Outcome refer() {
    int chosen = choose();
    if (chosen != NONE) {
      for (int k = 0; k < reference.length; k++) {
        if (isGood(chosen, k)) {
          reference[k] = chosen;
          turn[k] = phase(chosen, k);
        }
      }
    }
    boolean[] direct = new boolean[reference.length];
    for (int k = 0; k < reference.length; k++) {
      direct[k] = reference[k] != NONE;
    }
    for (int k = 0; k < reference.length; k++) {
      int standIn = direct[k] ? NONE : standIn(k);
      if (standIn != NONE) {
        reference[k] = standIn;
        turn[k] = phase(standIn, k) - carried(direct, standIn, k);
      }
    }
    for (int k = 0; k < reference.length; k++) {
      turn(k);
    }
    return new Outcome(chosen, changes(chosen));
  }

  /** Place of an antenna's first element of a cell in the table. */
  private int index(int antenna, int k) {
    int f = k / receptors % frequencies;
    return table.index(k / receptors / frequencies, antenna, f, k % receptors * each);
  }

  private boolean isGood(int antenna, int k) {
    return table.isGood(index(antenna, k));
  }

  private double phase(int antenna, int k) {
    return table.phase(index(antenna, k));
  }

  private int choose() {
    int[] good = new int[table.antennas().size()];
    int any = 0;
    for (int k = 0; k < reference.length; k++) {
      boolean some = false;
      for (int a = 0; a < good.length; a++) {
        boolean g = isGood(a, k);
        good[a] += g ? 1 : 0;
        some |= g;
      }
      any += some ? 1 : 0;
    }
    int best = NONE;
    for (int a : ranking) {
      if (good[a] > 0 && 2 * good[a] >= any) {
        return a;
      }
      if (good[a] > 0 && (best == NONE || good[a] > good[best])) {
        best = a;
      }
    }
    return best;
  }

  private int standIn(int k) {
    for (int a : ranking) {
      if (isGood(a, k)) {
        return a;
      }
    }
    return NONE;
  }

  /**
   * Phase of an antenna against the chosen one at the nearest time at which both have a gain, else
   * at the nearest frequency; 0 where they never have.
   */
  private double carried(boolean[] direct, int antenna, int k) {
    int perTime = frequencies * receptors;
    int t = k / perTime;
    int f = k / receptors % frequencies;
    int there = nearest(direct, antenna, k, t, times, perTime);
    if (there == NONE) {
      there = nearest(direct, antenna, k, f, frequencies, receptors);
    }
    return there == NONE ? 0 : phase(antenna, there) - turn[there];
  }

  private int nearest(boolean[] direct, int antenna, int k, int at, int count, int stride) {
    for (int d = 1; d < count; d++) {
      if (at - d >= 0 && direct[k - d * stride] && isGood(antenna, k - d * stride)) {
        return k - d * stride;
      }
      if (at + d < count && direct[k + d * stride] && isGood(antenna, k + d * stride)) {
        return k + d * stride;
      }
    }
    return NONE;
  }

  private void turn(int k) {
    double c = Math.cos(turn[k]);
    double s = -Math.sin(turn[k]);
    for (int a = 0; a < table.antennas().size(); a++) {
      int first = index(a, k);
      boolean isReference = a == reference[k] && turn[k] == phase(a, k);
      for (int i = first; i < first + each; i++) {
        if (!table.isGood(i)) {
          continue;
        }
        if (reference[k] == NONE) {
          table.flag(i, SolutionFlag.NO_REFERENCE);
        } else if (isReference && i == first) {
          // Exactly 0, not what rounding leaves.
          table.set(i, table.amplitude(i), 0);
        } else {
          table.multiply(i, c, s);
        }
      }
    }
  }

  private List<Change> changes(int chosen) {
    List<Change> all = new ArrayList<>();
    int[] count = new int[table.antennas().size()];
    for (int t = 0; t < times; t++) {
      for (int r = 0; r < receptors; r++) {
        Arrays.fill(count, 0);
        for (int f = 0; f < frequencies; f++) {
          int a = reference[(t * frequencies + f) * receptors + r];
          if (a != NONE && a != chosen) {
            count[a]++;
          }
        }
        for (int a = 0; a < count.length; a++) {
          if (count[a] > 0) {
            all.add(new Change(t, r, a, count[a]));
          }
        }
      }
    }
    return all;
  }
}
