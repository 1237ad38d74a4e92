package org.cornerturn.pyramid;

import java.util.Arrays;
import org.cornerturn.array.DataType.Primitive;

/**
 * Makes the levels of one trace, or of an aligned range of it, from consecutive pieces of any
 * length in one pass. Finished bins leave through a sink, one run per storage chunk, so memory is
 * the chunks in the making: about {@code 8 * chunkBins} bytes for each level of a type of up to 32
 * bits, twice that for wider ones.
 *
 * <p>A long trace is shared out in two waves. Tasks that own ranges of {@code R} samples make
 * levels 1 to {@link PyramidLevels#levelsWithin}{@code (R)}, with chunks of {@link
 * PyramidLevels#chunkBins}; then one task reads the coarsest of these and makes the rest ({@link
 * #fromLevel}). The bytes are the same as those of one task that sees the whole trace.
 *
 * <p>Not for use by several threads. May be used again for another range or trace after {@link
 * #finish}.
 */
public final class WaveformPyramid {
  private static final int BLOCK_SAMPLES = 16 * 1024;

  private final PyramidLevels levels;
  private final Primitive type;
  private final int base;
  private final LevelBuffer[] buffers;
  private final BinRun.Sink sink;
  private final int blockSamples;
  private final KeyBins scratch;
  private final double[] values;
  private final boolean shorts;
  private final byte[] pending;
  private int pendingBytes;
  private Overview overview;
  private long next;
  private long end;
  private boolean open;

  private WaveformPyramid(
      PyramidLevels levels,
      Primitive type,
      int base,
      int[] chunkBins,
      Statistics kept,
      BinRun.Sink sink) {
    int top = base + chunkBins.length;
    if (base < 0 || top > levels.count()) {
      throw new IllegalArgumentException(
          "levels " + (base + 1) + ".." + top + " of " + levels.count());
    }
    this.levels = levels;
    this.type = type;
    this.base = base;
    this.sink = sink;
    int factor = levels.factor();
    // Slot k - base holds level k; that of the base level only feeds the next one.
    this.buffers = new LevelBuffer[chunkBins.length + 1];
    for (int i = 1; i < buffers.length; i++) {
      int bins = chunkBins[i - 1];
      boolean feeds = i < buffers.length - 1;
      boolean holdsAll = bins >= levels.bins(base + i);
      if (bins < 1 || feeds && !holdsAll && bins % factor != 0) {
        throw new IllegalArgumentException(
            "chunks of " + bins + " bins at level " + (base + i) + " with factor " + factor);
      }
      buffers[i] = new LevelBuffer(levels, type, base + i, bins, kept);
    }
    blockSamples = BLOCK_SAMPLES - BLOCK_SAMPLES % factor;
    if (base > 0) {
      buffers[0] = new LevelBuffer(levels, type, base, blockSamples, kept);
    }
    scratch = KeyBins.of(type, blockSamples);
    values = kept == Statistics.MIN_MAX_MEAN ? new double[blockSamples] : null;
    shorts = type == Primitive.INT16 && IntKeyBins.reducesShorts(factor);
    pending = new byte[factor * type.itemSize()];
  }

  /**
   * From samples to levels 1 to {@code chunkBins.length}.
   *
   * @param chunkBins bins of a storage chunk of level 1, 2 and so on; a level that feeds another
   *     needs a multiple of the factor, or a chunk that holds the whole level
   */
  public static WaveformPyramid fromSamples(
      PyramidLevels levels, Primitive type, int[] chunkBins, Statistics kept, BinRun.Sink sink) {
    return new WaveformPyramid(levels, type, 0, chunkBins, kept, sink);
  }

  /**
   * From a finished level to the coarser levels {@code base + 1} to {@code base +
   * chunkBins.length}.
   *
   * @param type of the samples, not of the level
   */
  public static WaveformPyramid fromLevel(
      int base,
      PyramidLevels levels,
      Primitive type,
      int[] chunkBins,
      Statistics kept,
      BinRun.Sink sink) {
    if (base < 1) {
      throw new IllegalArgumentException("level 0 is the samples");
    }
    return new WaveformPyramid(levels, type, base, chunkBins, kept, sink);
  }

  /** Type of minima and maxima: the samples' own; that of the magnitude for complex samples. */
  public static Primitive valueType(Primitive samples) {
    return Samples.valueType(samples);
  }

  /** Type of means: float32 for samples of up to 16 bits and for float32, else float64. */
  public static Primitive meanType(Primitive samples) {
    return Samples.meanType(samples);
  }

  /** Has an overview see the same samples in the same pass, from the next range on. */
  public WaveformPyramid alongside(Overview follower) {
    overview = follower;
    return this;
  }

