package org.cornerturn.calibration;

import java.util.ArrayList;
import java.util.List;

/**
 * What is measured of a table of gains. Numbers of which there are none are NaN. Phases are taken
 * as they are referred; phase scatter is that about the mean over time of each antenna, frequency
 * and receptor, or, of a table of one time, over frequency of each antenna and receptor.
 *
 * @param solutions how many there are
 * @param flagged part of them that is flagged
 * @param byFlag number of solutions by code of {@link SolutionFlag}
 * @param antennas with a good gain
 * @param antennaCoverage part of the antennas that have one
 * @param timeCoverage part of the times at which any is good
 * @param medianAmplitude of good gains
 * @param rmsAmplitude root mean square of good gains' amplitudes
 * @param amplitudeScatter standard deviation over mean of the amplitudes, as the phase scatter's
 * @param phaseScatterRad root mean square deviation of phases
 * @param antennaPhaseScatterRad the same of each antenna
 * @param antennaFlagged flagged part of each antenna
 * @param snrPercentiles of good gains: 5, 25, 50, 75, 95
 * @param amplitudeStability root mean square of the relative change of amplitudes between adjacent
 *     times
 * @param phaseStabilityRad root mean square of the change of phases between adjacent times
 * @param medianChiSquared reduced chi^2 of good gains
 */
