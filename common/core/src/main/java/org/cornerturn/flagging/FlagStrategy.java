package org.cornerturn.flagging;

import java.io.Serializable;
import org.cornerturn.SharedByTasks;

/**
 * How interference is looked for, and what is flagged without looking.
 *
 * @param name what tables and logs call it
 * @param masks what is flagged whatever the data are
 * @param threshold SumThreshold, or null to leave it out
 * @param clip clipping, or null to leave it out
 * @param rank scale-invariant rank operator
 * @param joinPolarizations whether what is found in one correlation is flagged in all
 * @param totals when the rest goes, too
 */
public record FlagStrategy(
    String name,
    Masks masks,
    Threshold threshold,
    Clip clip,
    Rank rank,
    boolean joinPolarizations,
    Totals totals)
    implements SharedByTasks {

  /** The same with other masks. */
  public FlagStrategy withMasks(Masks other) {
    return new FlagStrategy(name, other, threshold, clip, rank, joinPolarizations, totals);
  }

  /**
   * What is flagged whatever the data are.
   *
   * @param autocorrelations whether autocorrelations are
   * @param shadow whether antennas behind another are, for the time that they are
   * @param quackSeconds at the beginning of each scan; 0 for none
   * @param quackEndSeconds at the end of each scan; 0 for none
   * @param elevationDegrees times at which the phase centre is lower; -90 for none
   */
  public record Masks(
      boolean autocorrelations,
      boolean shadow,
      double quackSeconds,
      double quackEndSeconds,
      double elevationDegrees)
      implements Serializable {
    public Masks {
      check(quackSeconds >= 0 && quackEndSeconds >= 0, "quack: seconds are 0 or more");
      check(elevationDegrees >= -90 && elevationDegrees <= 90, "elevation: -90 to 90 degrees");
    }
  }

  /**
   * SumThreshold with a smooth surface removed, several times.
   *
   * @param iterations how often; the first with the highest threshold
   * @param sensitivity factor of all thresholds; smaller finds more
   * @param first chi_1 of the last iteration in standard deviations of the residuals
   * @param step by which the threshold of an iteration is above that of the next
   * @param base rho in chi_M = chi_1 rho^(-log2 M)
   * @param longestTimes longest run in time, a power of two
   * @param longestChannels longest run in frequency, a power of two
   * @param smoothTimes standard deviation of the surface's Gaussian along time, integrations
   * @param smoothChannels the same along frequency, channels
   */
  public record Threshold(
      int iterations,
      double sensitivity,
      double first,
      double step,
      double base,
      int longestTimes,
      int longestChannels,
      double smoothTimes,
      double smoothChannels)
      implements Serializable {
    private static final int LONGEST = 1 << 12;

    public Threshold {
      check(iterations >= 1 && iterations <= 20, "iterations: 1 to 20");
      check(sensitivity > 0 && Double.isFinite(sensitivity), "sensitivity: more than 0");
      check(first > 0 && Double.isFinite(first), "first: more than 0");
      check(step >= 1 && step <= 10, "step: 1 to 10");
      check(base > 1 && base <= 4, "base: above 1, at most 4");
      check(isRun(longestTimes) && isRun(longestChannels), "longest runs: 1, 2, 4, ... 4096");
      check(smoothTimes > 0 && smoothTimes <= 1000, "smooth_times: above 0, at most 1000");
      check(smoothChannels > 0 && smoothChannels <= 1000, "smooth_channels: above 0, at most 1000");
    }

    private static boolean isRun(int n) {
      return n >= 1 && n <= LONGEST && Integer.bitCount(n) == 1;
    }
  }

  /**
   * Clipping of amplitudes.
   *
   * @param deviations flags amplitudes above median + deviations * 1.4826 * MAD of a plane; 0 not
   *     to
   * @param below flags amplitudes below this, Jy or what the visibilities' unit is; 0 not to
   * @param above flags amplitudes above this; infinite not to
   */
  public record Clip(double deviations, double below, double above) implements Serializable {
    public Clip {
      check(deviations >= 0, "deviations: 0 or more");
      check(below >= 0 && above > below, "below: 0 or more; above: more than that");
    }
  }

  /**
   * Scale-invariant rank operator.
   *
   * @param eta part of a run in time that may be good and is flagged all the same; 0 to below 1
   * @param etaFrequency the same in frequency
   */
  public record Rank(double eta, double etaFrequency) implements Serializable {
    public Rank {
      check(eta >= 0 && eta < 1 && etaFrequency >= 0 && etaFrequency < 1, "eta: 0 to below 1");
    }
  }

  /**
   * Parts of the samples that were searched beyond which all of them are flagged; 1 for never.
   *
   * @param cell of one channel and correlation at one time, over baselines
   * @param channel of a channel
   * @param time of an integration
   * @param antenna of an antenna's baselines
   */
  public record Totals(double cell, double channel, double time, double antenna)
      implements Serializable {
    public Totals {
      check(
          isPart(cell) && isPart(channel) && isPart(time) && isPart(antenna),
          "totals: parts between 0 and 1");
    }

    private static boolean isPart(double p) {
      return p >= 0 && p <= 1;
    }

    /** Whether anything depends on the whole set, rather than on a window of it. */
    public boolean ofWholeSet() {
      return channel < 1 || time < 1 || antenna < 1;
    }
  }

  private static void check(boolean ok, String rule) {
    if (!ok) {
      throw new IllegalArgumentException(rule);
    }
  }
}
