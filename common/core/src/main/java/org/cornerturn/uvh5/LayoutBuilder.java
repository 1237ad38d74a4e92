package org.cornerturn.uvh5;

import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import org.cornerturn.radio.Antenna;

/** Finds the order of a file's rows. */
final class LayoutBuilder {
  private static final int PIECE = 1 << 16;
  private static final String TIMES = "/Header/time_array";

  private final Uvh5Header header;
  private final Uvh5Rows rows;
  private final boolean exchanges;
  private final Set<Integer> known = new HashSet<>();

  LayoutBuilder(Uvh5Header header, Uvh5Rows rows) {
    this.header = header;
    this.rows = rows;
    this.exchanges = header.groups().stream().allMatch(ChannelGroup::canExchange);
    header.antennas().stream().map(Antenna::number).forEach(known::add);
  }

  Uvh5Layout build() throws IOException {
    RegularRows regular = new RegularRows();
    boolean steps = true;
    long n = header.rows();
    for (long first = 0; first < n && steps; first += PIECE) {
      Piece p = piece(first);
      for (int i = 0; i < p.time.length && steps; i++) {
        steps = regular.accept(p.time[i], p.antenna1[i], p.antenna2[i]);
      }
    }
    Uvh5Layout layout = steps && regular.isWhole() ? regular.layout(exchanges) : null;
    if (layout == null) {
      layout = listed();
    }
    check(layout);
    return layout;
  }

  private record Piece(double[] time, int[] antenna1, int[] antenna2) {}

  private Piece piece(long first) throws IOException {
    int n = (int) Math.min(PIECE, header.rows() - first);
    Piece p =
        new Piece(rows.julianDates(first, n), rows.antenna1(first, n), rows.antenna2(first, n));
    for (int i = 0; i < n; i++) {
      if (!Double.isFinite(p.time[i])) {
        throw new Uvh5Exception(
            header.file(),
            TIMES,
            "the time of row " + (first + i) + " is " + p.time[i],
            "Exclude the file, or have its times put right");
      }
      refuseUnknown(p.antenna1[i], "ant_1_array", first + i);
      refuseUnknown(p.antenna2[i], "ant_2_array", first + i);
    }
    return p;
  }

  private void refuseUnknown(int antenna, String item, long row) throws Uvh5Exception {
    if (!known.contains(antenna)) {
      throw Uvh5Exception.of(
          header.file(),
          "/Header/" + item,
          "row " + row + " names antenna " + antenna + ", which antenna_numbers doesn't have");
    }
  }

  private Uvh5Layout listed() throws IOException {
    if (header.rows() > Integer.MAX_VALUE - 8) {
      throw new Uvh5Exception(
          header.file(),
          "/Header",
          header.rows() + " rows that are in no regular order; 2^31 can be",
          "Write it in the order of times and baselines, or in several files");
    }
    int n = (int) header.rows();
    double[] time = new double[n];
    long[] pair = new long[n];
    for (int first = 0; first < n; first += PIECE) {
      Piece p = piece(first);
      System.arraycopy(p.time, 0, time, first, p.time.length);
      for (int i = 0; i < p.time.length; i++) {
        pair[first + i] = pair(p.antenna1[i], p.antenna2[i]);
      }
    }
    double[] times = distinct(time);
    int[] rowTime = new int[n];
    for (int i = 0; i < n; i++) {
      rowTime[i] = Arrays.binarySearch(times, time[i]);
    }
    Uvh5Layout turnedRound = exchanges ? listed(times, rowTime, pair, true) : null;
    if (turnedRound != null && turnedRound.duplicates().length == 0) {
      return turnedRound;
    }
    Uvh5Layout asWritten = listed(times, rowTime, pair, false);
    boolean same =
        turnedRound != null && turnedRound.duplicates().length == asWritten.duplicates().length;
    return same ? turnedRound : asWritten;
  }

  private static Uvh5Layout listed(double[] times, int[] rowTime, long[] pair, boolean exchange) {
    int n = pair.length;
    long[] canonical = new long[n];
    BitSet turned = new BitSet();
    for (int i = 0; i < n; i++) {
      boolean turn = exchange && first(pair[i]) > second(pair[i]);
      turned.set(i, turn);
      canonical[i] = turn ? pair(second(pair[i]), first(pair[i])) : pair[i];
    }
    long[] baselines = distinct(canonical);
    int[] rowBaseline = new int[n];
    for (int i = 0; i < n; i++) {
      rowBaseline[i] = Arrays.binarySearch(baselines, canonical[i]);
    }
    int[] antenna1 = new int[baselines.length];
    int[] antenna2 = new int[baselines.length];
    for (int b = 0; b < baselines.length; b++) {
      antenna1[b] = first(baselines[b]);
      antenna2[b] = second(baselines[b]);
    }
    return new ListedLayout(times, antenna1, antenna2, rowTime, rowBaseline, turned);
  }

  static long pair(int antenna1, int antenna2) {
    // Ordered by the first antenna, then the second; numbers may be negative.
    return ((long) antenna1 << 32) + ((long) antenna2 - Integer.MIN_VALUE);
  }

  static int first(long pair) {
    return (int) (pair >> 32);
  }

  static int second(long pair) {
    return (int) ((pair & 0xffffffffL) + Integer.MIN_VALUE);
  }

  private static double[] distinct(double[] values) {
    double[] s = values.clone();
    Arrays.sort(s);
    int n = 0;
    for (double v : s) {
      if (n == 0 || s[n - 1] != v) {
        s[n++] = v;
      }
    }
    return Arrays.copyOf(s, n);
  }

  private static long[] distinct(long[] values) {
    long[] s = values.clone();
    Arrays.sort(s);
    int n = 0;
    for (long v : s) {
      if (n == 0 || s[n - 1] != v) {
        s[n++] = v;
      }
    }
    return Arrays.copyOf(s, n);
  }

  private void check(Uvh5Layout layout) throws Uvh5Exception {
    if (layout.times() != header.times()) {
      throw contradiction("Ntimes", header.times(), layout.times() + " distinct times");
    }
    Set<Long> directed = new HashSet<>();
    Set<Integer> antennas = new HashSet<>();
    for (int b = 0; b < layout.baselines(); b++) {
      directed.add(pair(layout.antenna1(b), layout.antenna2(b)));
      antennas.add(layout.antenna1(b));
      antennas.add(layout.antenna2(b));
    }
    if (antennas.size() != header.antennasWithData()) {
      throw contradiction(
          "Nants_data", header.antennasWithData(), "data of " + antennas.size() + " antennas");
    }
    // A pair that occurs both ways counts twice in some files and once in others.
    if (header.baselines() < directed.size() || header.baselines() > 2 * directed.size()) {
      throw contradiction("Nbls", header.baselines(), "data of " + directed.size() + " baselines");
    }
  }

  private Uvh5Exception contradiction(String item, long stated, String found) {
    return Uvh5Exception.of(
        header.file(), "/Header/" + item, "it says " + stated + ", but there are " + found);
  }
}
