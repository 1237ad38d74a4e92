package org.cornerturn.pyramid;

import java.io.Serializable;
import java.util.List;
import org.cornerturn.array.DataType.Primitive;

/**
 * The single overview that ZoomingOnline's viewer draws: with {@code n} samples, {@code d = max(1,
 * n / 4000)} and {@code N = n / d} (integer division), bin i covers samples {@code i*d} to {@code
 * (i+1)*d - 1}; samples from {@code N*d} on are left out, as its rule has it. Shape (2, N): all
 * minima, then all maxima. NaN is ignored.
 *
 * <p>Bins aren't aligned to anything, so a range of a trace gives {@link Part}s whose first and
 * last bin may be shared with the neighbours; {@link #join} unites them.
 */
public final class Overview {
  private static final int TARGET_BINS = 4000;
  private static final int BLOCK_SAMPLES = 16 * 1024;

  /**
   * The bins that a range of samples touches.
   *
   * @param minMax shape (bin, 2), little-endian
   */
  public record Part(long firstBin, int count, byte[] minMax) implements Serializable {}

  private final Primitive type;
  private final long samplesPerBin;
  private final int bins;
  private final int scratchSamples;
  private final KeyBins scratch;
  private KeyBins part;
  private final KeyBins one;
  private long next;
  private long firstBin;
  private int partBins;
  private boolean binOpen;

  /**
   * @param samples length of the trace
   */
  public Overview(Primitive type, long samples) {
    this.type = type;
    this.samplesPerBin = samplesPerBin(samples);
    this.bins = bins(samples);
    this.scratchSamples = (int) Math.min(samplesPerBin, BLOCK_SAMPLES);
    this.scratch = KeyBins.of(type, scratchSamples);
    this.one = KeyBins.of(valueType(), 1);
    this.part = KeyBins.of(valueType(), 0);
  }

  /** Samples that a bin covers. */
  public static long samplesPerBin(long samples) {
    return Math.max(1, samples / TARGET_BINS);
  }

  /** Bins of a trace's overview: at most 7,999. */
  public static int bins(long samples) {
    return Math.toIntExact(samples / samplesPerBin(samples));
  }

  private Primitive valueType() {
    return Samples.valueType(type);
  }

  /** Begins a range of samples, anywhere in the trace. */
  public void begin(long start, long stop) {
    next = start;
    firstBin = start / samplesPerBin;
    long last = Math.min(bins, PyramidLevels.ceilDiv(stop, samplesPerBin));
    part = KeyBins.of(valueType(), (int) Math.max(0, last - firstBin));
    partBins = 0;
    binOpen = false;
  }

  /**
   * The next samples of the range.
   *
   * @param offset byte offset of the first
   * @param count samples, not bytes
   */
  public void samples(byte[] src, int offset, int count) {
    samples(src, offset, count, null, 0, Integer.MAX_VALUE);
  }

  /**
   * The next samples of the range, whose whole groups of {@code factor} are reduced already: they
   * spare looking at every sample a second time.
   *
   * @param groups bins of {@code factor} samples each, from slot {@code at} on
   */
  void samples(byte[] src, int offset, int count, KeyBins groups, int at, int factor) {
    int done = 0;
    while (done < count) {
      long bin = next / samplesPerBin;
      if (bin >= bins) {
        next += count - done;
        return;
      }
      int stop = (int) Math.min(count, done + (bin + 1) * samplesPerBin - next);
      int slot = (int) (bin - firstBin);
      int firstGroup = (int) PyramidLevels.ceilDiv(done, factor);
      int endGroup = stop / factor;
      next += stop - done;
      if (firstGroup < endGroup) {
        raw(src, offset, done, firstGroup * factor, slot);
        take(groups, at + firstGroup, endGroup - firstGroup, slot);
        done = endGroup * factor;
      }
      raw(src, offset, done, stop, slot);
      done = stop;
      if (next == (bin + 1) * samplesPerBin) {
        binOpen = false;
      }
    }
  }

  private void raw(byte[] src, int offset, int from, int to, int slot) {
    for (int i = from; i < to; i += scratchSamples) {
      int n = Math.min(scratchSamples, to - i);
      scratch.readSamples(src, offset + i * type.itemSize(), n);
      take(scratch, 0, n, slot);
    }
  }

  private void take(KeyBins keys, int from, int n, int slot) {
    if (binOpen) {
      keys.reduce(from, n, n, one, 0);
      part.mergeSlot(slot, one, 0);
    } else {
      keys.reduce(from, n, n, part, slot);
      binOpen = true;
      partBins = slot + 1;
    }
  }

  /** Ends the range. */
  public void finish() {
    binOpen = false;
  }

  /** The bins of the range just finished. */
  public Part part() {
    int width = valueType().itemSize();
    byte[] minMax = new byte[2 * width * partBins];
    part.writeBins(0, partBins, minMax, 0, minMax, width, 2);
    return new Part(firstBin, partBins, minMax);
  }

  /**
   * Unites the parts of a trace's ranges, in any order.
   *
   * @return little-endian values of shape (2, N)
   * @throws IllegalArgumentException when a bin is missing
   */
  public static byte[] join(Primitive type, long samples, List<Part> parts) {
    Primitive value = Samples.valueType(type);
    int width = value.itemSize();
    int bins = bins(samples);
    KeyBins all = KeyBins.of(value, bins);
    boolean[] seen = new boolean[bins];
    for (Part p : parts) {
      KeyBins keys = KeyBins.of(value, p.count());
      keys.readBins(p.minMax(), 0, p.minMax(), width, 2, 0, p.count());
      for (int i = 0; i < p.count(); i++) {
        int bin = Math.toIntExact(p.firstBin() + i);
        if (seen[bin]) {
          all.mergeSlot(bin, keys, i);
        } else {
          keys.reduce(i, 1, 1, all, bin);
          seen[bin] = true;
        }
      }
    }
    for (int bin = 0; bin < bins; bin++) {
      if (!seen[bin]) {
        throw new IllegalArgumentException("no part holds bin " + bin + " of " + bins);
      }
    }
    byte[] out = new byte[2 * width * bins];
    all.writeBins(0, bins, out, 0, out, width * bins, 1);
    return out;
  }
}
