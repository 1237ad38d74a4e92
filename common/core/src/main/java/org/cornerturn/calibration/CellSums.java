package org.cornerturn.calibration;

import java.nio.DoubleBuffer;
import java.util.Arrays;

/**
 * Sums over the samples of each baseline and cell, and how many samples of each antenna and cell
 * were no numbers. Both add up.
 */
abstract class CellSums {
  final Baselines baselines;
  final int cells;

  /** Of each baseline and cell the same number of sums, in an order of the subclass's. */
  final double[] sums;

  // (antenna, cell): samples that were neither flagged nor numbers.
  private final double[] notFinite;

  /**
   * @param fields sums of a baseline's cell
   */
  CellSums(Baselines baselines, int cells, int fields) {
    this.baselines = baselines;
    this.cells = cells;
    sums = new double[Math.multiplyExact(fields, Math.multiplyExact(baselines.count(), cells))];
    notFinite = new double[Math.multiplyExact(baselines.antennas(), cells)];
  }

  /** Bytes of sums. */
  static long bytes(int fields, int antennas, int baselines, int cells) {
    return Double.BYTES * ((long) fields * baselines + antennas) * cells;
  }

  public final Baselines baselines() {
    return baselines;
  }

  public final int cells() {
    return cells;
  }

  /** Forgets everything. */
  public final void clear() {
    Arrays.fill(sums, 0);
    Arrays.fill(notFinite, 0);
  }

  final void countNotFinite(int baseline, int cell) {
    notFinite[baselines.first(baseline) * cells + cell]++;
    notFinite[baselines.second(baseline) * cells + cell]++;
  }

  /** Whether an antenna had samples in a cell that were no numbers. */
  final boolean hadNotFinite(int antenna, int cell) {
    return notFinite[antenna * cells + cell] > 0;
  }

  /** Adds what was counted of some of the cells, from one cell on. */
  final void addNotFinite(CellSums part, int firstCell) {
    for (int a = 0; a < baselines.antennas(); a++) {
      for (int c = 0; c < part.cells; c++) {
        notFinite[a * cells + firstCell + c] += part.notFinite[a * part.cells + c];
      }
    }
  }

  /** Number of doubles of {@link #put} and {@link #addFrom}. */
  public final int length() {
    return sums.length + notFinite.length;
  }

  /** Writes the sums. */
  public final void put(DoubleBuffer to) {
    to.put(sums).put(notFinite);
  }

  /** Adds what was {@linkplain #put written}. */
  public final void addFrom(DoubleBuffer from) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += from.get();
    }
    for (int i = 0; i < notFinite.length; i++) {
      notFinite[i] += from.get();
    }
  }

  /** The sums themselves. */
  final double[] values() {
    return sums;
  }
}
