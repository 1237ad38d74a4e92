package org.cornerturn.jobs.convert;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.cornerturn.UserError;
import org.cornerturn.radio.SpectralWindow;

/**
 * Sub-bands side by side on one ascending frequency axis, places for missing ones between them.
 *
 * @param slots in ascending frequency
 */
record FrequencyAxis(List<Slot> slots, SpectralWindow window) {
  /**
   * A sub-band's place.
   *
   * @param file null where the sub-band is missing
   * @param first channel of the axis
   */
  record Slot(int number, Uvh5Scan file, int first, int channels) {}

  FrequencyAxis {
    slots = List.copyOf(slots);
  }

  private record Piece(int number, Uvh5Scan file, double[] frequencyHz, double[] widthHz) {}

  /** The axis of one spectral window of a single file. */
  static FrequencyAxis of(Uvh5Scan file, int group) {
    SpectralWindow w = file.header().groups().get(group).window();
    return new FrequencyAxis(List.of(new Slot(-1, file, 0, w.channels())), w);
  }

  /**
   * The axis of an observation's sub-bands.
   *
   * @throws UserError where their frequencies overlap
   */
  static FrequencyAxis of(ObservationInput input) throws IOException {
    List<Piece> pieces = new ArrayList<>();
    for (ObservationInput.Subband s : input.files()) {
      SpectralWindow w = window(s);
      pieces.add(new Piece(s.number(), s.scan(), w.frequenciesHz(), w.widthsHz()));
    }
    for (int missing : input.missing()) {
      pieces.add(absent(missing, input.files()));
    }
    pieces.sort(Comparator.comparingDouble(p -> p.frequencyHz[0]));
    int n = pieces.stream().mapToInt(p -> p.frequencyHz.length).sum();
    double[] frequency = new double[n];
    double[] width = new double[n];
    List<Slot> slots = new ArrayList<>();
    int at = 0;
    for (Piece p : pieces) {
      int channels = p.frequencyHz.length;
      if (at > 0 && !(p.frequencyHz[0] > frequency[at - 1])) {
        throw new UserError(
            input.files().get(0).scan().input().uri(),
            "sub-band " + p.number + " overlaps another in frequency",
            "Convert its file by itself");
      }
      System.arraycopy(p.frequencyHz, 0, frequency, at, channels);
      System.arraycopy(p.widthHz, 0, width, at, channels);
      slots.add(new Slot(p.number, p.file, at, channels));
      at += channels;
    }
    return new FrequencyAxis(
        slots, new SpectralWindow(window(input.files().get(0)).id(), frequency, width));
  }

  private static SpectralWindow window(ObservationInput.Subband s) {
    return s.scan().header().groups().get(0).window();
  }

  /** Where a missing sub-band would be: as far from the nearest one as numbers say. */
  private static Piece absent(int number, List<ObservationInput.Subband> files) {
    ObservationInput.Subband near =
        files.stream()
            .min(Comparator.comparingInt(f -> Math.abs(f.number() - number)))
            .orElseThrow();
    SpectralWindow w = window(near);
    double[] frequency = w.frequenciesHz();
    double shift = (near.number() - number) * step(files, w);
    for (int i = 0; i < frequency.length; i++) {
      frequency[i] += shift;
    }
    return new Piece(number, null, frequency, w.widthsHz());
  }

  /** Hertz from one sub-band to the next higher one. */
  private static double step(List<ObservationInput.Subband> files, SpectralWindow window) {
    ObservationInput.Subband first = files.get(0);
    ObservationInput.Subband last = files.get(files.size() - 1);
    int numbers = last.number() - first.number();
    return numbers == 0
        ? window.channels() * window.medianWidthHz()
        : (window(first).frequencyHz(0) - window(last).frequencyHz(0)) / numbers;
  }

  /** Channels of every sub-band where they have equally many, else those of the whole axis. */
  int subbandChannels() {
    int each = slots.get(0).channels();
    return slots.stream().allMatch(s -> s.channels() == each) ? each : window.channels();
  }
}
