package org.cornerturn.calibration;

import java.nio.DoubleBuffer;
import java.util.Arrays;

/**
 * Sums over the samples of each baseline and cell, and how many samples of each antenna and cell
 * were no numbers. Both add up.
 */
public abstract class CellSums {
  private static final int PIECE = 1024;

  final Baselines baselines;
  final int cells;

  /** Of each baseline and cell the same number of sums, in an order of the subclass's. */
  final double[] sums;

  // (antenna, cell): samples that were neither flagged nor numbers.
  private final double[] notFinite;

  /**
   * @param fields sums of a baseline's cell; those of a cell lie together
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

  /** Number of doubles that {@link #put} writes for so many cells. */
  public final int length(int ofCells) {
    return (sums.length + notFinite.length) / cells * ofCells;
  }

  /** Writes the sums. */
  public final void put(DoubleBuffer to) {
    to.put(sums).put(notFinite);
  }

  /**
   * Adds what was {@linkplain #put written} of some of the cells, those of a part of the band say.
   *
   * @param firstCell of them
   * @param some how many
   */
  public final void addFrom(DoubleBuffer from, int firstCell, int some) {
    if (firstCell < 0 || firstCell + some > cells || from.remaining() < length(some)) {
      throw new IllegalArgumentException("sums of more cells, or of other baselines");
    }
    int each = sums.length / cells;
    double[] piece = new double[PIECE];
    add(from, piece, sums, firstCell * each, some * each);
    for (int a = 0; a < baselines.antennas(); a++) {
      add(from, piece, notFinite, a * cells + firstCell, some);
    }
  }

  private static void add(DoubleBuffer from, double[] piece, double[] to, int first, int count) {
    for (int done = 0; done < count; done += piece.length) {
      int n = Math.min(piece.length, count - done);
      from.get(piece, 0, n);
      for (int i = 0; i < n; i++) {
        to[first + done + i] += piece[i];
      }
    }
  }

  /** The sums themselves. */
  final double[] values() {
    return sums;
  }
}
