package org.cornerturn.jobs.convert;

import java.io.Serializable;
import java.util.List;
import org.cornerturn.SharedByTasks;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.pyramid.Statistics;
import org.cornerturn.zarr.ArrayMetadata;

/**
 * The arrays that a waveform becomes, without their attributes.
 *
 * @param type of a sample
 * @param raw (channel, trc, segment, sample)
 * @param overview (channel, trc, segment, stat, bin)
 * @param levels from level 1 on
 */
record WaveformArrays(
    WaveformLayout layout,
    Primitive type,
    ArrayMetadata raw,
    ArrayMetadata overview,
    List<Level> levels)
    implements SharedByTasks {
  static final String RAW = "raw";
  static final String OVERVIEW = "overview/0";

  /**
   * Where tasks of a long trace leave what only the whole trace can finish; gone once the product
   * is published.
   */
  static final String PARTS = "_cornerturn/parts/";

  WaveformArrays {
    levels = List.copyOf(levels);
  }

  /**
   * Arrays of one level.
   *
   * @param minMax (channel, trc, segment, bin, stat)
   * @param mean (channel, trc, segment, bin), or null
   * @param nanCount (channel, trc, segment, bin), or null where no sample can be NaN or no mean is
   *     kept
   */
  record Level(int number, ArrayMetadata minMax, ArrayMetadata mean, ArrayMetadata nanCount)
      implements Serializable {
    String minMaxPath() {
      return "pyramid/" + number;
    }

    String meanPath() {
      return "pyramid/mean_" + number;
    }

    String nanCountPath() {
      return "pyramid/nan_count_" + number;
    }
  }

  Statistics kept() {
    return !levels.isEmpty() && levels.get(0).mean() != null
        ? Statistics.MIN_MAX_MEAN
        : Statistics.MIN_MAX;
  }

  /** Key of the part that a range of a trace leaves. */
  static String partKey(long channel, long trc, long segment, long range) {
    return PARTS + channel + "." + trc + "." + segment + "." + range;
  }

  /** Bins of a stored chunk of each of the levels {@code from} to {@code to}. */
  int[] chunkBins(int from, int to) {
    int[] bins = new int[Math.max(0, to - from + 1)];
    for (int i = 0; i < bins.length; i++) {
      bins[i] = Math.toIntExact(levels.get(from + i - 1).minMax().chunk().dim(3));
    }
    return bins;
  }
}