public record SolutionQuality(
    long solutions,
    double flagged,
    long[] byFlag,
    int antennas,
    double antennaCoverage,
    double timeCoverage,
    double medianAmplitude,
    double rmsAmplitude,
    double amplitudeScatter,
    double phaseScatterRad,
    double[] antennaPhaseScatterRad,
    double[] antennaFlagged,
    double[] snrPercentiles,
    double amplitudeStability,
    double phaseStabilityRad,
    double medianChiSquared) {

  private static final double[] PERCENTS = {5, 25, 50, 75, 95};

  /** How good a set is by its flagged part. */
  public enum Grade {
    /** Less than a tenth flagged. */
    EXCELLENT,
    /** Less than a fifth. */
    GOOD,
    /** Less than three tenths. */
    MARGINAL,
    POOR
  }

  /** What is wrong, or may be. */
  public enum Finding {
    /** More than half of the solutions are flagged. */
    MOSTLY_FLAGGED(true),
    /** More than three tenths are. */
    OFTEN_FLAGGED(false),
    /** Fewer than ten antennas have a gain. */
    FEW_ANTENNAS(true),
    /** The middle signal over noise is below 5. */
    LOW_SNR(true),
    /** The middle signal over noise is below 10. */
    MODEST_SNR(false),
    /** The middle amplitude is not within 0.1 and 10. */
    ODD_AMPLITUDE(false),
    /** Phases scatter by more than 30 degrees. */
    PHASE_SCATTER(false);

    private final boolean failure;

    Finding(boolean failure) {
      this.failure = failure;
    }

    /** Whether it makes the set unusable. */
    public boolean isFailure() {
      return failure;
    }
  }

  /** The grade. */
  public Grade grade() {
    return !(flagged < 0.3)
        ? Grade.POOR
        : flagged < 0.1 ? Grade.EXCELLENT : flagged < 0.2 ? Grade.GOOD : Grade.MARGINAL;
  }

  /** What there is to say, in the order of the constants. */
  public List<Finding> findings() {
    List<Finding> all = new ArrayList<>();
    if (!(flagged <= 0.5)) {
      all.add(Finding.MOSTLY_FLAGGED);
    } else if (flagged > 0.3) {
      all.add(Finding.OFTEN_FLAGGED);
    }
    if (antennas < 10) {
      all.add(Finding.FEW_ANTENNAS);
    }
    double snr = snrPercentiles[2];
    if (!(snr >= 5)) {
      all.add(Finding.LOW_SNR);
    } else if (snr < 10) {
      all.add(Finding.MODEST_SNR);
    }
    if (!(medianAmplitude >= 0.1 && medianAmplitude <= 10)) {
      all.add(Finding.ODD_AMPLITUDE);
    }
    if (phaseScatterRad > Math.toRadians(30)) {
      all.add(Finding.PHASE_SCATTER);
    }
    return all;
  }

  /** Measures a table; of full Jones matrices the two elements on the diagonal. */
  public static SolutionQuality of(GainTable table) {
    return new Measurement(table).quality();
  }

  /** One pass over a table. */
  private static final class Measurement {
    private final GainTable table;
    private final int times;
    private final int antennas;
    private final int frequencies;
    private final int receptors;
    private final long[] byFlag = new long[SolutionFlag.values().length];
    private final double[] good;
    private final double[] all;
    private final boolean[] timeCovered;

    Measurement(GainTable table) {
      this.table = table;
      times = table.time().count();
      antennas = table.antennas().size();
      frequencies = table.frequency().count();
      receptors = table.receptors().size();
      good = new double[antennas];
      all = new double[antennas];
      timeCovered = new boolean[times];
    }

    private int index(int t, int a, int f, int r) {
      return table.index(t, a, f, table.isFull() ? 3 * r : r);
    }

    SolutionQuality quality() {
      int total = times * antennas * frequencies * receptors;
      double[] amplitude = new double[total];
      double[] snr = new double[total];
      double[] chi = new double[total];
      int n = 0;
      double squares = 0;
      for (int t = 0; t < times; t++) {
        for (int a = 0; a < antennas; a++) {
          for (int f = 0; f < frequencies; f++) {
            for (int r = 0; r < receptors; r++) {
              int i = index(t, a, f, r);
              all[a]++;
              byFlag[table.flags()[i]]++;
              if (table.isGood(i)) {
                good[a]++;
                timeCovered[t] = true;
                amplitude[n] = table.amplitude(i);
                squares += amplitude[n] * amplitude[n];
                snr[n] = table.snr()[i];
                chi[n] = table.chiSquared()[i];
                n++;
              }
            }
          }
        }
      }
      int covered = 0;
      double[] flagged = new double[antennas];
      for (int a = 0; a < antennas; a++) {
        covered += good[a] > 0 ? 1 : 0;
        flagged[a] = 1 - good[a] / all[a];
      }
      int timesCovered = 0;
      for (boolean c : timeCovered) {
        timesCovered += c ? 1 : 0;
      }
      double[] signals = new Percentiles(snr, n).of(PERCENTS);
      Scatter scatter = scatter();
      double[] change = stability();
      return new SolutionQuality(
          total,
          total == 0 ? Double.NaN : (double) (total - n) / total,
          byFlag,
          covered,
          (double) covered / antennas,
          (double) timesCovered / times,
          new Percentiles(amplitude, n).of(50)[0],
          n == 0 ? Double.NaN : Math.sqrt(squares / n),
          scatter.amplitude,
          scatter.phase,
          scatter.antennaPhase,
          flagged,
          signals,
          change[0],
          change[1],
          new Percentiles(chi, n).of(50)[0]);
    }

    private static final class Scatter {
      double amplitude;
      double phase;
      double[] antennaPhase;
    }

    /** Scatter about the mean over the longer of the axes that there is. */
    private Scatter scatter() {
      boolean overTime = times > 1;
      Scatter s = new Scatter();
      s.antennaPhase = new double[antennas];
      double phases = 0;
      double amplitudes = 0;
      long count = 0;
      for (int a = 0; a < antennas; a++) {
        double own = 0;
        long ownCount = 0;
        for (int row = 0; row < (overTime ? frequencies : 1) * receptors; row++) {
          double[] sums = row(a, row, overTime);
          own += sums[0];
          amplitudes += sums[1];
          ownCount += (long) sums[2];
        }
        s.antennaPhase[a] = ownCount == 0 ? Double.NaN : Math.sqrt(own / ownCount);
        phases += own;
        count += ownCount;
      }
      s.phase = count == 0 ? Double.NaN : Math.sqrt(phases / count);
      s.amplitude = count == 0 ? Double.NaN : Math.sqrt(amplitudes / count);
      return s;
    }

    /** Squares of phases and of relative amplitudes about their means, and their number. */
    private double[] row(int antenna, int row, boolean overTime) {
      int n = overTime ? times : frequencies;
      double re = 0;
      double im = 0;
      double mean = 0;
      int count = 0;
      for (int k = 0; k < n; k++) {
        int i = place(antenna, row, k, overTime);
        if (table.isGood(i)) {
          double size = table.amplitude(i);
          re += table.gains()[2 * i] / size;
          im += table.gains()[2 * i + 1] / size;
          mean += size;
          count++;
        }
      }
      double direction = Math.atan2(im, re);
      mean /= count;
      double phases = 0;
      double amplitudes = 0;
      for (int k = 0; k < n; k++) {
        int i = place(antenna, row, k, overTime);
        if (table.isGood(i)) {
          double d = turned(table.phase(i) - direction);
          phases += d * d;
          double change = table.amplitude(i) / mean - 1;
          amplitudes += change * change;
        }
      }
      return new double[] {phases, amplitudes, count};
    }

    private int place(int antenna, int row, int k, boolean overTime) {
      return overTime
          ? index(k, antenna, row / receptors, row % receptors)
          : index(0, antenna, k, row % receptors);
    }

    /** A difference of two phases without whole turns, radians. */
    private static double turned(double radians) {
      return radians - 2 * Math.PI * Math.rint(radians / (2 * Math.PI));
    }

    private double[] stability() {
      double amplitudes = 0;
      double phases = 0;
      long count = 0;
      for (int t = 1; t < times; t++) {
        for (int a = 0; a < antennas; a++) {
          for (int f = 0; f < frequencies; f++) {
            for (int r = 0; r < receptors; r++) {
              int i = index(t - 1, a, f, r);
              int k = index(t, a, f, r);
              if (table.isGood(i) && table.isGood(k)) {
                double before = table.amplitude(i);
                double after = table.amplitude(k);
                double change = 2 * (after - before) / (after + before);
                amplitudes += change * change;
                double turn = turned(table.phase(k) - table.phase(i));
                phases += turn * turn;
                count++;
              }
            }
          }
        }
      }
      return count == 0
          ? new double[] {Double.NaN, Double.NaN}
          : new double[] {Math.sqrt(amplitudes / count), Math.sqrt(phases / count)};
    }
  }
}
