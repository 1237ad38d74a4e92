package org.cornerturn.pyramid;

import java.util.Arrays;
import org.cornerturn.array.DataType.Primitive;

/** The bins of one level that aren't handed out yet: part of one storage chunk. */
final class LevelBuffer {
  private final PyramidLevels levels;
  private final Primitive type;
  private final int level;
  private final int chunkBins;
  private final int capacity;
  private final KeyBins keys;
  private final double[] mean;
  private long[] nans;
  private long firstBin;
  private int size;
  private int reduced;

  LevelBuffer(PyramidLevels levels, Primitive type, int level, int chunkBins, Statistics kept) {
    this.levels = levels;
    this.type = type;
    this.level = level;
    this.chunkBins = chunkBins;
    // Short traces don't need the room of a whole chunk.
    this.capacity = (int) Math.min(chunkBins, levels.bins(level));
    this.keys = KeyBins.of(Samples.valueType(type), capacity);
    this.mean = kept == Statistics.MIN_MAX_MEAN ? new double[capacity] : null;
  }

  void begin(long startSample) {
    firstBin = startSample / levels.samplesPerBin(level);
    size = 0;
    reduced = 0;
    nans = null;
  }

  /** Bins that fit before the storage chunk's edge. */
  int room() {
    return chunkBins - (int) (firstBin % chunkBins) - size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  KeyBins keys() {
    return keys;
  }

  /**
   * Adds the bins of {@code n} samples; all groups are whole but the trace's last.
   *
   * @return slot of the first bin added
   */
  int addSamples(byte[] src, int at, int n, KeyBins scratch, double[] values, boolean shorts) {
    int factor = levels.factor();
    int bins = (int) PyramidLevels.ceilDiv(n, factor);
    int nanSamples = 0;
    if (shorts && n % factor == 0) {
      ((IntKeyBins) keys).reduceShorts(src, at, factor, bins, size);
    } else {
      nanSamples = scratch.readSamples(src, at, n);
      scratch.reduce(0, n, factor, keys, size);
    }
    if (nanSamples > 0) {
      long[] count = nanCounts();
      for (int i = 0; i < n; i++) {
        if (scratch.isEmpty(i)) {
          count[size + i / factor]++;
        }
      }
    }
    if (mean != null) {
      Samples.toDoubles(type, src, at, values, n);
      for (int b = 0; b < bins; b++) {
        mean[size + b] = sampleMean(values, b * factor, Math.min((b + 1) * factor, n));
      }
    }
    size += bins;
    return size - bins;
  }

  private double sampleMean(double[] values, int from, int to) {
    double sum = 0;
    int count = 0;
    for (int i = from; i < to; i++) {
      double v = values[i];
      if (v == v) {
        sum += v;
        count++;
      }
    }
    return Samples.rounded(Samples.meanType(type), sum / count);
  }

  /** Adds stored bins of this very level. */
  void addBins(BinRun run, int from, int n) {
    Primitive value = Samples.valueType(type);
    int width = value.itemSize();
    int at = 2 * width * from;
    keys.readBins(run.minMax(), at, run.minMax(), at + width, 2, size, n);
    if (mean != null) {
      Primitive stored = Samples.meanType(type);
      double[] values = new double[n];
      Samples.toDoubles(stored, run.mean(), from * stored.itemSize(), values, n);
      System.arraycopy(values, 0, mean, size, n);
    }
    if (run.nanCount() != null) {
      System.arraycopy(run.nanCount(), from, nanCounts(), size, n);
    }
    size += n;
  }

  /**
   * Adds the parents of a finer level's bins that have none yet, as far as there is room. A partial
   * group is a bin only at the trace's end.
   *
   * @return whether any bins were added
   */
  boolean addParents(LevelBuffer finer) {
    int factor = levels.factor();
    int open = finer.size - finer.reduced;
    boolean last = finer.firstBin + finer.size == levels.bins(finer.level);
    int bins = Math.min(room(), last ? (int) PyramidLevels.ceilDiv(open, factor) : open / factor);
    if (bins == 0) {
      return false;
    }
    int n = Math.min(open, bins * factor);
    finer.keys.reduce(finer.reduced, n, factor, keys, size);
    if (finer.nans != null) {
      long[] count = nanCounts();
      for (int i = 0; i < n; i++) {
        count[size + i / factor] += finer.nans[finer.reduced + i];
      }
    }
    if (mean != null) {
      for (int b = 0; b < bins; b++) {
        int from = finer.reduced + b * factor;
        mean[size + b] = finer.meanOf(from, Math.min(from + factor, finer.reduced + n));
      }
    }
    finer.reduced += n;
    size += bins;
    return true;
  }

  /** Mean over slots, each weighted by its samples that aren't NaN. */
  private double meanOf(int from, int to) {
    double sum = 0;
    long count = 0;
    for (int i = from; i < to; i++) {
      long n = levels.samplesIn(level, firstBin + i) - (nans == null ? 0 : nans[i]);
      if (n > 0) {
        sum += mean[i] * n;
        count += n;
      }
    }
    return Samples.rounded(Samples.meanType(type), sum / count);
  }

  private long[] nanCounts() {
    if (nans == null) {
      nans = new long[capacity];
    }
    return nans;
  }

  /** Hands out everything held. */
  BinRun take() {
    Primitive value = Samples.valueType(type);
    int width = value.itemSize();
    byte[] minMax = new byte[Math.multiplyExact(2 * width, size)];
    keys.writeBins(0, size, minMax, 0, minMax, width, 2);
    BinRun run =
        new BinRun(
            level,
            firstBin,
            size,
            minMax,
            mean == null ? null : Samples.fromDoubles(Samples.meanType(type), mean, size),
            nans == null ? null : Arrays.copyOf(nans, size));
    drop();
    return run;
  }

  /** Forgets everything held, after its parents were made. */
  void drop() {
    firstBin += size;
    size = 0;
    reduced = 0;
    nans = null;
  }
}
