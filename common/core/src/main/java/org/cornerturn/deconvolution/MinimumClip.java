package org.cornerturn.deconvolution;

import java.util.Arrays;
import org.cornerturn.plane.BeamKernel;
import org.cornerturn.plane.PlaneMask;
import org.cornerturn.sky.GaussianBeam;
import org.cornerturn.sky.Wcs;

/**
 * A mask of what stands higher above 0 than anything about it lies below: artefacts are as deep as
 * they are high, sources are not. A pixel is chosen above a factor times the absolute minimum of
 * the box around it. Where more than half of a box and some is positive, extended emission hides
 * the minimum, and larger boxes take its place.
 *
 * @param factor on the absolute minimum
 * @param box side of the box in pixels, the first time
 * @param depth how many times boxes may grow
 * @param step by which they grow
 * @param skew part of a box above a half that may be positive
 */
public record MinimumClip(double factor, int box, int depth, double step, double skew) {
  /** Factor 2, boxes of 100 pixels, three times twice as large, 0.2. */
  public static final MinimumClip USUAL = new MinimumClip(2, 100, 3, 2, 0.2);

  public MinimumClip {
    if (!(factor > 0 && step > 1 && skew >= 0) || box < 1 || depth < 0) {
      throw new IllegalArgumentException("factor " + factor + ", boxes of " + box);
    }
  }

  /**
   * @param plane (height, width); NaN is neither counted nor chosen
   */
  public PlaneMask mask(float[] plane, int width, int height) {
    float[] minimum = minima(plane, width, height, box);
    double side = box;
    for (int round = 0; round < depth && side < Math.min(width, height); round++) {
      double wider = side * step;
      float[] positive = positives(plane, width, height, (int) side);
      float[] next = minima(plane, width, height, (int) wider);
      boolean any = false;
      for (int i = 0; i < minimum.length; i++) {
        if (positive[i] > 0.5 + skew) {
          minimum[i] = next[i];
          any = true;
        }
      }
      if (!any) {
        break;
      }
      side = wider;
    }
    PlaneMask out = PlaneMask.none(width, height);
    for (int i = 0; i < minimum.length; i++) {
      if (plane[i] > factor * Math.abs(minimum[i])) {
        out.add(i);
      }
    }
    return out;
  }

  /**
   * Pixels about which a beam, down to a part of its height, has room in the mask: what is narrower
   * than the beam is no source.
   *
   * @param level part of the height, such as 0.6
   */
  public static PlaneMask eroded(PlaneMask mask, GaussianBeam beam, Wcs wcs, double level) {
    BeamKernel kernel = BeamKernel.of(beam, wcs);
    int side = kernel.side();
    int reach = kernel.reach();
    PlaneMask out = PlaneMask.none(mask.width(), mask.height());
    for (int y = 0; y < mask.height(); y++) {
      for (int x = mask.runStart(y, 0); x < mask.width(); x = mask.runStart(y, x + 1)) {
        boolean fits = true;
        for (int k = 0; fits && k < kernel.values().length; k++) {
          fits =
              kernel.values()[k] < level
                  || mask.contains(x + k % side - reach, y + k / side - reach);
        }
        if (fits) {
          out.add(x, y);
        }
      }
    }
    return out;
  }

  /** Minimum of the box around each pixel; infinite where all of it is NaN. */
  private static float[] minima(float[] plane, int width, int height, int box) {
    float[] rows = new float[plane.length];
    float[] line = new float[Math.max(width, height)];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        float v = plane[y * width + x];
        line[x] = Float.isNaN(v) ? Float.POSITIVE_INFINITY : v;
      }
      slide(line, width, box, rows, y * width, 1);
    }
    float[] out = new float[plane.length];
    for (int x = 0; x < width; x++) {
      for (int y = 0; y < height; y++) {
        line[y] = rows[y * width + x];
      }
      slide(line, height, box, out, x, width);
    }
    return out;
  }

  /** Minima of windows in linear time: a queue of candidates, the least first. */
  private static void slide(float[] line, int n, int box, float[] out, int at, int stride) {
    int before = box / 2;
    int after = box - 1 - before;
    int[] queue = new int[n];
    int head = 0;
    int tail = 0;
    int next = 0;
    for (int i = 0; i < n; i++) {
      for (; next < n && next <= i + after; next++) {
        while (tail > head && line[queue[tail - 1]] >= line[next]) {
          tail--;
        }
        queue[tail++] = next;
      }
      while (queue[head] < i - before) {
        head++;
      }
      out[at + i * stride] = line[queue[head]];
    }
  }

  /** Part of the box around each pixel that is above 0, of what isn't NaN. */
  private static float[] positives(float[] plane, int width, int height, int box) {
    long[] positive = new long[(width + 1) * (height + 1)];
    long[] seen = new long[positive.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        float v = plane[y * width + x];
        int here = (y + 1) * (width + 1) + x + 1;
        positive[here] = (v > 0 ? 1 : 0) + around(positive, here, width);
        seen[here] = (Float.isNaN(v) ? 0 : 1) + around(seen, here, width);
      }
    }
    float[] out = new float[plane.length];
    Arrays.fill(out, Float.NaN);
    int before = box / 2;
    int after = box - before;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int left = Math.max(0, x - before);
        int right = Math.min(width, x + after);
        int low = Math.max(0, y - before) * (width + 1);
        int high = Math.min(height, y + after) * (width + 1);
        long count = seen[high + right] - seen[high + left] - seen[low + right] + seen[low + left];
        long above =
            positive[high + right]
                - positive[high + left]
                - positive[low + right]
                + positive[low + left];
        out[y * width + x] = (float) above / count;
      }
    }
    return out;
  }

  private static long around(long[] sums, int here, int width) {
    return sums[here - 1] + sums[here - width - 1] - sums[here - width - 2];
  }
}
