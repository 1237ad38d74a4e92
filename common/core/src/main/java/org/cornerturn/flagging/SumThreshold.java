package org.cornerturn.flagging;

/**
 * The SumThreshold method on one plane of residuals (Offringa et al. 2010): a run of M samples in
 * time or frequency is flagged when the mean of those in it that shorter runs have left exceeds
 * chi_M = chi_1 rho^(-log2 M), for M = 1, 2, 4, ... Leaving flagged samples out of the mean is the
 * same as putting the threshold in their place. Both signs count. Of each length all runs in both
 * directions are looked at before any is flagged. Holds room for one plane, used again.
 */
final class SumThreshold {
  private final int times;
  private final int channels;
  private final int size;
  private final double base;
  private final int longestTimes;
  private final int longestChannels;
  private final Direction alongTime;
  private final Direction alongFrequency;
  private int flagged;

  /** Residuals and sums over runs along one axis; steps run along it, lanes across. */
  private static final class Direction {
    private final int steps;
    private final int lanes;
    private final float[] residual;
    private final float[] use;
    private float[] sums;
    private float[] counts;
    private float[] spareSums;
    private float[] spareCounts;

    /** Length of the runs whose sums there are; 1 when there are none. */
    private int run;

    /** Least that is known to be no less than the mean of any run of that length or longer. */
    private float peak;

    Direction(int steps, int lanes) {
      this.steps = steps;
      this.lanes = lanes;
      int n = steps * lanes;
      residual = new float[n];
      use = new float[n];
      sums = new float[n];
      counts = new float[n];
      spareSums = new float[n];
      spareCounts = new float[n];
    }

    int runs(int length) {
      return (steps - length + 1) * lanes;
    }

    /** Sums of all runs of a length, a power of two above 1. */
    void sum(int length) {
      while (run < length) {
        int next = 2 * run;
        int n = runs(next);
        int shift = run * lanes;
        Lanes.addShifted(run == 1 ? residual : sums, shift, spareSums, n);
        Lanes.addShifted(run == 1 ? use : counts, shift, spareCounts, n);
        float[] s = sums;
        sums = spareSums;
        spareSums = s;
        float[] c = counts;
        counts = spareCounts;
        spareCounts = c;
        run = next;
      }
    }

    /** Puts the peak right for the runs whose sums there are. */
    void measure() {
      int n = runs(run);
      Lanes.moduli(sums, counts, spareSums, n);
      peak = Lanes.largest(spareSums, spareCounts, n);
    }

    /** Whether some run of this or a greater length may have a larger mean. */
    boolean mayExceed(float chi) {
      // Rounding must hide nothing.
      return peak > chi * (1 - 1e-5f);
    }

    /** Forgets the sums: samples were flagged since. */
    void reset(float single) {
      run = 1;
      peak = single;
    }

    void drop(int index) {
      residual[index] = 0;
      use[index] = 0;
    }
  }

  /**
   * @param base rho, above 1
   * @param longestTimes longest run in time, a power of two
   * @param longestChannels longest run in frequency, a power of two
   */
  SumThreshold(int times, int channels, double base, int longestTimes, int longestChannels) {
    this.times = times;
    this.channels = channels;
    this.size = times * channels;
    this.base = base;
    this.longestTimes = longestTimes;
    this.longestChannels = longestChannels;
    alongTime = new Direction(times, channels);
    alongFrequency = new Direction(channels, times);
  }

  /**
   * Flags.
   *
   * @param residual (time, channel)
   * @param valid 1 for samples that are there, else 0
   * @param threshold chi_1
   * @param left gets 1 for samples that are there and not flagged, else 0
   */
  void flag(float[] residual, float[] valid, double threshold, float[] left) {
    Lanes.multiply(residual, valid, alongTime.residual, size);
    System.arraycopy(valid, 0, alongTime.use, 0, size);
    flagged = 0;
    float chi = (float) threshold;
    float single = singles(chi);
    Lanes.transpose(alongTime.residual, times, channels, alongFrequency.residual, 0);
    Lanes.transpose(alongTime.use, times, channels, alongFrequency.use, 0);
    alongTime.reset(single);
    alongFrequency.reset(single);
    for (int length = 2; length <= Math.max(longestTimes, longestChannels); length *= 2) {
      chi = (float) (threshold * Math.pow(base, -Math.log(length) / Math.log(2)));
      // The mean of a run is no more than that of its halves, so often there is nothing to look at.
      boolean inTime = length <= Math.min(longestTimes, times) && alongTime.mayExceed(chi);
      boolean inFrequency =
          length <= Math.min(longestChannels, channels) && alongFrequency.mayExceed(chi);
      if (inTime) {
        alongTime.sum(length);
      }
      if (inFrequency) {
        alongFrequency.sum(length);
      }
      int before = flagged;
      if (inTime) {
        scan(alongTime, alongFrequency, length, chi);
      }
      if (inFrequency) {
        scan(alongFrequency, alongTime, length, chi);
      }
      if (flagged > before) {
        alongTime.reset(single);
        alongFrequency.reset(single);
      }
    }
    System.arraycopy(alongTime.use, 0, left, 0, size);
  }

  /** Flags samples that are above a threshold alone; gives the largest of the others. */
  private float singles(float chi) {
    float[] all = alongTime.residual;
    float most = 0;
    for (int i = 0; i < size; i++) {
      float a = Math.abs(all[i]);
      if (a > most) {
        if (a > chi) {
          alongTime.drop(i);
          flagged++;
        } else {
          most = a;
        }
      }
    }
    return most;
  }

  private void scan(Direction along, Direction across, int length, float chi) {
    along.measure();
    if (!along.mayExceed(chi)) {
      return;
    }
    int runs = along.runs(length);
    float[] excess = along.spareSums;
    Lanes.excess(along.sums, along.counts, chi, excess, runs);
    for (int at = Lanes.firstPositive(excess, 0, runs);
        at < runs;
        at = Lanes.firstPositive(excess, at + 1, runs)) {
      int step = at / along.lanes;
      int lane = at - step * along.lanes;
      for (int i = 0; i < length; i++) {
        int index = at + i * along.lanes;
        if (along.use[index] != 0) {
          along.drop(index);
          across.drop(lane * across.lanes + step + i);
          flagged++;
        }
      }
    }
  }
}
