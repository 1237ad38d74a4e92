package org.cornerturn.jobs.image;

import java.util.ArrayList;
import java.util.List;
import org.cornerturn.UserError;
import org.cornerturn.radio.Polarization;

/**
 * The correlations of which the visibilities of an image are the mean: one, or for Stokes I two
 * parallel hands. A sample of which one hand is flagged has no Stokes I.
 *
 * @param first place of a correlation in the data
 * @param second place of another one; -1 for none
 */
record Hands(int first, int second) {
  /** Those of some polarizations. */
  static List<Hands> of(List<Polarization> wanted, List<String> stored, String where) {
    List<Hands> all = new ArrayList<>();
    for (Polarization p : wanted) {
      all.add(of(p, stored, where));
    }
    return List.copyOf(all);
  }

  private static Hands of(Polarization wanted, List<String> stored, String where) {
    int itself = stored.indexOf(wanted.name());
    if (itself >= 0) {
      return new Hands(itself, -1);
    }
    if (wanted == Polarization.I) {
      for (String[] pair : new String[][] {{"XX", "YY"}, {"RR", "LL"}}) {
        int first = stored.indexOf(pair[0]);
        int second = stored.indexOf(pair[1]);
        if (first >= 0 && second >= 0) {
          return new Hands(first, second);
        }
      }
    }
    throw new UserError(
        where,
        "it has " + String.join(" ", stored) + ", from which there is no image in " + wanted,
        "Name others with --pol");
  }

  /**
   * Takes the samples of a baseline.
   *
   * @param visibilities complex (channel, correlation)
   * @param flags (channel, correlation)
   * @param at index of the first sample
   * @param correlations of the data
   * @param channels how many
   * @param re receives them from {@code to} on; null for weights alone
   * @param weight receives 0 for what is flagged or no number
   */
  void take(
      float[] visibilities,
      float[] weights,
      short[] flags,
      int at,
      int correlations,
      int channels,
      float[] re,
      float[] im,
      float[] weight,
      int to) {
    for (int c = 0; c < channels; c++) {
      int a = at + c * correlations + first;
      int b = second < 0 ? a : at + c * correlations + second;
      float wa = flags[a] == 0 ? weights[a] : 0;
      float wb = flags[b] == 0 ? weights[b] : 0;
      // The variance of a mean of two is a quarter of the sum of theirs.
      float w = second < 0 ? wa : 4 * wa * wb / (wa + wb);
      boolean good = wa > 0 && wb > 0 && w < Float.POSITIVE_INFINITY;
      if (visibilities != null) {
        float r = (visibilities[2 * a] + visibilities[2 * b]) / 2;
        float i = (visibilities[2 * a + 1] + visibilities[2 * b + 1]) / 2;
        good &= Float.isFinite(r) && Float.isFinite(i);
        re[to + c] = good ? r : 0;
        im[to + c] = good ? i : 0;
      }
      weight[to + c] = good ? w : 0;
    }
  }
}
