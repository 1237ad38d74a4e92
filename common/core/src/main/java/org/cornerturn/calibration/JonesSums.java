package org.cornerturn.calibration;

import java.util.Arrays;
import java.util.List;
import org.cornerturn.radio.Polarization;

/**
 * What full Jones matrices need to know of visibilities V with weights w and their model M, 2 by 2
 * matrices each: of each baseline and cell sum w V_i conj(M_j) and sum w M_i conj(M_j), i and j
 * through the four elements, sum w |V|^2 and the number of samples. A sample is all four
 * correlations of a channel; it counts if all are good, with the smallest of their weights. Cells
 * are blocks of channels.
 */
public final class JonesSums extends CellSums {
  static final int DATA = 0;
  static final int MODEL = 32;
  static final int POWER = 64;
  static final int COUNT = 65;
  static final int FIELDS = 66;

  private final int channelsEach;
  private final int[] place = new int[4];

  /**
   * @param polarizations of the data, all four of two receptors
   * @param receptors the two, in the order of the matrices
   * @param channels of the data
   * @param channelsEach channels of a cell; the last may have fewer
   */
  public JonesSums(
      Baselines baselines,
      List<Polarization> polarizations,
      List<String> receptors,
      int channels,
      int channelsEach) {
    super(baselines, (channels + channelsEach - 1) / channelsEach, FIELDS);
    this.channelsEach = channelsEach;
    Arrays.fill(place, -1);
    for (int p = 0; p < polarizations.size(); p++) {
      List<String> feeds = polarizations.get(p).feeds();
      if (feeds.size() == 2 && receptors.containsAll(feeds)) {
        place[2 * receptors.indexOf(feeds.get(0)) + receptors.indexOf(feeds.get(1))] = p;
      }
    }
    if (polarizations.size() != 4 || Arrays.stream(place).anyMatch(p -> p < 0)) {
      throw new IllegalArgumentException("full Jones matrices need all four correlations");
    }
  }

  /** Bytes that the sums of so many baselines and cells take. */
  public static long bytes(int antennas, int baselines, int cells) {
    return bytes(FIELDS, antennas, baselines, cells);
  }

  /**
   * Adds an integration. All arrays are (baseline, channel, polarization).
   *
   * @param channels of the arrays
   * @param visibilities complex, real and imaginary parts in turn
   * @param weights null for 1
   * @param flags null for none
   * @param at place of the integration's first element in these three
   * @param model complex, real and imaginary parts in turn
   * @param modelAt place of its first element
   */
  public void add(
      int channels,
      float[] visibilities,
      float[] weights,
      short[] flags,
      int at,
      float[] model,
      int modelAt) {
    double[] v = new double[8];
    double[] m = new double[8];
    for (int b = 0; b < baselines.count(); b++) {
      for (int c = 0; c < channels && baselines.isCross(b); c++) {
        int i = at + (b * channels + c) * 4;
        int k = modelAt + (b * channels + c) * 4;
        double w = Double.POSITIVE_INFINITY;
        for (int e = 0; e < 4; e++) {
          boolean flagged = flags != null && flags[i + e] != 0;
          double weight = flagged ? 0 : weights == null ? 1 : weights[i + e];
          w = Math.min(w, weight);
          v[2 * e] = visibilities[2 * (i + place[e])];
          v[2 * e + 1] = visibilities[2 * (i + place[e]) + 1];
          m[2 * e] = model[2 * (k + place[e])];
          m[2 * e + 1] = model[2 * (k + place[e]) + 1];
        }
        if (w > 0 || Double.isNaN(w)) {
          add(b, c / channelsEach, w, v, m);
        }
      }
    }
  }

  private void add(int baseline, int cell, double w, double[] v, double[] m) {
    double power = 0;
    double model = 0;
    for (int e = 0; e < 8; e++) {
      power += w * v[e] * v[e];
      model += w * m[e] * m[e];
    }
    if (!(power + model < Double.POSITIVE_INFINITY)) {
      countNotFinite(baseline, cell);
      return;
    }
    int s = index(baseline, cell);
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        int at = s + 2 * (4 * i + j);
        addProduct(sums, at + DATA, w, v, 2 * i, m, 2 * j);
        addProduct(sums, at + MODEL, w, m, 2 * i, m, 2 * j);
      }
    }
    sums[s + POWER] += power;
    sums[s + COUNT]++;
  }

  /** out += w a conj(b). */
  private static void addProduct(
      double[] out, int at, double w, double[] a, int i, double[] b, int j) {
    out[at] += w * (a[i] * b[j] + a[i + 1] * b[j + 1]);
    out[at + 1] += w * (a[i + 1] * b[j] - a[i] * b[j + 1]);
  }

  /** Place of the first sum of a baseline's cell in {@link #values}. */
  int index(int baseline, int cell) {
    return (baseline * cells + cell) * FIELDS;
  }
}
