package org.cornerturn.pyramid;

import org.cornerturn.array.DataType.Primitive;

/**
 * Minimum and maximum of each bucket of a window, gathered from samples and bins that come in any
 * order and in pieces of any length. NaN is ignored; a bucket of nothing else is NaN. Not for use
 * by several threads.
 */
public final class Envelope {
  private static final int BLOCK = 16 * 1024;

  private final Primitive samples;
  private final Primitive values;
  private final long bucketSamples;
  private final long firstBucket;
  private final int buckets;
  private final KeyBins result;
  private final KeyBins reduced;
  private KeyBins sampleBlock;
  private KeyBins binBlock;

  /**
   * @param type of the samples
   * @param start first sample of the window
   * @param stop sample behind its last
   * @param bucketSamples a bucket begins at each multiple of it
   */
  public Envelope(Primitive type, long start, long stop, long bucketSamples) {
    if (start < 0 || start >= stop || bucketSamples < 1) {
      throw new IllegalArgumentException(
          "window " + start + ".." + stop + " in buckets of " + bucketSamples);
    }
    this.samples = type;
    this.values = Samples.valueType(type);
    this.bucketSamples = bucketSamples;
    this.firstBucket = start / bucketSamples;
    this.buckets = Math.toIntExact(PyramidLevels.ceilDiv(stop, bucketSamples) - firstBucket);
    this.result = KeyBins.of(values, buckets);
    this.result.clear(0, buckets);
    this.reduced = KeyBins.of(values, BLOCK);
  }

  public static Envelope of(Primitive type, EnvelopePlan plan) {
    return new Envelope(type, plan.start(), plan.stop(), plan.bucketSamples());
  }

  /**
   * Takes consecutive samples.
   *
   * @param first number of the first within the trace
   * @param src little-endian
   * @param at byte offset of the first
   */
  public void samples(long first, byte[] src, int at, int n) {
    if (sampleBlock == null) {
      sampleBlock = KeyBins.of(samples, BLOCK);
    }
    for (int done = 0; done < n; done += BLOCK) {
      int block = Math.min(BLOCK, n - done);
      sampleBlock.readSamples(src, at + done * samples.itemSize(), block);
      merge(sampleBlock, first + done, 1, block);
    }
  }

  /**
   * Takes consecutive bins of a level, none of which lies in two buckets.
   *
   * @param samplesPerBin of a whole bin
   * @param first number of the first within the level
   * @param min little-endian minima, of {@link WaveformPyramid#valueType}
   * @param minAt byte offset of the first
   * @param max maxima; may be the same array
   * @param step values from one minimum, or maximum, to the next
   */
  public void bins(
      long samplesPerBin,
      long first,
      byte[] min,
      int minAt,
      byte[] max,
      int maxAt,
      int step,
      int n) {
    if (bucketSamples % samplesPerBin != 0) {
      throw new IllegalArgumentException(
          "bins of " + samplesPerBin + " samples in buckets of " + bucketSamples);
    }
    if (binBlock == null) {
      binBlock = KeyBins.of(values, BLOCK);
    }
    int stride = step * values.itemSize();
    for (int done = 0; done < n; done += BLOCK) {
      int block = Math.min(BLOCK, n - done);
      int skip = done * stride;
      binBlock.readBins(min, minAt + skip, max, maxAt + skip, step, 0, block);
      merge(binBlock, first + done, samplesPerBin, block);
    }
  }

  /** Takes a block of bins: the one that a bucket before began, whole buckets, and a rest. */
  private void merge(KeyBins block, long first, long samplesPerBin, int n) {
    long perBucket = bucketSamples / samplesPerBin;
    long bucket = first / perBucket;
    if (bucket < firstBucket || (first + n - 1) / perBucket >= firstBucket + buckets) {
      throw new IllegalArgumentException(
          n + " bins of " + samplesPerBin + " samples from " + first + " leave the window");
    }
    int slot = (int) (bucket - firstBucket);
    int head = (int) Math.min(n, (bucket + 1) * perBucket - first);
    int done = 0;
    if (head < perBucket) {
      block.reduce(0, head, head, reduced, 0);
      result.mergeSlot(slot++, reduced, 0);
      done = head;
    }
    int whole = (int) ((n - done) / perBucket);
    if (whole > 0) {
      block.reduce(done, Math.toIntExact(whole * perBucket), (int) perBucket, reduced, 0);
      for (int i = 0; i < whole; i++) {
        result.mergeSlot(slot++, reduced, i);
      }
      done += (int) (whole * perBucket);
    }
    if (done < n) {
      block.reduce(done, n - done, n - done, reduced, 0);
      result.mergeSlot(slot, reduced, 0);
    }
  }

  public int buckets() {
    return buckets;
  }

  /** Type of minima and maxima. */
  public Primitive valueType() {
    return values;
  }

  /** Minima and maxima of shape (bucket, 2), little-endian. */
  public byte[] minMax() {
    int width = values.itemSize();
    byte[] out = new byte[Math.multiplyExact(2 * width, buckets)];
    result.writeBins(0, buckets, out, 0, out, width, 2);
    return out;
  }
}
