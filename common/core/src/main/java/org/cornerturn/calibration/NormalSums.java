package org.cornerturn.calibration;

import java.util.Arrays;

/**
 * What gains need to know of visibilities V with weights w and their model M: of each baseline and
 * cell sum w V conj(M), sum w |M|^2, sum w |V|^2 and the number of samples. Samples add in any
 * number and go; the sums of blocks add up. (Salvini and Wijnholds 2014 write them as products of
 * columns.) Data whose earlier terms have been {@linkplain GainApplier applied} give the sums of
 * the data with the earlier terms in the model, since weights are multiplied by |g_p g_q|^2.
 */
public final class NormalSums extends CellSums {
  /** Doubles of a baseline's cell. */
  static final int FIELDS = 5;

  static final int REAL = 0;
  static final int IMAGINARY = 1;
  static final int MODEL = 2;
  static final int POWER = 3;
  static final int COUNT = 4;

  private static final int BLOCK = 32;
  private static final int FEW = 4;

  private final boolean[] cross;

  /**
   * The sums are (cell, baseline, field): what one visibility changes lies together, and what is
   * solved together.
   *
   * @param cells as {@link SolutionCells#count} says
   */
  public NormalSums(Baselines baselines, int cells) {
    super(baselines, cells, FIELDS);
    cross = new boolean[baselines.count()];
    for (int b = 0; b < cross.length; b++) {
      cross[b] = baselines.isCross(b);
    }
  }

  /** Bytes that the sums of so many baselines and cells take. */
  public static long bytes(int antennas, int baselines, int cells) {
    return bytes(FIELDS, antennas, baselines, cells);
  }

  /**
   * Adds an integration. All arrays are (baseline, channel, polarization).
   *
   * @param visibilities complex, real and imaginary parts in turn
   * @param weights null for 1; what has no positive weight is left out
   * @param flags null for none; what has any bit is left out
   * @param at place of the integration's first element in these three
   * @param model complex, real and imaginary parts in turn
   * @param modelAt place of its first element
   */
  public void add(
      SolutionCells map,
      float[] visibilities,
      float[] weights,
      short[] flags,
      int at,
      float[] model,
      int modelAt) {
    if (map.count() != cells) {
      throw new IllegalArgumentException("sums of " + cells + " cells, not of " + map.count());
    }
    int row = map.elements();
    // Cells lie far apart: some baselines of one after the other, so that what is added to is near.
    int block = cells <= FEW ? 1 : BLOCK;
    for (int from = 0; from < baselines.count(); from += block) {
      int to = Math.min(baselines.count(), from + block);
      for (int e = 0; e < row; e++) {
        if (map.cell(e) != SolutionCells.NONE) {
          int i = at + from * row + e;
          int m = modelAt + from * row + e;
          add(map.cell(e), from, to, row, visibilities, weights, flags, i, model, m);
        }
      }
    }
  }

  /** Adds one element of some baselines. */
  private void add(
      int cell,
      int from,
      int to,
      int row,
      float[] visibilities,
      float[] weights,
      short[] flags,
      int at,
      float[] model,
      int modelAt) {
    int i = at;
    int m = 2 * modelAt;
    int s = (cell * baselines.count() + from) * FIELDS;
    for (int b = from; b < to; b++, i += row, m += 2 * row, s += FIELDS) {
      if (!cross[b] || flags != null && flags[i] != 0) {
        continue;
      }
      double w = weights == null ? 1 : weights[i];
      if (w > 0) {
        add(b, cell, s, w, visibilities[2 * i], visibilities[2 * i + 1], model[m], model[m + 1]);
      } else if (Double.isNaN(w)) {
        countNotFinite(b, cell);
      }
    }
  }

  /** Adds one sample. */
  void add(int baseline, int cell, double w, double vr, double vi, double mr, double mi) {
    int s = (cell * baselines.count() + baseline) * FIELDS;
    add(baseline, cell, s, w, vr, vi, mr, mi);
  }

  private void add(
      int baseline, int cell, int s, double w, double vr, double vi, double mr, double mi) {
    double power = w * (vr * vr + vi * vi);
    double model = w * (mr * mr + mi * mi);
    if (!(power + model < Double.POSITIVE_INFINITY)) {
      countNotFinite(baseline, cell);
      return;
    }
    sums[s + REAL] += w * (vr * mr + vi * mi);
    sums[s + IMAGINARY] += w * (vi * mr - vr * mi);
    sums[s + MODEL] += model;
    sums[s + POWER] += power;
    sums[s + COUNT] += 1;
  }

  /**
   * Makes of them the sums of the same samples with gains applied, as if each had been {@linkplain
   * GainApplier corrected} before it was added. Samples without a gain are left out.
   *
   * @param gains of each receptor, whose (channel, receptor) are the cells
   */
  public void correct(GainGrid gains) {
    int receptors = gains.receptors().size();
    if (gains.isFull()
        || gains.antennas() != baselines.antennas()
        || gains.channels() * receptors != cells) {
      throw new IllegalArgumentException("gains of other antennas or cells");
    }
    double[] g = gains.values();
    for (int cell = 0; cell < cells; cell++) {
      int s = start(cell);
      for (int b = 0; b < cross.length; b++, s += FIELDS) {
        int p = gains.index(baselines.first(b), cell / receptors, cell % receptors);
        int q = gains.index(baselines.second(b), cell / receptors, cell % receptors);
        turn(s, g[p], g[p + 1], g[q], g[q + 1]);
      }
    }
  }

  /** The weight grows by the squares of both gains, of which dividing by the gains takes one. */
  private void turn(int s, double pr, double pi, double qr, double qi) {
    double both = (pr * pr + pi * pi) * (qr * qr + qi * qi);
    if (!(both > 0 && both < Double.POSITIVE_INFINITY)) {
      Arrays.fill(sums, s, s + FIELDS, 0);
      return;
    }
    double re = pr * qr + pi * qi;
    double im = pr * qi - pi * qr;
    double a = sums[s + REAL];
    double b = sums[s + IMAGINARY];
    sums[s + REAL] = a * re - b * im;
    sums[s + IMAGINARY] = a * im + b * re;
    sums[s + MODEL] *= both;
  }

  /** One of the sums of a baseline's cell. */
  double get(int baseline, int cell, int field) {
    return sums[(cell * baselines.count() + baseline) * FIELDS + field];
  }

  /** Place of a cell's first sum in {@link #values}. */
  int start(int cell) {
    return cell * baselines.count() * FIELDS;
  }

  /** Sum w V conj(M) of a baseline's cell, real part: Jy^2 of weight. */
  public double real(int baseline, int cell) {
    return get(baseline, cell, REAL);
  }

  /** Sum w V conj(M) of a baseline's cell, imaginary part. */
  public double imaginary(int baseline, int cell) {
    return get(baseline, cell, IMAGINARY);
  }

  /** Sum w |M|^2 of a baseline's cell. */
  public double modelPower(int baseline, int cell) {
    return get(baseline, cell, MODEL);
  }

  /** Sum w |V|^2 of a baseline's cell. */
  public double dataPower(int baseline, int cell) {
    return get(baseline, cell, POWER);
  }

  /** Number of samples of a baseline's cell. */
  public long samples(int baseline, int cell) {
    return (long) get(baseline, cell, COUNT);
  }
}
