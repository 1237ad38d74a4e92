package org.cornerturn.waveform;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.hdf5.Hdf5Dataset;

/** Which dataset of a file is a recording of waveforms. */
public final class WaveformDatasets {
  /** Leaf names, the likeliest first. */
  private static final List<String> NAMES = List.of("samples", "waveforms", "data");

  private WaveformDatasets() {}

  /** Whether these are real numbers of axes (channel, trc, segment, sample). */
  public static boolean isWaveform(Hdf5Dataset d) {
    return d.unsupported().isEmpty()
        && d.shape().rank() == 4
        && d.shape().size() > 0
        && d.dataType() instanceof Primitive p
        && !p.isComplex();
  }

  /** The first waveform by name, then in the order given. */
  public static Optional<Hdf5Dataset> find(Collection<Hdf5Dataset> datasets) {
    for (String name : NAMES) {
      for (Hdf5Dataset d : datasets) {
        if (d.path().endsWith("/" + name) && isWaveform(d)) {
          return Optional.of(d);
        }
      }
    }
    return Optional.empty();
  }
}
