package org.cornerturn.deconvolution;

import java.util.Arrays;
import org.cornerturn.plane.PlaneMask;

/**
 * Some pixels of the residual planes of joined channels, on which components are found one after
 * the other. Each takes its point spread function from all of these pixels, so on them it is
 * Hogbom's method. Neighbours in a row lie together, and each such run knows its largest value.
 */
final class ActiveSet {
  private final int width;
  private final SpectralFit fit;
  private final CleanSettings settings;

  private final int runs;
  private final int[] runX;
  private final int[] runY;
  private final int[] runStart;
  private final float[] runPeak;
  private final int[] runPeakAt;

  /** By channel, then pixel. */
  private final float[][] value;

  /** Weighted mean over the channels; the only channel's own values where there is one. */
  private final float[] joint;

  /** On which the search multiplies values; null for 1. */
  private final float[] factor;

  /** What was found: by channel, then pixel. */
  private final float[][] found;

  private final double[] share;

  /**
   * @param residual by channel, (y, x)
   * @param mask of the pixels to take
   * @param factors of the search by pixel of the plane, or null
   */
  ActiveSet(
      float[][] residual,
      PlaneMask mask,
      float[] factors,
      SpectralFit fit,
      CleanSettings settings) {
    width = mask.width();
    this.fit = fit;
    this.settings = settings;
    int channels = residual.length;
    int pixels = mask.count();
    int most = 0;
    for (int y = 0; y < mask.height(); y++) {
      for (int x = mask.runStart(y, 0); x < width; x = mask.runStart(y, mask.runEnd(y, x))) {
        most++;
      }
    }
    runs = most;
    runX = new int[runs];
    runY = new int[runs];
    runStart = new int[runs + 1];
    runPeak = new float[runs];
    runPeakAt = new int[runs];
    value = new float[channels][pixels];
    found = new float[channels][pixels];
    factor = factors == null ? null : new float[pixels];
    int run = 0;
    int at = 0;
    for (int y = 0; y < mask.height(); y++) {
      for (int x = mask.runStart(y, 0); x < width; x = mask.runStart(y, mask.runEnd(y, x))) {
        int n = mask.runEnd(y, x) - x;
        runX[run] = x;
        runY[run] = y;
        runStart[run++] = at;
        for (int c = 0; c < channels; c++) {
          System.arraycopy(residual[c], y * width + x, value[c], at, n);
        }
        if (factor != null) {
          System.arraycopy(factors, y * width + x, factor, at, n);
        }
        at += n;
      }
    }
    runStart[runs] = at;
    share = shares(fit);
    joint = channels == 1 ? value[0] : new float[pixels];
    for (int r = 0; r < runs; r++) {
      join(runStart[r], runStart[r + 1]);
      search(r);
    }
  }

  /** Part of each channel in the mean. */
  static double[] shares(SpectralFit fit) {
    double[] out = new double[fit.channels()];
    double total = 0;
    for (int c = 0; c < out.length; c++) {
      total += fit.weight(c);
    }
    for (int c = 0; c < out.length; c++) {
      out[c] = fit.weight(c) / total;
    }
    return out;
  }

  private void join(int from, int to) {
    if (value.length == 1) {
      return;
    }
    Arrays.fill(joint, from, to, 0);
    for (int c = 0; c < value.length; c++) {
      float w = (float) share[c];
      float[] v = value[c];
      for (int i = from; i < to; i++) {
        joint[i] += w * v[i];
      }
    }
  }

  /** Finds the largest value of a run. */
  private void search(int run) {
    int from = runStart[run];
    int to = runStart[run + 1];
    boolean any = settings.sign() == CleanSettings.Sign.ANY;
    float best = Float.NEGATIVE_INFINITY;
    int at = from;
    if (any && factor == null) {
      for (int i = from; i < to; i++) {
        float v = Math.abs(joint[i]);
        if (v > best) {
          best = v;
          at = i;
        }
      }
    } else {
      for (int i = from; i < to; i++) {
        float v = any ? Math.abs(joint[i]) : joint[i];
        v = factor == null ? v : v * factor[i];
        if (v > best) {
          best = v;
          at = i;
        }
      }
    }
    runPeak[run] = best;
    runPeakAt[run] = at;
  }

  private int largest() {
    int best = 0;
    for (int r = 1; r < runs; r++) {
      if (runPeak[r] > runPeak[best]) {
        best = r;
      }
    }
    return best;
  }

  /** Largest value, times its factor; negative infinity of no pixels. */
  double peak() {
    return runs == 0 ? Double.NEGATIVE_INFINITY : runPeak[largest()];
  }

  /**
   * Finds components until the peak is at or below a level.
   *
   * @param psf by channel, (psfHeight, psfWidth), the middle at half of each
   * @param peaks of the point spread functions in their middle, by channel
   * @return the number of components
   */
  int run(
      float[][] psf,
      int psfWidth,
      int psfHeight,
      double[] peaks,
      double level,
      int mostIterations) {
    double[] taken = new double[value.length];
    double diverged = 2 * peak();
    int n = 0;
    while (n < mostIterations && runs > 0) {
      int best = largest();
      double peak = runPeak[best];
      if (!(peak > level) || peak > diverged) {
        break;
      }
      int at = runPeakAt[best];
      for (int c = 0; c < taken.length; c++) {
        taken[c] = settings.gain() * value[c][at] / peaks[c];
      }
      fit.constrain(taken);
      boolean nothing = true;
      for (int c = 0; c < taken.length; c++) {
        found[c][at] += (float) taken[c];
        nothing &= taken[c] == 0;
      }
      if (nothing) {
        break;
      }
      subtract(runX[best] + at - runStart[best], runY[best], psf, psfWidth, psfHeight, taken);
      n++;
    }
    return n;
  }

  private void subtract(int x, int y, float[][] psf, int psfWidth, int psfHeight, double[] taken) {
    int left = x - psfWidth / 2;
    int bottom = y - psfHeight / 2;
    for (int r = 0; r < runs; r++) {
      int row = runY[r] - bottom;
      if (row < 0 || row >= psfHeight) {
        continue;
      }
      int start = runStart[r];
      int skip = Math.max(0, left - runX[r]);
      int end = Math.min(runStart[r + 1], start + left + psfWidth - runX[r]);
      int from = start + skip;
      if (from >= end) {
        continue;
      }
      int offset = row * psfWidth + runX[r] - left - start;
      for (int c = 0; c < taken.length; c++) {
        subtract(value[c], psf[c], from, end, offset, (float) taken[c]);
      }
      join(from, end);
      search(r);
    }
  }

  private static void subtract(
      float[] value, float[] psf, int from, int end, int offset, float flux) {
    for (int i = from; i < end; i++) {
      value[i] -= flux * psf[i + offset];
    }
  }

  /** Puts what was found in a channel into a plane. */
  void scatter(int channel, float[] plane) {
    for (int r = 0; r < runs; r++) {
      int to = runY[r] * width + runX[r] - runStart[r];
      for (int i = runStart[r]; i < runStart[r + 1]; i++) {
        plane[to + i] += found[channel][i];
      }
    }
  }

  /** Puts the places of components into a mask. */
  void places(PlaneMask mask) {
    for (int r = 0; r < runs; r++) {
      for (int i = runStart[r]; i < runStart[r + 1]; i++) {
        for (float[] f : found) {
          if (f[i] != 0) {
            mask.add(runY[r] * width + runX[r] + i - runStart[r]);
          }
        }
      }
    }
  }
}
