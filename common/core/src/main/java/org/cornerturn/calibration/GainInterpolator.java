package org.cornerturn.calibration;

import java.util.Arrays;
import org.cornerturn.calibration.Interpolation.Bracket;
import org.cornerturn.calibration.Interpolation.Goodness;

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
  private final Bracket bracket = new Bracket();
  private final Bracket between = new Bracket();
  // (frequency, element) of the antenna in work, where the antenna is the one that was asked for.
  private final double[] inTime;
  private final int[] antennaInTime;

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
    inTime = new double[2 * table.frequency().count() * table.elements()];
    antennaInTime = new int[table.frequency().count() * table.elements()];
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
    int last = table.time().before(seconds);
    Arrays.fill(antennaInTime, NONE);
    for (int a = 0; a < table.antennas().size(); a++) {
      int antenna = a;
      for (int e = 0; e < table.elements(); e++) {
        int element = e;
        Goodness good = f -> isGood(seconds, last, antenna, f, element);
        for (int c = 0; c < frequencyHz.length; c++) {
          fillInFrequency(c, e, good, out.values(), out.index(a, c, e));
        }
      }
    }
    return out;
  }

  /** Whether there is a gain at a time, which is found when it is first asked for. */
  private boolean isGood(double seconds, int last, int antenna, int f, int e) {
    int at = f * table.elements() + e;
    if (antennaInTime[at] != antenna) {
      antennaInTime[at] = antenna;
      fillInTime(seconds, last, antenna, f, e);
    }
    return !Double.isNaN(inTime[2 * at]);
  }

  private void fillInTime(double seconds, int last, int antenna, int f, int e) {
    int at = 2 * (f * table.elements() + e);
    if (!time.find(
        table.time(), seconds, last, t -> table.isGood(table.index(t, antenna, f, e)), bracket)) {
      Arrays.fill(inTime, at, at + 2, Double.NaN);
      return;
    }
    int first = 2 * table.index(bracket.first, antenna, f, e);
    int second = 2 * table.index(bracket.second, antenna, f, e);
    GainGrid.between(table.gains(), first, table.gains(), second, bracket.share, inTime, at);
  }

  private void fillInFrequency(int channel, int e, Goodness good, double[] out, int at) {
    int elements = table.elements();
    if (!frequency.find(table.frequency(), frequencyHz[channel], before[channel], good, between)) {
      Arrays.fill(out, at, at + 2, Double.NaN);
      return;
    }
    int first = 2 * (between.first * elements + e);
    int second = 2 * (between.second * elements + e);
    GainGrid.between(inTime, first, inTime, second, between.share, out, at);
  }
}
