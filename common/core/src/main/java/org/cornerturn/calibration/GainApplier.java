package org.cornerturn.calibration;

import java.util.Arrays;
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
  // Elements of (channel, polarization) for which an antenna has no gain.
  private final int[][] missing;
  // By antenna, the first of these that is among the channels in work, and the first after it.
  private final int[] firstMissing;
  private final int[] pastMissing;
  private int sought = -1;
  private int soughtTo = -1;
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
    missing = new int[antennas][0];
    firstMissing = new int[antennas];
    pastMissing = new int[antennas];
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
    sought = -1;
    int[] without = new int[channels * hands];
    for (int a = 0; a < first.length; a++) {
      int n = 0;
      int i = 0;
      for (int c = 0; c < channels; c++) {
        for (int p = 0; p < hands; p++, i++) {
          fill(grid, a, c, firstReceptor[p], 1, first[a], firstWeight[a], i);
          fill(grid, a, c, secondReceptor[p], -1, second[a], secondWeight[a], i);
          if (!isGain(first[a], i) || !isGain(second[a], i)) {
            without[n++] = i;
          }
        }
      }
      missing[a] = Arrays.copyOf(without, n);
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
    return apply(
        visibilities, weights, flags, at, new Part(0, baselines.count(), 0, channels), flag);
  }

  /** Some of the baselines and channels, in a row each. */
  public record Part(int firstBaseline, int baselines, int firstChannel, int channels) {}

  /** As above, for a part. All arrays are (baseline, channel, polarization) of the part. */
  public long apply(
      float[] visibilities, float[] weights, short[] flags, int at, Part part, int flag) {
    if (full != null) {
      return full.apply(visibilities, weights, flags, at, part, flag);
    }
    long without = 0;
    int row = part.channels() * hands;
    int element = part.firstChannel() * hands;
    seek(element, element + row);
    for (int b = 0; b < part.baselines(); b++) {
      int p = baselines.first(part.firstBaseline() + b);
      int q = baselines.second(part.firstBaseline() + b);
      int from = at + b * row;
      correct(visibilities, 2 * from, first[p], second[q], 2 * element, 2 * row);
      if (weights != null) {
        weigh(weights, from, firstWeight[p], secondWeight[q], element, row);
      }
      if (firstMissing[p] < pastMissing[p] || firstMissing[q] < pastMissing[q]) {
        without += mark(weights, flags, from - element, p, q, flag);
      }
    }
    return without;
  }

  /** Finds what is missing of these elements, unless they are those of before. */
  private void seek(int element, int end) {
    if (sought != element || soughtTo != end) {
      for (int a = 0; a < missing.length; a++) {
        firstMissing[a] = from(missing[a], element);
        pastMissing[a] = from(missing[a], end);
      }
      sought = element;
      soughtTo = end;
    }
  }

  private static void correct(
      float[] visibilities, int at, float[] p, float[] q, int element, int row) {
    for (int i = 0; i < row; i += 2) {
      int k = element + i;
      float gr = p[k] * q[k] - p[k + 1] * q[k + 1];
      float gi = p[k] * q[k + 1] + p[k + 1] * q[k];
      float re = visibilities[at + i];
      float im = visibilities[at + i + 1];
      visibilities[at + i] = re * gr - im * gi;
      visibilities[at + i + 1] = re * gi + im * gr;
    }
  }

  private static void weigh(float[] weights, int at, float[] p, float[] q, int element, int row) {
    for (int i = 0; i < row; i++) {
      weights[at + i] = weights[at + i] * p[element + i] * q[element + i];
    }
  }

  /** Marks what the first antenna has no gain for, then what the second alone has none for. */
  private long mark(float[] weights, short[] flags, int at, int p, int q, int flag) {
    long without = 0;
    int[] some = missing[p];
    for (int m = firstMissing[p]; m < pastMissing[p]; m++) {
      if (!isGain(first[p], some[m])) {
        mark(weights, flags, at + some[m], flag);
        without++;
      }
    }
    some = missing[q];
    for (int m = firstMissing[q]; m < pastMissing[q]; m++) {
      if (!isGain(second[q], some[m]) && isGain(first[p], some[m])) {
        mark(weights, flags, at + some[m], flag);
        without++;
      }
    }
    return without;
  }

  /** Where in a sorted list the first is that is not below an element. */
  private static int from(int[] sorted, int element) {
    int found = Arrays.binarySearch(sorted, element);
    return found < 0 ? -found - 1 : found;
  }

  private static void mark(float[] weights, short[] flags, int at, int flag) {
    if (weights != null) {
      weights[at] = 0;
    }
    if (flags != null) {
      flags[at] |= (short) flag;
    }
  }
}
