package org.cornerturn.pyramid;

import java.io.Serializable;

/**
 * The levels of a one-dimensional pyramid over a trace. Level 0 is the trace itself, a bin of level
 * k covers {@code factor^k} samples, the last bin of a level may cover fewer. A level exists while
 * it has at least {@code minBins} bins and the level below it has more than one.
 *
 * @param samples samples of the trace
 * @param factor bins of a level that make one bin of the next, 2 or more
 * @param minBins fewest bins of the coarsest level
 */
public record PyramidLevels(long samples, int factor, long minBins) implements Serializable {
  /** Eight bins to one: the levels together add 29 % to the samples, where four would add 67 %. */
  public static final int DEFAULT_FACTOR = 8;

  /** A wide screen. */
  private static final long COARSEST_BINS = 2048;

  public PyramidLevels {
    if (samples < 0 || samples > 1L << 56) {
      throw new IllegalArgumentException("samples outside 0..2^56: " + samples);
    }
    if (factor < 2 || factor > 64) {
      throw new IllegalArgumentException("factor outside 2..64: " + factor);
    }
    if (minBins < 1) {
      throw new IllegalArgumentException("minBins below 1: " + minBins);
    }
  }

  /** Levels of the default factor and coarsest size. */
  public static PyramidLevels of(long samples) {
    return of(samples, DEFAULT_FACTOR);
  }

  /** Levels of a factor, the coarsest of at most 2,048 bins. */
  public static PyramidLevels of(long samples, int factor) {
    return new PyramidLevels(samples, factor, COARSEST_BINS / factor + 1);
  }

  /** Number of levels above the trace itself; 0 for a trace too short to need any. */
  public int count() {
    int level = 0;
    long bins = samples;
    while (bins > 1 && ceilDiv(bins, factor) >= minBins) {
      bins = ceilDiv(bins, factor);
      level++;
    }
    return level;
  }

  /** Samples that a whole bin of a level covers. */
  public long samplesPerBin(int level) {
    long n = 1;
    for (int k = 0; k < level; k++) {
      n = Math.multiplyExact(n, factor);
    }
    return n;
  }

  /** Bins of a level, the last partial one included. */
  public long bins(int level) {
    return ceilDiv(samples, samplesPerBin(level));
  }

  /** Samples in the last bin of a level where that bin is partial, else 0. */
  public long tailSamples(int level) {
    return samples % samplesPerBin(level);
  }

  /** Samples that one bin covers, the last one's true number included. */
  public long samplesIn(int level, long bin) {
    long width = samplesPerBin(level);
    return Math.min(width, samples - bin * width);
  }

  /**
   * How many of the finest levels have bins that never straddle a multiple of {@code rangeSamples},
   * so that tasks which own such ranges can each make their own part of those levels.
   */
  public int levelsWithin(long rangeSamples) {
    if (rangeSamples < 1) {
      throw new IllegalArgumentException("range below one sample: " + rangeSamples);
    }
    if (rangeSamples >= samples) {
      return count();
    }
    int level = 0;
    while (level < count() && rangeSamples % samplesPerBin(level + 1) == 0) {
      level++;
    }
    return level;
  }

  /**
   * Bins of a storage chunk of a level such that every multiple of {@code rangeSamples} falls on a
   * chunk's edge (levels of {@link #levelsWithin} only) and a chunk holds at most {@code maxBins}
   * bins; the largest such number.
   *
   * @throws IllegalArgumentException when a level isn't within the range, or no number fits
   */
  public long chunkBins(int level, long rangeSamples, long maxBins) {
    if (level < 1 || level > levelsWithin(rangeSamples)) {
      throw new IllegalArgumentException(
          "level " + level + " is not within ranges of " + rangeSamples + " samples");
    }
    if (rangeSamples >= samples) {
      return wholeTraceChunkBins(level, maxBins);
    }
    long owned = rangeSamples / samplesPerBin(level);
    if (owned <= maxBins) {
      return owned;
    }
    boolean feedsAnother = level < levelsWithin(rangeSamples);
    for (long parts = ceilDiv(owned, maxBins); parts <= owned; parts++) {
      boolean whole = owned % parts == 0;
      if (whole && (!feedsAnother || owned / parts % factor == 0)) {
        return owned / parts;
      }
    }
    throw new IllegalArgumentException(
        "no chunk of at most " + maxBins + " bins divides a range of " + owned + " bins");
  }

  /**
   * Bins of a storage chunk of a level that is made from beginning to end by one task: all of them,
   * or the largest multiple of the factor up to {@code maxBins}.
   */
  public long wholeTraceChunkBins(int level, long maxBins) {
    if (bins(level) <= maxBins) {
      return Math.max(1, bins(level));
    }
    if (maxBins < factor) {
      throw new IllegalArgumentException("maxBins below the factor: " + maxBins);
    }
    return maxBins - maxBins % factor;
  }

  static long ceilDiv(long a, long b) {
    return -Math.floorDiv(-a, b);
  }
}
