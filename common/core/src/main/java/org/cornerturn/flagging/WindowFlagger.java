package org.cornerturn.flagging;

/**
 * Finds interference in a window of visibilities: in each plane, then across correlations, along
 * the axes, and over baselines. Holds the room for one plane: one for each thread.
 */
public final class WindowFlagger {
  private final FlagStrategy strategy;
  private final int times;
  private final int channels;
  private final PlaneFlagger planes;

  public WindowFlagger(int times, int channels, FlagStrategy strategy) {
    this.strategy = strategy;
    this.times = times;
    this.channels = channels;
    planes = new PlaneFlagger(times, channels, strategy);
  }

  /** Flags a window of this size. */
  public void flag(VisibilityWindow window) {
    if (window.times() != times || window.channels() != channels) {
      throw new IllegalArgumentException(
          "a window of " + window.times() + " times and " + window.channels() + " channels");
    }
    for (int b = 0; b < window.baselines(); b++) {
      baseline(window, b);
    }
    if (strategy.totals().cell() < 1) {
      for (int p = 0; p < window.polarizations(); p++) {
        cells(window, p);
      }
    }
  }

  private void baseline(VisibilityWindow window, int b) {
    int polarizations = window.polarizations();
    int found = 0;
    for (int p = 0; p < polarizations; p++) {
      found += planes.detect(window.amplitudes(b, p), window.bits(b, p));
    }
    if (found == 0) {
      return;
    }
    if (strategy.joinPolarizations() && polarizations > 1) {
      join(window, b);
    }
    for (int p = 0; p < polarizations; p++) {
      planes.extend(window.amplitudes(b, p), window.bits(b, p));
    }
  }

  private void join(VisibilityWindow window, int b) {
    for (int i = 0; i < times * channels; i++) {
      int any = 0;
      for (int p = 0; p < window.polarizations(); p++) {
        any |= window.bits(b, p)[i];
      }
      if ((any & WindowBits.RFI) != 0) {
        for (int p = 0; p < window.polarizations(); p++) {
          byte[] bits = window.bits(b, p);
          if (!Float.isNaN(window.amplitudes(b, p)[i]) && (bits[i] & WindowBits.RFI) == 0) {
            bits[i] |= WindowBits.RFI_EXTENSION;
          }
        }
      }
    }
  }

  /** Flags a cell on all baselines when it is flagged on too many. */
  private void cells(VisibilityWindow window, int p) {
    int[] there = new int[times * channels];
    int[] found = new int[times * channels];
    for (int b = 0; b < window.baselines(); b++) {
      float[] amplitudes = window.amplitudes(b, p);
      byte[] bits = window.bits(b, p);
      for (int i = 0; i < there.length; i++) {
        there[i] += amplitudes[i] == amplitudes[i] ? 1 : 0;
        found[i] += bits[i] == 0 ? 0 : (bits[i] & WindowBits.FOUND) != 0 ? 1 : 0;
      }
    }
    for (int i = 0; i < there.length; i++) {
      if (found[i] > strategy.totals().cell() * there[i]) {
        for (int b = 0; b < window.baselines(); b++) {
          if (!Float.isNaN(window.amplitudes(b, p)[i])) {
            window.bits(b, p)[i] |= WindowBits.TOTALS;
          }
        }
      }
    }
  }
}
