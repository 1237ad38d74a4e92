package org.cornerturn.query.waveform;

import java.util.ArrayList;
import java.util.List;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.pyramid.EnvelopePlan;
import org.cornerturn.query.root.Located;
import org.cornerturn.waveform.WaveformScale;

/**
 * An open recording.
 *
 * @param kind what it is stored as: {@code zarr} or {@code hdf5}
 * @param array path of the samples in the store or file
 * @param version changes with the recording
 * @param shape (channel, trc, segment, sample)
 * @param levels from the samples (level 0) to the coarsest
 * @param bytes of memory that this takes, about
 */
record Waveform(
    Located place,
    String kind,
    String array,
    String version,
    Primitive type,
    Shape shape,
    WaveformScale scale,
    List<Level> levels,
    long bytes) {

  /** Bins of a level that is made from the samples where none is stored; see {@link #derived}. */
  private static final int DERIVED_BIN = 1024;

  private static final int SMALLEST_DERIVED_BIN = 64;

  Waveform {
    levels = List.copyOf(levels);
  }

  long samples() {
    return shape.dim(3);
  }

  /** The levels as arithmetic sees them. */
  List<EnvelopePlan.Level> plan() {
    return levels.stream().map(Level::plan).toList();
  }

  /**
   * The levels of a trace, with one made from the samples on demand where the stored ones leave too
   * wide a gap above the samples.
   *
   * @param stored from fine to coarse, without the samples
   */
  static List<Level> completed(Level.Samples samples, List<Level> stored) {
    List<Level> all = new ArrayList<>(List.of(samples));
    long finest = stored.isEmpty() ? samples.bins() : stored.get(0).samplesPerBin();
    if (finest > 2L * DERIVED_BIN) {
      all.add(derived(samples));
    }
    all.addAll(stored);
    return all;
  }

  /** Its bins divide the blocks in which samples are read, where any number does. */
  private static Level derived(Level.Samples samples) {
    long block = samples.blockBins();
    for (int bin = DERIVED_BIN; bin >= SMALLEST_DERIVED_BIN; bin--) {
      if (block % bin == 0) {
        return new Level.Derived(samples, bin, block / bin);
      }
    }
    return new Level.Derived(samples, DERIVED_BIN, (block + DERIVED_BIN - 1) / DERIVED_BIN);
  }
}
