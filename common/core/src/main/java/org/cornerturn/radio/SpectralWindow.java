package org.cornerturn.radio;

import java.io.Serializable;
import java.util.Arrays;

/** Channels that belong together, in ascending frequency. */
public final class SpectralWindow implements Serializable {
  private static final long serialVersionUID = 1L;
  private final int id;
  private final double[] frequencyHz;
  private final double[] widthHz;

  /**
   * @param id the file's number of the window
   * @param frequencyHz centres, ascending
   * @param widthHz positive widths, one a channel
   */
  public SpectralWindow(int id, double[] frequencyHz, double[] widthHz) {
    if (frequencyHz.length != widthHz.length) {
      throw new IllegalArgumentException("frequencies and widths differ in number");
    }
    for (int i = 1; i < frequencyHz.length; i++) {
      if (!(frequencyHz[i] >= frequencyHz[i - 1])) {
        throw new IllegalArgumentException("frequencies don't ascend at channel " + i);
      }
    }
    this.id = id;
    this.frequencyHz = frequencyHz.clone();
    this.widthHz = widthHz.clone();
  }

  public int id() {
    return id;
  }

  public int channels() {
    return frequencyHz.length;
  }

  /** Centre of a channel, Hz. */
  public double frequencyHz(int channel) {
    return frequencyHz[channel];
  }

  /** Width of a channel, Hz, positive. */
  public double widthHz(int channel) {
    return widthHz[channel];
  }

  /** Centres of all channels, Hz; a copy. */
  public double[] frequenciesHz() {
    return frequencyHz.clone();
  }

  /** Widths of all channels, Hz; a copy. */
  public double[] widthsHz() {
    return widthHz.clone();
  }

  /** Middle of the channels' list of widths, Hz. */
  public double medianWidthHz() {
    double[] sorted = widthHz.clone();
    Arrays.sort(sorted);
    return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
  }

  /** Mean of the channels' centres, Hz. */
  public double meanFrequencyHz() {
    return Arrays.stream(frequencyHz).average().orElse(Double.NaN);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof SpectralWindow w
        && w.id == id
        && Arrays.equals(w.frequencyHz, frequencyHz)
        && Arrays.equals(w.widthHz, widthHz);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(frequencyHz) + id;
  }

  @Override
  public String toString() {
    return channels() == 0
        ? "spectral window " + id
        : "spectral window "
            + id
            + " of "
            + channels()
            + " channels, "
            + frequencyHz[0]
            + " to "
            + frequencyHz[frequencyHz.length - 1]
            + " Hz";
  }
}
