package org.cornerturn.calibration;

import java.util.Arrays;
import org.cornerturn.calibration.Interpolation.Bracket;

/**
 * Gains of a term at any time, at some channels: first in time at each of the term's frequencies,
 * then in frequency. A term of one frequency or one time goes for all that its interpolation
 * reaches. Not for use by several threads.
 */
public final class GainInterpolator {
  private static final int NONE = -1;

  private final GainTable table;
  private final Interpolation time;
  private final Interpolation frequency;
  private final double[] frequencyHz;
  // Of each channel, the last of the table's frequencies that is not after it.
  private final int[] before;
  // Of each channel, what its gain is made of where those next to it are good; null for none.
  private final Bracket[] usual;
  private final Bracket bracket = new Bracket();
  private final Bracket between = new Bracket();
  // (frequency, element) of the antenna in work, where the antenna is the one that was asked for.
  private final double[] inTime;
  private final int[] antennaInTime;
  // Of the time in work, as before and usual.
  private int last;
  private Bracket usualInTime;

  /**
   * @param time in the seconds of the table's axis
   * @param frequency in the hertz of the table's axis
   * @param frequencyHz channels for which gains are asked
   */
  public GainInterpolator(
      GainTable table, Interpolation time, Interpolation frequency, double[] frequencyHz) {
    this.table = table;
    this.time = time;
    this.frequency = frequency;
    this.frequencyHz = frequencyHz.clone();
    before = Arrays.stream(frequencyHz).mapToInt(table.frequency()::before).toArray();
    usual = new Bracket[frequencyHz.length];
    for (int c = 0; c < usual.length; c++) {
      usual[c] = usual(frequency, table.frequency(), frequencyHz[c], before[c]);
    }
    inTime = new double[2 * table.frequency().count() * table.elements()];
    antennaInTime = new int[table.frequency().count() * table.elements()];
  }

  /** What a gain is made of where all are good, and so where the two about the place are. */
  private static Bracket usual(Interpolation how, SolutionAxis axis, double place, int last) {
    Bracket found = new Bracket();
    return how.find(axis, place, last, any -> true, found) ? found : null;
  }

  /** A grid of the table's kind. */
  public GainGrid grid() {
    int antennas = table.antennas().size();
    return table.isFull()
        ? GainGrid.full(antennas, frequencyHz.length, table.receptors())
        : GainGrid.diagonal(antennas, frequencyHz.length, table.receptors());
  }

  /** Gains at a time; NaN where there are none. */
  public GainGrid at(double seconds) {
    GainGrid out = grid();
    last = table.time().before(seconds);
    usualInTime = usual(time, table.time(), seconds, last);
    Arrays.fill(antennaInTime, NONE);
    for (int a = 0; a < table.antennas().size(); a++) {
      for (int e = 0; e < table.elements(); e++) {
        fill(seconds, a, e, out);
      }
    }
    return out;
  }

  private void fill(double seconds, int antenna, int e, GainGrid out) {
    int elements = table.elements();
    int count = table.frequency().count();
    for (int c = 0; c < before.length; c++) {
      int at = out.index(antenna, c, e);
      int next = before[c] + 1;
      boolean asUsual =
          (next == 0 || isGood(seconds, antenna, next - 1, e))
              && (next == count || isGood(seconds, antenna, next, e));
      Bracket found = asUsual ? usual[c] : unusual(seconds, antenna, c, e);
      if (found == null) {
        setToNone(out.values(), at);
      } else {
        int first = 2 * (found.first * elements + e);
        int second = 2 * (found.second * elements + e);
        GainGrid.between(inTime, first, inTime, second, found.share, out.values(), at);
      }
    }
  }

  private Bracket unusual(double seconds, int antenna, int channel, int e) {
    boolean found =
        frequency.find(
            table.frequency(),
            frequencyHz[channel],
            before[channel],
            f -> isGood(seconds, antenna, f, e),
            between);
    return found ? between : null;
  }

  private static void setToNone(double[] gains, int at) {
    gains[at] = Double.NaN;
    gains[at + 1] = Double.NaN;
  }

  /** Whether there is a gain at a time, which is found when it is first asked for. */
  private boolean isGood(double seconds, int antenna, int f, int e) {
    int at = f * table.elements() + e;
    if (antennaInTime[at] != antenna) {
      antennaInTime[at] = antenna;
      fillInTime(seconds, antenna, f, e);
    }
    return !Double.isNaN(inTime[2 * at]);
  }

  private void fillInTime(double seconds, int antenna, int f, int e) {
    int at = 2 * (f * table.elements() + e);
    int next = last + 1;
    boolean asUsual =
        (next == 0 || table.isGood(table.index(next - 1, antenna, f, e)))
            && (next == table.time().count() || table.isGood(table.index(next, antenna, f, e)));
    Bracket found = asUsual ? usualInTime : unusualInTime(seconds, antenna, f, e);
    if (found == null) {
      setToNone(inTime, at);
    } else {
      int first = 2 * table.index(found.first, antenna, f, e);
      int second = 2 * table.index(found.second, antenna, f, e);
      GainGrid.between(table.gains(), first, table.gains(), second, found.share, inTime, at);
    }
  }

  private Bracket unusualInTime(double seconds, int antenna, int f, int e) {
    boolean found =
        table.time().count() > 1
            && time.find(
                table.time(),
                seconds,
                last,
                t -> table.isGood(table.index(t, antenna, f, e)),
                bracket);
    return found ? bracket : null;
  }
}
