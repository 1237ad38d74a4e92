package org.cornerturn.uvh5;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.cornerturn.radio.Polarization;
import org.cornerturn.radio.SpectralWindow;

/**
 * One spectral window of a file with its correlations, in the order that leaves the program
 * (frequencies ascending, correlations in CASA's order), and where each stands in the file. A file
 * without windows of its own has one.
 */
public final class ChannelGroup implements Serializable {
  private static final long serialVersionUID = 1L;
  private final SpectralWindow window;
  private final int[] fileChannel;
  private final List<Polarization> polarizations;
  private final int[] filePolarization;

  ChannelGroup(
      SpectralWindow window,
      int[] fileChannel,
      List<Polarization> polarizations,
      int[] filePolarization) {
    this.window = window;
    this.fileChannel = fileChannel.clone();
    this.polarizations = List.copyOf(polarizations);
    this.filePolarization = filePolarization.clone();
  }

  /**
   * A window whose channels stand in ascending frequency in the file.
   *
   * @param firstChannel on the file's frequency axis
   * @param filePolarizations in the file's order
   */
  public static ChannelGroup ascending(
      SpectralWindow window, int firstChannel, List<Polarization> filePolarizations) {
    int[] channels = IntStream.range(0, window.channels()).map(c -> firstChannel + c).toArray();
    return of(window, channels, filePolarizations);
  }

  /**
   * A window whose channels stand in descending frequency in the file.
   *
   * @param firstChannel on the file's frequency axis, the one of the highest frequency
   * @param filePolarizations in the file's order
   */
  public static ChannelGroup descending(
      SpectralWindow window, int firstChannel, List<Polarization> filePolarizations) {
    int last = firstChannel + window.channels() - 1;
    int[] channels = IntStream.range(0, window.channels()).map(c -> last - c).toArray();
    return of(window, channels, filePolarizations);
  }

  static ChannelGroup of(
      SpectralWindow window, int[] fileChannel, List<Polarization> filePolarizations) {
    List<Polarization> ordered =
        filePolarizations.stream().sorted(Polarization.CASA_ORDER).toList();
    int[] places = ordered.stream().mapToInt(filePolarizations::indexOf).toArray();
    return new ChannelGroup(window, fileChannel, ordered, places);
  }

  /** Frequencies, ascending. */
  public SpectralWindow window() {
    return window;
  }

  public int channels() {
    return fileChannel.length;
  }

  /**
   * Where a channel stands in the file: its index on the frequency axis, the windows of a rank-4
   * file one after the other.
   */
  public int fileChannel(int channel) {
    return fileChannel[channel];
  }

  /** Correlations in CASA's order. */
  public List<Polarization> polarizations() {
    return polarizations;
  }

  /** Index on the file's polarization axis. */
  public int filePolarization(int polarization) {
    return filePolarization[polarization];
  }

  /** Whether the file's channels ascend, one next to the other. */
  public boolean ascends() {
    return steps(1);
  }

  /** Whether the file's channels descend, one next to the other. */
  public boolean descends() {
    return fileChannel.length > 1 && steps(-1);
  }

  private boolean steps(int by) {
    for (int i = 1; i < fileChannel.length; i++) {
      if (fileChannel[i] != fileChannel[i - 1] + by) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether the correlations are the same set when the antennas of a baseline change places, so
   * that a baseline can be turned round.
   */
  public boolean canExchange() {
    return polarizations.stream().allMatch(p -> polarizations.contains(p.exchanged()));
  }

  /**
   * Index on the file's polarization axis of what becomes a correlation when the antennas change
   * places.
   *
   * @throws IllegalStateException where it can't be ({@link #canExchange})
   */
  public int exchangedFilePolarization(int polarization) {
    int at = polarizations.indexOf(polarizations.get(polarization).exchanged());
    if (at < 0) {
      throw new IllegalStateException(polarizations + " can't be exchanged");
    }
    return filePolarization[at];
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof ChannelGroup g
        && g.window.equals(window)
        && Arrays.equals(g.fileChannel, fileChannel)
        && g.polarizations.equals(polarizations)
        && Arrays.equals(g.filePolarization, filePolarization);
  }

  @Override
  public int hashCode() {
    return 31 * window.hashCode() + Arrays.hashCode(fileChannel);
  }

  @Override
  public String toString() {
    return window + ", " + polarizations;
  }
}
