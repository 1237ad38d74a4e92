package org.cornerturn.jobs.convert;

import java.util.Locale;

/** What a conversion takes its input for. */
enum Profile {
  /**
   * Looks at each file: {@code Header} and {@code Data/visdata} make it UVH5, a 4-D {@code
   * samples}, {@code data} or {@code waveforms} a waveform, anything else is generic.
   */
  AUTO,
  /** Every group, dataset and attribute, as they are. */
  GENERIC,
  /**
   * One waveform array with overview and pyramid in the layout of the waveform viewer, the other
   * objects as they are.
   */
  WAVEFORM,
  /** Visibilities: one Measurement Set v4 of each observation, its sub-bands joined. */
  UVH5;

  /** As it is written on a command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
