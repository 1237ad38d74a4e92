package org.cornerturn.pyramid;

import java.util.ArrayList;
import java.util.List;

/**
 * How the envelope of a window of a trace comes from a pyramid's levels: buckets of equal length,
 * and the runs of bins that fill them exactly.
 *
 * <p>A bucket covers {@code bucketSamples} samples from a multiple of that number on, whatever the
 * window, so that neighbouring windows have the same buckets; the first and the last are cut where
 * the window is. The bulk comes from one level, whose bins buckets consist of; what its bins don't
 * cover at the two ends of the window, or at the end of the trace, comes from ever finer levels,
 * down to the samples. A level whose bins buckets' edges would cut is passed over.
 *
 * @param start first sample of the window
 * @param stop sample behind its last
 * @param bucketSamples samples of a whole bucket
 * @param runs in the order of the trace; together they cover the window once
 */
public record EnvelopePlan(long start, long stop, long bucketSamples, List<Run> runs) {

  /**
   * One level of a trace. Level 0 is the trace itself, of bins of one sample.
   *
   * @param samplesPerBin samples of a whole bin
   * @param bins bins that the level has; the last one may be cut by the trace's end, and a level
   *     may end before the trace does
   */
  public record Level(long samplesPerBin, long bins) {
    public Level {
      if (samplesPerBin < 1 || bins < 0) {
        throw new IllegalArgumentException(bins + " bins of " + samplesPerBin + " samples");
      }
    }
  }

  /**
   * Consecutive bins of one level.
   *
   * @param level its place in the list of levels
   */
  public record Run(int level, long firstBin, long bins) {}

  /** How much longer than wanted a bucket may be for the sake of a coarser level: an eighth. */
  private static final int TOLERANCE = 8;

  public EnvelopePlan {
    runs = List.copyOf(runs);
  }

  /**
   * Plans a window.
   *
   * @param samples of the trace
   * @param levels from fine to coarse, the first with bins of one sample, all of them
   * @param start first sample
   * @param stop sample behind the last, at most {@code samples}
   * @param width most buckets, 2 or more
   */
  public static EnvelopePlan of(
      long samples, List<Level> levels, long start, long stop, int width) {
    if (start < 0 || stop > samples || start >= stop) {
      throw new IllegalArgumentException("window " + start + ".." + stop + " of " + samples);
    }
    if (width < 2) {
      throw new IllegalArgumentException("an envelope has at least two buckets, not " + width);
    }
    if (levels.isEmpty() || !levels.get(0).equals(new Level(1, samples))) {
      throw new IllegalArgumentException("the first level is the trace itself, not " + levels);
    }
    int level = coarsest(levels, start, stop, width);
    long bucket = bucketSamples(levels.get(level).samplesPerBin(), start, stop, width);
    Decomposition parts = new Decomposition(samples, levels, level);
    parts.cover(level, start, stop);
    return new EnvelopePlan(start, stop, bucket, parts.runs);
  }

  /** The coarsest level with bins in the window of which buckets of about the right length are. */
  private static int coarsest(List<Level> levels, long start, long stop, int width) {
    long finest = bucketSamples(1, start, stop, width);
    for (int k = levels.size() - 1; k > 0; k--) {
      long bin = levels.get(k).samplesPerBin();
      boolean fits =
          bucketSamples(bin, start, stop, width) - finest <= finest / TOLERANCE
              && start / bin < levels.get(k).bins();
      if (fits) {
        return k;
      }
    }
    return 0;
  }

  /** Shortest bucket of whole bins with which a window has no more than {@code width}. */
  private static long bucketSamples(long bin, long start, long stop, int width) {
    long n = stop - start;
    long bucket = roundUp(PyramidLevels.ceilDiv(n, width), bin);
    if (buckets(start, stop, bucket) <= width) {
      return bucket;
    }
    return roundUp(PyramidLevels.ceilDiv(n, width - 1), bin);
  }

  private static long roundUp(long n, long unit) {
    return PyramidLevels.ceilDiv(n, unit) * unit;
  }

  private static long buckets(long start, long stop, long bucket) {
    return PyramidLevels.ceilDiv(stop, bucket) - start / bucket;
  }

  /** Buckets of the window. */
  public int buckets() {
    return Math.toIntExact(buckets(start, stop, bucketSamples));
  }

  /** First sample of a bucket. */
  public long firstSample(int bucket) {
    return Math.max(start, (start / bucketSamples + bucket) * bucketSamples);
  }

  private static final class Decomposition {
    private final long samples;
    private final List<Level> levels;
    private final long bulkBin;
    private final List<Run> runs = new ArrayList<>();

    Decomposition(long samples, List<Level> levels, int bulk) {
      this.samples = samples;
      this.levels = levels;
      this.bulkBin = levels.get(bulk).samplesPerBin();
    }

    void cover(int k, long from, long to) {
      if (from >= to) {
        return;
      }
      Level level = levels.get(k);
      long bin = level.samplesPerBin();
      if (bulkBin % bin != 0) {
        cover(k - 1, from, to);
        return;
      }
      long first = PyramidLevels.ceilDiv(from, bin);
      long end = to / bin;
      // The last bin may be a short one that ends with the trace.
      if (to == samples) {
        end = PyramidLevels.ceilDiv(to, bin);
      }
      end = Math.min(end, level.bins());
      if (first >= end) {
        cover(k - 1, from, to);
        return;
      }
      cover(k - 1, from, first * bin);
      runs.add(new Run(k, first, end - first));
      cover(k - 1, Math.min(to, end * bin), to);
    }
  }
}
