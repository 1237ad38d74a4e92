package org.cornerturn.image;

import java.util.Arrays;

/**
 * How brightness follows from values.
 *
 * @param curve between the limits
 * @param low value that is darkest
 * @param high value that is brightest
 */
public record Stretch(Curve curve, double low, double high) {
  /** Values that limits are found from, spread over the plane: more change nothing to the eye. */
  private static final int SAMPLE = 100_000;

  /** Contrast of the zscale limits, as in IRAF. */
  private static final double CONTRAST = 0.25;

  private static final double SOFTENING = 0.1;

  /** Curves from 0 to 1. */
  public enum Curve {
    LINEAR {
      @Override
      double apply(double part) {
        return part;
      }
    },
    SQUARE_ROOT {
      @Override
      double apply(double part) {
        return Math.sqrt(part);
      }
    },
    /** Linear to a tenth of the way, then as a logarithm. */
    ASINH {
      @Override
      double apply(double part) {
        return asinh(part / SOFTENING) / asinh(1 / SOFTENING);
      }
    },
    LOGARITHM {
      @Override
      double apply(double part) {
        return Math.log1p(1000 * part) / Math.log1p(1000);
      }
    };

    abstract double apply(double part);

    private static double asinh(double x) {
      return Math.log(x + Math.sqrt(x * x + 1));
    }
  }

  public Stretch {
    if (!(high >= low) || Double.isInfinite(high - low)) {
      throw new IllegalArgumentException("limits of " + low + " and " + high);
    }
  }

  /**
   * Between two percentiles of the values that aren't NaN.
   *
   * @param lower such as 0.25
   * @param upper such as 99.75
   */
  public static Stretch percentiles(Curve curve, float[] plane, double lower, double upper) {
    float[] sorted = sample(plane);
    if (sorted.length == 0) {
      return new Stretch(curve, 0, 0);
    }
    return new Stretch(curve, at(sorted, lower / 100), at(sorted, upper / 100));
  }

  /**
   * IRAF's zscale: a line through the sorted values about their median, its slope over the
   * contrast, within the range of the values.
   */
  public static Stretch zscale(Curve curve, float[] plane) {
    float[] sorted = sample(plane);
    int n = sorted.length;
    if (n == 0) {
      return new Stretch(curve, 0, 0);
    }
    double median = at(sorted, 0.5);
    // Middle half: sources and artefacts are in the rest.
    int from = n / 4;
    int to = Math.max(from + 1, n - n / 4);
    double sx = 0;
    double sxx = 0;
    double sy = 0;
    double sxy = 0;
    for (int i = from; i < to; i++) {
      double x = i - (n - 1) / 2.0;
      sx += x;
      sxx += x * x;
      sy += sorted[i];
      sxy += x * sorted[i];
    }
    int k = to - from;
    double spread = k * sxx - sx * sx;
    double slope = spread > 0 ? Math.max(0, (k * sxy - sx * sy) / spread) : 0;
    double half = slope / CONTRAST * (n - 1) / 2;
    return new Stretch(
        curve, Math.max(sorted[0], median - half), Math.min(sorted[n - 1], median + half));
  }

  private static float[] sample(float[] plane) {
    int step = Math.max(1, plane.length / SAMPLE);
    float[] out = new float[plane.length / step + 1];
    int n = 0;
    for (int i = 0; i < plane.length; i += step) {
      if (Float.isFinite(plane[i])) {
        out[n++] = plane[i];
      }
    }
    float[] kept = Arrays.copyOf(out, n);
    Arrays.sort(kept);
    return kept;
  }

  private static double at(float[] sorted, double part) {
    double place = Math.max(0, Math.min(1, part)) * (sorted.length - 1);
    int i = (int) place;
    double next = sorted[Math.min(i + 1, sorted.length - 1)];
    return sorted[i] + (place - i) * (next - sorted[i]);
  }

  /** Brightness of a value, 0 to 1; NaN of NaN. */
  public double part(double value) {
    if (Double.isNaN(value)) {
      return Double.NaN;
    }
    double span = high - low;
    double part = span > 0 ? (value - low) / span : value > high ? 1 : 0;
    return curve.apply(Math.max(0, Math.min(1, part)));
  }
}
