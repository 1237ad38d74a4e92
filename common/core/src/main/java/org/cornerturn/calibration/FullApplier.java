package org.cornerturn.calibration;

import java.util.Arrays;

/** Correction by full Jones matrices. A flag of one correlation is all four's: they are mixed. */
final class FullApplier {
  private final Baselines baselines;
  private final int channels;
  // Place of each product of receptors (r, s), 2 r + s, among the polarizations.
  private final int[] place = new int[4];
  // (antenna, channel) inverse matrices, and the squares of their elements' moduli.
  private final double[] inverse;
  private final double[] squares;

  FullApplier(Baselines baselines, int[] firstReceptor, int[] secondReceptor, GainGrid grid) {
    this.baselines = baselines;
    channels = grid.channels();
    Arrays.fill(place, -1);
    for (int p = 0; p < firstReceptor.length; p++) {
      if (firstReceptor[p] >= 0 && secondReceptor[p] >= 0) {
        place[2 * firstReceptor[p] + secondReceptor[p]] = p;
      }
    }
    if (firstReceptor.length != 4 || Arrays.stream(place).anyMatch(p -> p < 0)) {
      throw new IllegalArgumentException("full Jones matrices need all four correlations");
    }
    inverse = new double[grid.values().length];
    squares = new double[inverse.length / 2];
    for (int m = 0; m < inverse.length; m += 8) {
      Jones.invert(grid.values(), m, inverse, m);
    }
    for (int i = 0; i < squares.length; i++) {
      squares[i] = inverse[2 * i] * inverse[2 * i] + inverse[2 * i + 1] * inverse[2 * i + 1];
    }
  }

  long apply(
      float[] visibilities,
      float[] weights,
      short[] flags,
      int at,
      GainApplier.Part part,
      int flag) {
    int some = part.channels();
    double[] v = new double[8];
    double[] half = new double[8];
    double[] corrected = new double[8];
    long without = 0;
    for (int b = 0; b < part.baselines(); b++) {
      int first = baselines.first(part.firstBaseline() + b);
      int second = baselines.second(part.firstBaseline() + b);
      for (int c = 0; c < some; c++) {
        int from = at + (b * some + c) * 4;
        int p = first * channels + part.firstChannel() + c;
        int q = second * channels + part.firstChannel() + c;
        for (int k = 0; k < 4; k++) {
          v[2 * k] = visibilities[2 * (from + place[k])];
          v[2 * k + 1] = visibilities[2 * (from + place[k]) + 1];
        }
        Jones.multiply(inverse, 8 * p, v, 0, half, 0);
        Jones.multiplyAdjoint(half, 0, inverse, 8 * q, corrected, 0);
        for (int k = 0; k < 4; k++) {
          visibilities[2 * (from + place[k])] = (float) corrected[2 * k];
          visibilities[2 * (from + place[k]) + 1] = (float) corrected[2 * k + 1];
        }
        boolean none = Double.isNaN(inverse[8 * p]) || Double.isNaN(inverse[8 * q]);
        without += none ? 4 : 0;
        if (weights != null) {
          weigh(weights, from, none, 4 * p, 4 * q);
        }
        if (flags != null) {
          short all = (short) (none ? flag : 0);
          for (int k = 0; k < 4; k++) {
            all |= flags[from + k];
          }
          Arrays.fill(flags, from, from + 4, all);
        }
      }
    }
    return without;
  }

  /** Variances add up: 1 / w' = sum of |P_rk|^2 |Q_sl|^2 / w_kl. */
  private void weigh(float[] weights, int at, boolean none, int p, int q) {
    double[] old = new double[4];
    for (int k = 0; k < 4; k++) {
      old[k] = weights[at + place[k]];
    }
    for (int r = 0; r < 2; r++) {
      for (int s = 0; s < 2; s++) {
        double variance = 0;
        for (int k = 0; k < 2; k++) {
          for (int l = 0; l < 2; l++) {
            double factor = squares[p + 2 * r + k] * squares[q + 2 * s + l];
            // What has no weight says nothing of what it is mixed into.
            double w = old[2 * k + l];
            double share = w > 0 ? factor / w : Double.POSITIVE_INFINITY;
            variance += factor == 0 ? 0 : share;
          }
        }
        weights[at + place[2 * r + s]] =
            none || !(variance < Double.POSITIVE_INFINITY) ? 0 : (float) (1 / variance);
      }
    }
  }
}
