package org.cornerturn.uvh5;

import java.io.Serializable;

/**
 * A rectangle of visibilities in the order that leaves the program: (time, baseline, frequency,
 * polarization), all correlations. Travels with a task.
 *
 * @param group the spectral window it lies in
 * @param rows where its times and baselines stand in the file
 * @param firstChannel in ascending frequency within the group
 */
public record VisibilityWindow(ChannelGroup group, RowMap rows, int firstChannel, int channels)
    implements Serializable {
  public VisibilityWindow {
    if (firstChannel < 0 || channels < 0 || firstChannel + channels > group.channels()) {
      throw new IllegalArgumentException("channels outside the window");
    }
  }

  public int times() {
    return rows.times();
  }

  public int baselines() {
    return rows.baselines();
  }

  public int polarizations() {
    return group.polarizations().size();
  }

  /** Visibilities in it. */
  public long size() {
    return (long) times() * baselines() * channels * polarizations();
  }
}
