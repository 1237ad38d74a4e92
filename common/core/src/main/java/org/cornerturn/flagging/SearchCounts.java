package org.cornerturn.flagging;

import java.util.Arrays;

/**
 * How many samples were searched for interference and how many had some, by antenna, channel and
 * integration: of a window, or of all of them together.
 */
public final class SearchCounts {
  private final int antennas;
  private final int channels;
  private final int times;

  /** Searched and found of every antenna, then of every channel, then of every time. */
  private final long[] counts;

  public SearchCounts(int antennas, int channels, int times) {
    this(antennas, channels, times, new long[2 * (antennas + channels + times)]);
  }

  private SearchCounts(int antennas, int channels, int times, long[] counts) {
    this.antennas = antennas;
    this.channels = channels;
    this.times = times;
    this.counts = counts;
  }

  /**
   * Counts of a window that has been searched.
   *
   * @param antennas how many there are
   */
  public static SearchCounts of(
      VisibilityWindow window, int[] antenna1, int[] antenna2, int antennas) {
    int channels = window.channels();
    SearchCounts c = new SearchCounts(antennas, channels, window.times());
    int[] there = new int[channels];
    int[] hit = new int[channels];
    for (int b = 0; b < window.baselines(); b++) {
      long searched = 0;
      long found = 0;
      for (int p = 0; p < window.polarizations(); p++) {
        float[] amplitudes = window.amplitudes(b, p);
        byte[] bits = window.bits(b, p);
        for (int t = 0; t < window.times(); t++) {
          int some = 0;
          int hits = 0;
          int at = t * channels;
          for (int i = 0; i < channels; i++) {
            float a = amplitudes[at + i];
            if (a == a) {
              some++;
              there[i]++;
              if ((bits[at + i] & WindowBits.FOUND) != 0) {
                hits++;
                hit[i]++;
              }
            }
          }
          c.add(antennas + channels + t, some, hits);
          searched += some;
          found += hits;
        }
      }
      c.add(antenna1[b], searched, found);
      if (antenna2[b] != antenna1[b]) {
        c.add(antenna2[b], searched, found);
      }
      for (int i = 0; i < channels; i++) {
        c.add(antennas + i, there[i], hit[i]);
      }
      Arrays.fill(there, 0);
      Arrays.fill(hit, 0);
    }
    return c;
  }

  private void add(int entry, long searched, long found) {
    counts[2 * entry] += searched;
    counts[2 * entry + 1] += found;
  }

  /** As numbers to be kept. */
  public long[] toLongs() {
    return counts.clone();
  }

  /** What {@link #toLongs} gave. */
  public static SearchCounts ofLongs(int antennas, int channels, int times, long[] counts) {
    if (counts.length != 2 * (antennas + channels + times)) {
      throw new IllegalArgumentException(counts.length + " counts");
    }
    return new SearchCounts(antennas, channels, times, counts.clone());
  }

  /** Adds the counts of a window whose first channel and time are these. */
  public void add(SearchCounts window, int firstChannel, int firstTime) {
    for (int a = 0; a < antennas; a++) {
      add(a, window.counts[2 * a], window.counts[2 * a + 1]);
    }
    for (int i = 0; i < window.channels; i++) {
      int from = antennas + i;
      add(antennas + firstChannel + i, window.counts[2 * from], window.counts[2 * from + 1]);
    }
    for (int i = 0; i < window.times; i++) {
      int from = antennas + window.channels + i;
      add(
          antennas + channels + firstTime + i,
          window.counts[2 * from],
          window.counts[2 * from + 1]);
    }
  }

  /** Antennas of which more than a part was found; none where the part is 1. */
  public boolean[] antennasAbove(double part) {
    return above(0, antennas, part);
  }

  /** Channels of which more than a part was found. */
  public boolean[] channelsAbove(double part) {
    return above(antennas, channels, part);
  }

  /** Integrations of which more than a part was found. */
  public boolean[] timesAbove(double part) {
    return above(antennas + channels, times, part);
  }

  private boolean[] above(int first, int n, double part) {
    boolean[] above = new boolean[n];
    for (int i = 0; i < n; i++) {
      above[i] = counts[2 * (first + i) + 1] > part * counts[2 * (first + i)];
    }
    return above;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SearchCounts s
        && s.antennas == antennas
        && s.channels == channels
        && Arrays.equals(s.counts, counts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(counts);
  }
}
