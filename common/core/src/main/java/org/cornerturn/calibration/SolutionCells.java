package org.cornerturn.calibration;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cornerturn.radio.Polarization;

/**
 * Which gain each (channel, polarization) of a block of data is to determine. Cells are (frequency,
 * receptor) in C order: blocks of channels, and of each the receptors of the parallel hands. Cross
 * hands determine no diagonal gain.
 */
public final class SolutionCells implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Says that an element determines nothing. */
  static final int NONE = -1;

  private final int channels;
  private final int polarizations;
  private final int blocks;
  private final List<String> receptors;
  private final int[] cells;

  private SolutionCells(
      int channels, int polarizations, int blocks, List<String> receptors, int[] cells) {
    this.channels = channels;
    this.polarizations = polarizations;
    this.blocks = blocks;
    this.receptors = List.copyOf(receptors);
    this.cells = cells;
  }

  /**
   * A gain for each so many channels and each receptor; the last block may be shorter.
   *
   * @param polarizations of the data, in their order
   */
  public static SolutionCells blocks(
      List<Polarization> polarizations, int channels, int channelsEach) {
    if (channelsEach < 1) {
      throw new IllegalArgumentException("blocks of " + channelsEach + " channels");
    }
    List<String> receptors = receptors(polarizations);
    int blocks = (channels + channelsEach - 1) / channelsEach;
    int hands = polarizations.size();
    int[] cells = new int[channels * hands];
    Arrays.fill(cells, NONE);
    for (int c = 0; c < channels; c++) {
      for (int p = 0; p < hands; p++) {
        Polarization hand = polarizations.get(p);
        if (hand.isIntensity()) {
          cells[c * hands + p] =
              c / channelsEach * receptors.size() + receptors.indexOf(receptor(hand));
        }
      }
    }
    return new SolutionCells(channels, hands, blocks, receptors, cells);
  }

  /** Names of the receptors that the parallel hands of some polarizations have, in their order. */
  public static List<String> receptors(List<Polarization> polarizations) {
    List<String> all = new ArrayList<>();
    for (Polarization p : polarizations) {
      if (p.isIntensity()) {
        all.add(receptor(p));
      }
    }
    return all;
  }

  private static String receptor(Polarization hand) {
    return hand.isStokes() ? hand.name() : hand.feeds().get(0);
  }

  /** Channels of the block of data. */
  public int channels() {
    return channels;
  }

  /** Polarizations of the block of data. */
  public int polarizations() {
    return polarizations;
  }

  /** Number of blocks of channels. */
  public int frequencies() {
    return blocks;
  }

  /** Names of the receptors. */
  public List<String> receptors() {
    return receptors;
  }

  /** Number of cells: frequencies times receptors. */
  public int count() {
    return blocks * receptors.size();
  }

  /** Cell of an element of (channel, polarization), or {@link #NONE}. */
  int cell(int element) {
    return cells[element];
  }

  /** Elements of (channel, polarization). */
  int elements() {
    return cells.length;
  }
}
