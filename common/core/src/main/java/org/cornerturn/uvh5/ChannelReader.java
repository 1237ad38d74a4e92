package org.cornerturn.uvh5;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.cornerturn.array.Shape;
import org.cornerturn.radio.Polarization;
import org.cornerturn.radio.SpectralWindow;

/** Frequencies, spectral windows and correlations, and their place in the file. */
final class ChannelReader {
  private final Items items;
  private final int rank;
  private final int channels;
  private final int windows;
  private final boolean flexible;
  private final List<Polarization> polarizations = new ArrayList<>();
  private final int polarizationAxis;

  ChannelReader(Items items, int rank, int channels) throws IOException {
    this.items = items;
    this.rank = rank;
    this.channels = channels;
    windows = items.has("Nspws") ? items.smallCount("Nspws") : 1;
    flexible = items.isTrue("flex_spw");
    if (windows < 1) {
      throw items.fault("Nspws", "it is " + windows);
    }
    if (windows > 1 && rank == 3 && !flexible) {
      throw items.fault("flex_spw", "it isn't true, though Nspws is " + windows);
    }
    int[] codes = items.integers("polarization_array");
    polarizationAxis = items.smallCount("Npols");
    if (codes.length != polarizationAxis) {
      throw items.fault(
          "polarization_array",
          "it has " + codes.length + " elements, but Npols is " + polarizationAxis);
    }
    if (!hasPolarizationOfWindow()) {
      for (int code : codes) {
        Polarization p = polarization("polarization_array", code);
        if (polarizations.contains(p)) {
          throw items.fault("polarization_array", "it has " + p + " twice");
        }
        polarizations.add(p);
      }
    }
  }

  private boolean hasPolarizationOfWindow() throws IOException {
    return flexible && items.has("flex_spw_polarization_array");
  }

  private Polarization polarization(String item, int code) throws Uvh5Exception {
    return Polarization.ofAips(code)
        .orElseThrow(() -> items.fault(item, code + " is no AIPS number of a polarization"));
  }

  /** Extent of the axis of windows in rank 4. */
  int windowAxis() {
    return flexible ? 1 : windows;
  }

  int polarizationAxis() {
    return polarizationAxis;
  }

  /** In the file's order; empty where each window has its own. */
  List<Polarization> polarizations() {
    return List.copyOf(polarizations);
  }

  List<ChannelGroup> groups() throws IOException {
    int perWindowAxis = rank == 4 ? windowAxis() : 1;
    double[] frequency = frequencies(perWindowAxis);
    double[] width = widths(frequency.length);
    int[] ids = items.has("spw_array") ? items.integers("spw_array") : new int[] {0};
    if (ids.length != windows) {
      throw items.fault("spw_array", "it has " + ids.length + " elements, but Nspws is " + windows);
    }
    int[] windowOf = windowOf(frequency.length, ids);
    int[] codes =
        hasPolarizationOfWindow() ? items.integers("flex_spw_polarization_array") : new int[0];
    if (codes.length > 0 && codes.length != windows) {
      throw items.fault(
          "flex_spw_polarization_array",
          "it has " + codes.length + " elements, but Nspws is " + windows);
    }
    List<ChannelGroup> groups = new ArrayList<>();
    for (int w = 0; w < windows; w++) {
      int window = w;
      int[] file =
          IntStream.range(0, frequency.length)
              .filter(c -> windowOf[c] == window)
              .boxed()
              .sorted(Comparator.comparingDouble(c -> frequency[c]))
              .mapToInt(Integer::intValue)
              .toArray();
      if (file.length == 0) {
        throw items.fault("flex_spw_id_array", "window " + ids[w] + " has no channel");
      }
      double[] f = IntStream.of(file).mapToDouble(c -> frequency[c]).toArray();
      double[] d = IntStream.of(file).mapToDouble(c -> Math.abs(width[c])).toArray();
      SpectralWindow spectral = new SpectralWindow(ids[w], f, d);
      groups.add(
          codes.length == 0
              ? ChannelGroup.of(spectral, file, polarizations)
              : new ChannelGroup(
                  spectral,
                  file,
                  List.of(polarization("flex_spw_polarization_array", codes[w])),
                  new int[1]));
    }
    return groups;
  }

  /** Frequencies along the file's axis, the windows of rank 4 one after the other. */
  private double[] frequencies(int windowsOnAxis) throws IOException {
    double[] f = items.numbers("freq_array");
    Shape s = items.shape("freq_array");
    int all = windowsOnAxis * channels;
    if (f.length != all || s.dim(s.rank() - 1) != channels && s.size() != 1) {
      throw items.fault("freq_array", "its shape is " + s + ", but Nfreqs is " + channels);
    }
    for (int i = 0; i < f.length; i++) {
      if (!(f[i] > 0) || Double.isInfinite(f[i])) {
        throw items.fault("freq_array", "channel " + i + " is at " + f[i] + " Hz");
      }
    }
    return f;
  }

  private double[] widths(int all) throws IOException {
    double[] stated = items.numbers("channel_width");
    double[] width = new double[all];
    if (stated.length != 1 && stated.length != all && stated.length != channels) {
      throw items.fault(
          "channel_width", "it has " + stated.length + " elements, but Nfreqs is " + channels);
    }
    for (int c = 0; c < all; c++) {
      width[c] = stated[c % stated.length];
    }
    return width;
  }

  /** Position of each channel's window among the windows. */
  private int[] windowOf(int all, int[] ids) throws IOException {
    int[] of = new int[all];
    if (windows == 1) {
      return of;
    }
    if (!flexible) {
      return IntStream.range(0, all).map(c -> c / channels).toArray();
    }
    int[] id = items.integers("flex_spw_id_array");
    if (id.length != all) {
      throw items.fault(
          "flex_spw_id_array", "it has " + id.length + " elements, but Nfreqs is " + channels);
    }
    for (int c = 0; c < all; c++) {
      int wanted = id[c];
      of[c] = IntStream.range(0, ids.length).filter(w -> ids[w] == wanted).findFirst().orElse(-1);
      if (of[c] < 0) {
        throw items.fault(
            "flex_spw_id_array",
            "channel " + c + " is in window " + id[c] + ", unknown to spw_array");
      }
    }
    return of;
  }
}
