package org.cornerturn.imagequality;

import org.cornerturn.crew.Crew;
import org.cornerturn.plane.RobustNoise;

/**
 * What is measured of an image; nothing in it is assumed. NaN where there is nothing to measure.
 *
 * @param pixels of the image
 * @param blank pixels that are NaN
 * @param zeros pixels that are exactly 0
 * @param infinite pixels that are infinite
 * @param median of the pixels, sources left out
 * @param rms noise: 1.4826 times the median absolute deviation, values beyond 4 sigma left out
 *     again and again
 * @param peak largest pixel
 * @param peakX its column
 * @param peakY its row
 * @param minimum smallest pixel
 * @param above5 pixels above 5 sigma
 * @param below5 pixels below -5 sigma: a sound image of noise and sources has none
 * @param negativeFraction part of the pixels below -3 sigma; 0.00135 of normal noise
 * @param edgeRatio noise in the outer tenth over that of the inner half
 * @param banding spread of the medians of rows and of columns, over what normal noise gives
 */
public record ImageQuality(
    long pixels,
    long blank,
    long zeros,
    long infinite,
    double median,
    double rms,
    double peak,
    int peakX,
    int peakY,
    double minimum,
    long above5,
    long below5,
    double negativeFraction,
    double edgeRatio,
    double banding) {
  private static final double CLIP = 4;
  private static final int FEWEST = 16;

  /** Columns that are read together: a line of the cache. */
  private static final int TOGETHER = 16;

  /** Peak over noise. */
  public double dynamicRange() {
    return peak / rms;
  }

  /** Noise over what is expected of the receivers. */
  public double noiseOverTheory(double theoreticalRms) {
    return rms / theoreticalRms;
  }

  /**
   * @param plane (height, width)
   */
  public static ImageQuality measure(float[] plane, int width, int height) {
    return measure(plane, width, height, Crew.alone());
  }

  /** The same, by several threads. */
  public static ImageQuality measure(float[] plane, int width, int height, Crew crew) {
    if (plane.length != Math.multiplyExact(width, height)) {
      throw new IllegalArgumentException("a plane of another size");
    }
    RobustNoise[] clipped = new RobustNoise[1];
    double[] edgeRatio = new double[1];
    crew.each(
        2,
        (item, member) -> {
          if (item == 0) {
            clipped[0] = RobustNoise.clipped(plane, CLIP);
          } else {
            edgeRatio[0] = edgeRatio(plane, width, height);
          }
        });
    RobustNoise noise = clipped[0];
    long blank = 0;
    long zeros = 0;
    long infinite = 0;
    long above = 0;
    long below = 0;
    long negative = 0;
    int highest = -1;
    int lowest = -1;
    for (int i = 0; i < plane.length; i++) {
      float v = plane[i];
      if (Float.isNaN(v)) {
        blank++;
        continue;
      }
      zeros += v == 0 ? 1 : 0;
      infinite += Float.isInfinite(v) ? 1 : 0;
      double offset = v - noise.median();
      above += offset > 5 * noise.rms() ? 1 : 0;
      below += offset < -5 * noise.rms() ? 1 : 0;
      negative += offset < -3 * noise.rms() ? 1 : 0;
      highest = highest < 0 || v > plane[highest] ? i : highest;
      lowest = lowest < 0 || v < plane[lowest] ? i : lowest;
    }
    long seen = plane.length - blank;
    return new ImageQuality(
        plane.length,
        blank,
        zeros,
        infinite,
        noise.median(),
        noise.rms(),
        highest < 0 ? Double.NaN : plane[highest],
        highest < 0 ? -1 : highest % width,
        highest < 0 ? -1 : highest / width,
        lowest < 0 ? Double.NaN : plane[lowest],
        above,
        below,
        seen == 0 ? Double.NaN : (double) negative / seen,
        edgeRatio[0],
        banding(plane, width, height, noise.rms(), crew));
  }

  private static double edgeRatio(float[] plane, int width, int height) {
    int bx = Math.max(1, width / 10);
    int by = Math.max(1, height / 10);
    float[] edge = new float[plane.length];
    float[] middle = new float[plane.length];
    int edges = 0;
    int middles = 0;
    for (int i = 0; i < plane.length; i++) {
      int x = Math.min(i % width, width - 1 - i % width);
      int y = Math.min(i / width, height - 1 - i / width);
      if (x < bx || y < by) {
        edge[edges++] = plane[i];
      } else if (x >= width / 4 && y >= height / 4) {
        middle[middles++] = plane[i];
      }
    }
    double outer = RobustNoise.of(edge, 0, edges).rms();
    return outer / RobustNoise.of(middle, 0, middles).rms();
  }

  private static double banding(float[] plane, int width, int height, double rms, Crew crew) {
    float[] rows = new float[height];
    crew.each(height, (y, member) -> rows[y] = level(plane, y * width, (y + 1) * width, rms));
    float[] columns = new float[width];
    float[][] room = new float[crew.size()][TOGETHER * height];
    crew.each(
        (width + TOGETHER - 1) / TOGETHER,
        (piece, member) -> {
          float[] some = room[member];
          int x = piece * TOGETHER;
          int n = Math.min(TOGETHER, width - x);
          for (int y = 0; y < height; y++) {
            for (int c = 0; c < n; c++) {
              some[c * height + y] = plane[y * width + x + c];
            }
          }
          for (int c = 0; c < n; c++) {
            columns[x + c] = level(some, c * height, (c + 1) * height, rms);
          }
        });
    // NaN, of lines that are blank, doesn't count.
    return Math.max(RobustNoise.of(rows).rms(), RobustNoise.of(columns).rms());
  }

  /** A line's median in units of what the median of so many normal numbers varies by. */
  private static float level(float[] line, int from, int to, double rms) {
    int count = 0;
    for (int i = from; i < to; i++) {
      count += Float.isNaN(line[i]) ? 0 : 1;
    }
    if (count < FEWEST) {
      return Float.NaN;
    }
    double median = RobustNoise.median(line, from, to);
    return (float) (median / (rms * Math.sqrt(Math.PI / 2 / count)));
  }

  /**
   * Mean in a ring about a source, relative to its peak: a bowl that missing short baselines leave
   * is negative.
   *
   * @param inner radius of the ring in pixels
   * @param outer radius
   * @param noise pixels more than 3 of it above 0 belong to other sources
   */
  public static double bowl(
      float[] plane,
      int width,
      int height,
      int x,
      int y,
      double inner,
      double outer,
      double noise) {
    double sum = 0;
    int count = 0;
    int reach = (int) Math.ceil(outer);
    for (int j = Math.max(0, y - reach); j < Math.min(height, y + reach + 1); j++) {
      for (int i = Math.max(0, x - reach); i < Math.min(width, x + reach + 1); i++) {
        double r = Math.hypot(i - x, j - y);
        float v = plane[j * width + i];
        if (r >= inner && r <= outer && v <= 3 * noise) {
          sum += v;
          count++;
        }
      }
    }
    return sum / count / plane[y * width + x];
  }
}