  /** Begins the whole trace. */
  public void begin() {
    begin(0, levels.samples());
  }

  /**
   * Begins a range of samples.
   *
   * @param start a multiple of the coarsest level's samples per bin
   * @param stop likewise, or the trace's end
   */
  public void begin(long start, long stop) {
    if (open) {
      throw new IllegalStateException("the range before isn't finished");
    }
    long width = levels.samplesPerBin(base + buffers.length - 1);
    boolean aligned = start % width == 0 && (stop % width == 0 || stop == levels.samples());
    if (start < 0 || stop < start || stop > levels.samples() || !aligned) {
      throw new IllegalArgumentException(
          "range "
              + start
              + ".."
              + stop
              + " of "
              + levels.samples()
              + " samples, bins of "
              + width);
    }
    next = start;
    end = stop;
    pendingBytes = 0;
    for (LevelBuffer b : buffers) {
      if (b != null) {
        b.begin(start);
      }
    }
    if (overview != null) {
      overview.begin(start, stop);
    }
    open = true;
  }

  /**
   * The next samples of the range.
   *
   * @param src little-endian samples
   * @param offset byte offset of the first
   * @param count samples, not bytes
   */
  public void samples(byte[] src, int offset, int count) {
    if (base != 0) {
      throw new IllegalStateException("made from level " + base + ", not from samples");
    }
    advance(count);
    int width = type.itemSize();
    int factor = levels.factor();
    int at = offset;
    int left = count;
    while (left > 0) {
      if (pendingBytes > 0 || left < factor) {
        int take = Math.min(left, factor - pendingBytes / width);
        System.arraycopy(src, at, pending, pendingBytes, take * width);
        pendingBytes += take * width;
        at += take * width;
        left -= take;
        if (pendingBytes == pending.length) {
          pendingBytes = 0;
          block(pending, 0, factor);
        }
      } else {
        int n = Math.min(left - left % factor, blockSamples);
        if (buffers.length > 1) {
          n = (int) Math.min(n, (long) buffers[1].room() * factor);
        }
        block(src, at, n);
        at += n * width;
        left -= n;
      }
    }
  }

  private void advance(long samples) {
    if (!open || samples < 0 || samples > end - next) {
      throw new IllegalStateException(
          samples + " samples at " + next + " in a range that ends at " + end);
    }
    next += samples;
  }

  private void block(byte[] src, int at, int n) {
    if (buffers.length > 1) {
      int slot = buffers[1].addSamples(src, at, n, scratch, values, shorts);
      if (overview != null) {
        overview.samples(src, at, n, buffers[1].keys(), slot, levels.factor());
      }
      flushFull(1);
    } else if (overview != null) {
      overview.samples(src, at, n);
    }
  }

  /**
   * The next bins of the base level; what run they came in doesn't matter.
   *
   * @param run with {@code mean} if means are kept
   */
  public void bins(BinRun run) {
    long first = next / levels.samplesPerBin(base);
    if (base == 0 || run.level() != base || run.firstBin() != first) {
      throw new IllegalStateException(
          "bins of level "
              + run.level()
              + " from "
              + run.firstBin()
              + ", not of level "
              + base
              + " from "
              + first);
    }
    advance(Math.min(run.count() * levels.samplesPerBin(base), end - next));
    int from = 0;
    while (from < run.count()) {
      int n = Math.min(run.count() - from, buffers[0].room());
      buffers[0].addBins(run, from, n);
      from += n;
      flushFull(0);
    }
  }

  private void flushFull(int slot) {
    if (buffers[slot].room() == 0) {
      flush(slot);
    }
  }

  /** Makes the parents of everything in a slot, then hands it out. */
  private void flush(int slot) {
    LevelBuffer full = buffers[slot];
    if (full.isEmpty()) {
      return;
    }
    if (slot + 1 < buffers.length) {
      while (buffers[slot + 1].addParents(full)) {
        flushFull(slot + 1);
      }
    }
    if (slot == 0) {
      full.drop();
    } else {
      sink.accept(full.take());
    }
  }

  /**
   * Ends the range and hands out what is left of every level.
   *
   * @throws IllegalStateException when samples are missing
   */
  public void finish() {
    if (!open || next != end) {
      throw new IllegalStateException("range ends at " + end + ", samples came up to " + next);
    }
    if (pendingBytes > 0) {
      int n = pendingBytes / type.itemSize();
      pendingBytes = 0;
      block(Arrays.copyOf(pending, n * type.itemSize()), 0, n);
    }
    for (int slot = base == 0 ? 1 : 0; slot < buffers.length; slot++) {
      flush(slot);
    }
    if (overview != null) {
      overview.finish();
    }
    open = false;
  }
}
