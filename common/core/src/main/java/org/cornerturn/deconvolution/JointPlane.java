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

  private interface Visitor {
    void pixel(int index, float score);
  }

  private static void visit(
      float[] plane, PlaneMask mask, float[] factors, boolean positive, Visitor visitor) {
    int width = mask.width();
    for (int y = 0; y < mask.height(); y++) {
      for (int x = mask.runStart(y, 0); x < width; x = mask.runStart(y, x)) {
        int end = mask.runEnd(y, x);
        for (; x < end; x++) {
          int i = y * width + x;
          float v = positive ? plane[i] : Math.abs(plane[i]);
          visitor.pixel(i, factors == null ? v : v * factors[i]);
        }
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
        (i, v) -> {
          if (v > best[0]) {
            best[0] = v;
          }
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
    int[] count = new int[BINS];
    double scale = BINS / (high - low);
    visit(
        plane,
        mask,
        factors,
        positive,
        (i, v) -> {
          if (v > low) {
            count[Math.min(BINS - 1, (int) ((v - low) * scale))]++;
          }
        });
    int sum = 0;
    int bin = BINS;
    while (bin > 0 && sum + count[bin - 1] <= mostPixels) {
      sum += count[--bin];
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
        (i, v) -> {
          if (v > limit) {
            out.add(i);
          }
        });
    return out;
  }
}
