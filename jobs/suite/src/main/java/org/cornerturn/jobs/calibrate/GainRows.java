package org.cornerturn.jobs.calibrate;

import java.io.IOException;
import org.cornerturn.calibration.GainTable;
import org.cornerturn.calibration.SolutionAxis;
import org.cornerturn.jobs.solutions.SolutionTables;
import org.cornerturn.solution.TermArrays;
import org.cornerturn.table.TableWriter;

/**
 * Rows of {@code gain_solutions}: one for each time, antenna and receptor of a term.
 *
 * @param id of the set of solutions
 * @param root URI of the product
 * @param refant reference antenna
 */
record GainRows(String id, String root, SolvedSet set, TermArrays term, String refant) {
  /** About what the rows of one data file take in memory. */
  static final long FILE_BYTES = 16L << 20;

  private static final int LISTS = 5;
  private static final long OTHERS_BYTES = 200;

  /** Where the table lies. */
  static String folder(String warehouse) {
    return warehouse.replaceAll("/+$", "") + "/" + SolutionTables.GAIN_SOLUTIONS.name();
  }

  /** About what a row takes in memory. */
  static long rowBytes(int frequencies) {
    return OTHERS_BYTES + (long) LISTS * Double.BYTES * frequencies;
  }

  /**
   * Writes the rows of some times.
   *
   * @param table gains of the term
   * @param delays of the term; null where it has none
   */
  void write(TableWriter to, GainTable table, double[] delays, int firstTime, int times)
      throws IOException {
    SolutionAxis time = table.time();
    double[] frequency = table.frequency().centres();
    int receptors = table.receptors().size();
    for (int t = firstTime; t < firstTime + times; t++) {
      for (int a = 0; a < table.antennas().size(); a++) {
        for (int e = 0; e < table.elements(); e++) {
          double[] amplitude = new double[frequency.length];
          double[] phase = new double[frequency.length];
          double[] snr = new double[frequency.length];
          double[] chi2 = new double[frequency.length];
          long[] flag = new long[frequency.length];
          long flagged = 0;
          for (int f = 0; f < frequency.length; f++) {
            int i = table.index(t, a, f, e);
            amplitude[f] = table.amplitude(i);
            phase[f] = table.phase(i);
            snr[f] = table.snr()[i];
            chi2[f] = table.chiSquared()[i];
            flag[f] = table.flags()[i];
            flagged += table.isGood(i) ? 0 : 1;
          }
          String receptor =
              table.isFull()
                  ? table.receptors().get(e / receptors)
                      + "/"
                      + table.receptors().get(e % receptors)
                  : table.receptors().get(e);
          to.add(
              new Object[] {
                id,
                root,
                set.measurementSet(),
                term.label(),
                table.antennas().get(a),
                receptor,
                SolutionTables.micros(time.centre(t)),
                SolutionTables.micros(time.start(t)),
                SolutionTables.micros(time.end(t)),
                frequency,
                amplitude,
                phase,
                delays == null ? null : delays[table.index(t, a, 0, e)],
                snr,
                chi2,
                flag,
                flagged,
                refant
              },
              rowBytes(frequency.length));
        }
      }
    }
  }
}
