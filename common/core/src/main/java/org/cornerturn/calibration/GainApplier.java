package org.cornerturn.calibration;

import java.util.List;
import org.cornerturn.radio.Polarization;

/**
 * Corrects visibilities: V becomes J_p^-1 V J_q^-H, and weights become what they are worth then:
 * with gains of each receptor, V / (g_p conj(g_q)) and w |g_p|^2 |g_q|^2. Where there is no gain, V
 * is NaN, its weight 0 and it gets a flag: nothing goes out uncorrected. Gains are rounded to
 * floats, which costs 3e-7 of a visibility. Not for use by several threads.
 */
public final class GainApplier {
  private final Baselines baselines;
  private final int channels;
  private final int hands;
  private final List<String> receptors;
  // Receptor of the first and second antenna in each polarization; -1 for none of the gains'.
  private final int[] firstReceptor;
  private final int[] secondReceptor;

  // By antenna, (channel, polarization): 1 / g, and |g|^2; as the first antenna of a baseline and,
  // conjugated, as the second.
  private final float[][] first;
  private final float[][] second;
  private final float[][] firstWeight;
  private final float[][] secondWeight;
  private final boolean[] whole;
  private FullApplier full;

  /**
   * @param polarizations of the data, in their order: correlations, or Stokes I alone
   * @param receptors of the gains
   */
  public GainApplier(
      Baselines baselines, List<Polarization> polarizations, List<String> receptors, int channels) {
    this.baselines = baselines;
    this.channels = channels;
    this.receptors = List.copyOf(receptors);
    hands = polarizations.size();
    firstReceptor = new int[hands];
    secondReceptor = new int[hands];
    int known = 0;
    for (int p = 0; p < hands; p++) {
      List<String> feeds = feeds(polarizations.get(p));
      firstReceptor[p] = receptors.indexOf(feeds.get(0));
      secondReceptor[p] = receptors.indexOf(feeds.get(1));
      known += firstReceptor[p] < 0 || secondReceptor[p] < 0 ? 0 : 1;
    }
    if (known == 0) {
      throw new IllegalArgumentException(
          "gains of the receptors " + receptors + " for the polarizations " + polarizations);
    }
    int antennas = baselines.antennas();
    int row = channels * hands;
    first = new float[antennas][2 * row];
    second = new float[antennas][2 * row];
    firstWeight = new float[antennas][row];
    secondWeight = new float[antennas][row];
    whole = new boolean[antennas];
  }

  private static List<String> feeds(Polarization hand) {
    if (hand == Polarization.I) {
      return List.of(hand.name(), hand.name());
    }
    if (hand.isStokes()) {
      throw new IllegalArgumentException("gains of receptors can't be applied to Stokes " + hand);
    }
    return hand.feeds();
  }

  /** Sets the gains that {@link #apply} takes. */
  public void gains(GainGrid grid) {
    if (grid.antennas() != baselines.antennas()
        || grid.channels() != channels
        || !grid.receptors().equals(receptors)) {
      throw new IllegalArgumentException("gains of other antennas, channels or receptors");
    }
    if (grid.isFull()) {
      full = new FullApplier(baselines, firstReceptor, secondReceptor, grid);
      return;
    }
    full = null;
    for (int a = 0; a < first.length; a++) {
      whole[a] = true;
      int i = 0;
      for (int c = 0; c < channels; c++) {
        for (int p = 0; p < hands; p++, i++) {
          fill(grid, a, c, firstReceptor[p], 1, first[a], firstWeight[a], i);
          fill(grid, a, c, secondReceptor[p], -1, second[a], secondWeight[a], i);
          whole[a] &= isGain(first[a], i) && isGain(second[a], i);
        }
      }
    }
  }

  private static void fill(
      GainGrid grid,
      int antenna,
      int channel,
      int receptor,
      int sign,
      float[] inverse,
      float[] weight,
      int i) {
    float re = Float.NaN;
    float im = Float.NaN;
    float power = 0;
    if (receptor >= 0) {
      int g = grid.index(antenna, channel, receptor);
      double a = grid.values()[g];
      double b = grid.values()[g + 1];
      double size = a * a + b * b;
      if (size > 0 && size < Double.POSITIVE_INFINITY) {
        re = (float) (a / size);
        im = (float) (-sign * b / size);
        power = (float) size;
      }
    }
    inverse[2 * i] = re;
    inverse[2 * i + 1] = im;
    weight[i] = power;
  }

  private static boolean isGain(float[] inverse, int i) {
    return !Float.isNaN(inverse[2 * i]);
  }

  /**
   * Corrects an integration in place. All arrays are (baseline, channel, polarization).
   *
   * @param visibilities complex, real and imaginary parts in turn
   * @param weights null where none are wanted
   * @param flags null where none are wanted
   * @param at place of the integration's first element in all of them
   * @param flag bits that a sample without gain gets
   * @return how many samples had no gain
   */
  public long apply(float[] visibilities, float[] weights, short[] flags, int at, int flag) {
    if (full != null) {
      return full.apply(visibilities, weights, flags, at, flag);
    }
    long without = 0;
    int row = channels * hands;
    for (int b = 0; b < baselines.count(); b++) {
      int p = baselines.first(b);
      int q = baselines.second(b);
      int from = at + b * row;
      correct(visibilities, 2 * from, first[p], second[q], row);
      if (weights != null) {
        weigh(weights, from, firstWeight[p], secondWeight[q], row);
      }
      if (!whole[p] || !whole[q]) {
        without += mark(weights, flags, from, first[p], second[q], flag);
      }
    }
    return without;
  }

  private static void correct(float[] visibilities, int at, float[] p, float[] q, int row) {
    for (int i = 0; i < 2 * row; i += 2) {
      float gr = p[i] * q[i] - p[i + 1] * q[i + 1];
      float gi = p[i] * q[i + 1] + p[i + 1] * q[i];
      float re = visibilities[at + i];
      float im = visibilities[at + i + 1];
      visibilities[at + i] = re * gr - im * gi;
      visibilities[at + i + 1] = re * gi + im * gr;
    }
  }

  private static void weigh(float[] weights, int at, float[] p, float[] q, int row) {
    for (int i = 0; i < row; i++) {
      weights[at + i] = weights[at + i] * p[i] * q[i];
    }
  }

  private static long mark(float[] weights, short[] flags, int at, float[] p, float[] q, int flag) {
    long without = 0;
    for (int i = 0; i < p.length / 2; i++) {
      if (isGain(p, i) && isGain(q, i)) {
        continue;
      }
      without++;
      if (weights != null) {
        weights[at + i] = 0;
      }
      if (flags != null) {
        flags[at + i] |= (short) flag;
      }
    }
    return without;
  }
}
