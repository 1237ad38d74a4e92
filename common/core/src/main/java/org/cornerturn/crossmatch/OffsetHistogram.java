package org.cornerturn.crossmatch;

import java.util.Arrays;

/**
 * Counts of values in narrow bins, which parts of a catalogue fill apart and which then add up:
 * medians to a bin's width in memory that doesn't grow. Values beyond the range count in the
 * outermost bins.
 */
public final class OffsetHistogram {
  private static final int BINS = 1 << 16;

  private final double least;
  private final double most;
  private final long[] counts;

  public OffsetHistogram(double least, double most) {
    this(least, most, new long[BINS]);
  }

  private OffsetHistogram(double least, double most, long[] counts) {
    if (!(most > least)) {
      throw new IllegalArgumentException("bins from " + least + " to " + most);
    }
    this.least = least;
    this.most = most;
    this.counts = counts;
  }

  private double width() {
    return (most - least) / BINS;
  }

  /** Counts a value; NaN is none. */
  public void add(double value) {
    if (!Double.isNaN(value)) {
      double bin = (value - least) / width();
      counts[(int) Math.max(0, Math.min(BINS - 1.0, bin))]++;
    }
  }

  public void add(OffsetHistogram other) {
    if (other.least != least || other.most != most) {
      throw new IllegalArgumentException("histograms of other bins");
    }
    for (int i = 0; i < BINS; i++) {
      counts[i] += other.counts[i];
    }
  }

  public long count() {
    return Arrays.stream(counts).sum();
  }

  /** The median; NaN of nothing. */
  public double median() {
    return quantile(0.5);
  }

  /** Median absolute deviation from the median, scaled to one sigma of a normal distribution. */
  public double sigma() {
    double median = median();
    if (Double.isNaN(median)) {
      return median;
    }
    OffsetHistogram deviations = new OffsetHistogram(0, most - least);
    for (int i = 0; i < BINS; i++) {
      // The bin's middle; half bins of the other width on both sides cancel.
      double deviation = Math.abs(least + (i + 0.5) * width() - median);
      deviations.counts[(int) Math.min(BINS - 1.0, deviation / deviations.width())] += counts[i];
    }
    return 1.482602218505602 * deviations.median();
  }

  /**
   * Error of the median: sqrt(pi / 2) sigma / sqrt(n), as of normally distributed values, and what
   * a bin's width adds.
   */
  public double medianError() {
    return Math.hypot(Math.sqrt(Math.PI / 2 / count()) * sigma(), width() / Math.sqrt(12));
  }

  private double quantile(double part) {
    long all = count();
    if (all == 0) {
      return Double.NaN;
    }
    double wanted = part * all;
    long before = 0;
    for (int i = 0; i < BINS; i++) {
      if (before + counts[i] >= wanted && counts[i] > 0) {
        return least + (i + (wanted - before) / counts[i]) * width();
      }
      before += counts[i];
    }
    return most;
  }

  /** Bins that aren't empty: place and count, one after the other. */
  public long[] packed() {
    long[] out = new long[2 * (int) Arrays.stream(counts).filter(c -> c > 0).count()];
    int at = 0;
    for (int i = 0; i < BINS; i++) {
      if (counts[i] > 0) {
        out[at++] = i;
        out[at++] = counts[i];
      }
    }
    return out;
  }

  /** What {@link #packed} gave. */
  public static OffsetHistogram unpacked(double least, double most, long[] packed) {
    OffsetHistogram h = new OffsetHistogram(least, most);
    for (int i = 0; i < packed.length; i += 2) {
      h.counts[(int) packed[i]] = packed[i + 1];
    }
    return h;
  }
}
