package org.cornerturn.deconvolution;

import org.cornerturn.plane.PlaneMask;

/** The weighted mean of channels' planes, and the search in it. */
final class JointPlane {
  private static final int BINS = 4096;

  private JointPlane() {}

  /** The mean; the only channel's plane itself where there is one. */
  static float[] of(float[][] planes, SpectralFit fit) {
    if (planes.length == 1) {
      return planes[0];
    }
    double[] share = ActiveSet.shares(fit);
    float[] out = new float[planes[0].length];
    for (int c = 0; c < planes.length; c++) {
      float w = (float) share[c];
      float[] p = planes[c];
      for (int i = 0; i < out.length; i++) {
        out[i] += w * p[i];
      }
    }
    return out;
  }

  /** What hears of the chosen pixels of a row that lie together, scored as the search does. */
  private interface Runs {
    /**
     * @param at of the first in the plane
     */
    void run(int at, float[] score, int count);
  }

  private static void visit(
      float[] plane, PlaneMask mask, float[] factors, boolean positive, Runs runs) {
    int width = mask.width();
    float[] score = new float[width];
    for (int y = 0; y < mask.height(); y++) {
      for (int x = mask.runStart(y, 0); x < width; ) {
        int end = mask.runEnd(y, x);
        int at = y * width + x;
        int count = end - x;
        score(plane, factors, positive, at, count, score);
        runs.run(at, score, count);
        x = mask.runStart(y, end);
      }
    }
  }

  private static void score(
      float[] plane, float[] factors, boolean positive, int at, int count, float[] score) {
    if (positive) {
      System.arraycopy(plane, at, score, 0, count);
    } else {
      for (int i = 0; i < count; i++) {
        score[i] = Math.abs(plane[at + i]);
      }
    }
    if (factors != null) {
      for (int i = 0; i < count; i++) {
        score[i] *= factors[at + i];
      }
    }
  }

  /** Largest value in a mask; negative infinity where there is none. */
  static double peak(float[] plane, PlaneMask mask, float[] factors, boolean positive) {
    float[] best = {Float.NEGATIVE_INFINITY};
    visit(
        plane,
        mask,
        factors,
        positive,
        (at, score, count) -> {
          float most = best[0];
          for (int i = 0; i < count; i++) {
            most = score[i] > most ? score[i] : most;
          }
          best[0] = most;
        });
    return best[0];
  }

  /** The lowest level, {@code low} at least, above which there are no more than so many pixels. */
  static double level(
      float[] plane,
      PlaneMask mask,
      float[] factors,
      boolean positive,
      double low,
      double high,
      int mostPixels) {
    int[] above = new int[BINS];
    double scale = BINS / (high - low);
    visit(
        plane,
        mask,
        factors,
        positive,
        (at, score, count) -> {
          for (int i = 0; i < count; i++) {
            if (score[i] > low) {
              above[Math.min(BINS - 1, (int) ((score[i] - low) * scale))]++;
            }
          }
        });
    int sum = 0;
    int bin = BINS;
    while (bin > 0 && sum + above[bin - 1] <= mostPixels) {
      sum += above[--bin];
    }
    return low + bin / scale;
  }

  /** Pixels of a mask above a level. */
  static PlaneMask above(
      float[] plane, PlaneMask mask, float[] factors, boolean positive, double level) {
    PlaneMask out = PlaneMask.none(mask.width(), mask.height());
    float limit = (float) level;
    visit(
        plane,
        mask,
        factors,
        positive,
        (at, score, count) -> {
          for (int i = 0; i < count; i++) {
            if (score[i] > limit) {
              out.add(at + i);
            }
          }
        });
    return out;
  }
}
