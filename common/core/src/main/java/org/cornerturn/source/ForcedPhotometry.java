package org.cornerturn.source;

import java.util.Arrays;
import java.util.List;
import org.cornerturn.plane.CutOut;

/**
 * Fluxes of points at given places: the pixels within one and a half beams weighted with the beam,
 * {@code S = sum(d k / n^2) / sum(k^2 / n^2)}; places closer than that are solved for together.
 * What each is in error by follows from the noise and its correlation.
 */
public final class ForcedPhotometry {
  /** Beams about a place whose pixels count; also how close places are solved together. */
  static final double BEAMS = 1.5;

  /** Places closer than this part of a beam are the same. */
  private static final double SAME = 0.15;

  /** Most places that are solved together. */
  private static final int MOST = 64;

  /** Part of the beam's weight that must not be blank. */
  private static final double LEAST_PART = 0.5;

  private final PixelShape beam;
  private final double[] bell;
  private final int half;
  private final double whole;
  private final NoiseCorrelation correlation;

  public ForcedPhotometry(PixelShape beam, NoiseCorrelation correlation) {
    this.beam = beam;
    this.bell = beam.inverse();
    this.half = half(beam);
    this.whole = Arrays.stream(kernel(beam, half)).map(k -> k * k).sum();
    this.correlation = correlation;
  }

  /** Pixels beyond a place that count. */
  static int half(PixelShape beam) {
    return Math.max(1, (int) Math.ceil(BEAMS * beam.major()));
  }

  /** Pixels that a window needs beyond its places: what counts, and close places. */
  public static int reach(PixelShape beam) {
    return 4 * half(beam);
  }

  /** A beam in the middle of a square, height 1. */
  static double[] kernel(PixelShape beam, int half) {
    double[] q = beam.inverse();
    int side = 2 * half + 1;
    double[] out = new double[side * side];
    for (int i = 0; i < out.length; i++) {
      double dx = i % side - half;
      double dy = i / side - half;
      out[i] = Math.exp(-(q[0] * dx * dx + 2 * q[1] * dx * dy + q[2] * dy * dy) / 2);
    }
    return out;
  }

  /**
   * Measures.
   *
   * @param plane pixels of the window, (y, x); NaN where blank
   * @param window in the image
   * @param background of all of the window that places need
   * @param x of the places, in the image
   * @param y of the places
   */
  public ForcedFlux[] measure(
      float[] plane, CutOut window, Background background, double[] x, double[] y) {
    ForcedFlux[] out = new ForcedFlux[x.length];
    Field field = new Field(plane, window, background);
    for (List<Integer> group :
        CloseGroups.of(x, y, BEAMS * beam.major(), p -> isMeasurable(window, x[p], y[p]))) {
      int[] distinct = distinct(group, x, y);
      if (distinct.length == 1 || distinct.length > MOST) {
        for (int p : distinct) {
          out[p] = single(field, x[p], y[p]);
        }
      } else {
        together(field, distinct, x, y, out);
      }
      for (int p : group) {
        if (out[p] == null) {
          out[p] = out[nearest(p, distinct, x, y)];
        }
      }
    }
    for (int p = 0; p < out.length; p++) {
      out[p] = out[p] == null ? ForcedFlux.NONE : out[p];
    }
    return out;
  }

  private record Field(float[] plane, CutOut window, Background background) {
    int at(int x, int y) {
      return (y - window.y()) * window.width() + x - window.x();
    }
  }

  private static boolean isMeasurable(CutOut window, double x, double y) {
    return x > window.x() - 0.5
        && y > window.y() - 0.5
        && x < window.x() + window.width() - 0.5
        && y < window.y() + window.height() - 0.5;
  }

  private int[] distinct(List<Integer> group, double[] x, double[] y) {
    int[] out = new int[group.size()];
    int n = 0;
    double same = SAME * beam.minor();
    for (int p : group) {
      boolean fresh = true;
      for (int i = 0; i < n && fresh; i++) {
        fresh = Math.hypot(x[p] - x[out[i]], y[p] - y[out[i]]) >= same;
      }
      if (fresh) {
        out[n++] = p;
      }
    }
    return Arrays.copyOf(out, n);
  }

  private static int nearest(int p, int[] among, double[] x, double[] y) {
    int best = among[0];
    for (int q : among) {
      if (Math.hypot(x[p] - x[q], y[p] - y[q]) < Math.hypot(x[p] - x[best], y[p] - y[best])) {
        best = q;
      }
    }
    return best;
  }

  private double bell(double dx, double dy) {
    return Math.exp(-(bell[0] * dx * dx + 2 * bell[1] * dx * dy + bell[2] * dy * dy) / 2);
  }

  private ForcedFlux single(Field f, double x, double y) {
    CutOut w = f.window();
    int px = (int) Math.floor(x + 0.5);
    int py = (int) Math.floor(y + 0.5);
    double level = f.background().levelAt(px, py);
    double rms = f.background().rmsAt(px, py);
    double dk = 0;
    double kk = 0;
    double plain = 0;
    double dd = 0;
    int count = 0;
    for (int j = Math.max(w.y(), py - half);
        j <= Math.min(w.y() + w.height() - 1, py + half);
        j++) {
      int row = f.at(0, j);
      for (int i = Math.max(w.x(), px - half);
          i <= Math.min(w.x() + w.width() - 1, px + half);
          i++) {
        double n = f.background().rmsAt(i, j);
        double d = f.plane()[row + i] - f.background().levelAt(i, j);
        double weight = 1 / (n * n);
        if (!(d * weight - d * weight == 0)) {
          continue;
        }
        double k = bell(i - x, j - y);
        plain += k * k;
        dk += d * k * weight;
        kk += k * k * weight;
        dd += d * d * weight;
        count++;
      }
    }
    if (!(plain >= LEAST_PART * whole) || !(rms > 0)) {
      return ForcedFlux.NONE;
    }
    double flux = dk / kk;
    // With blank pixels the sum has less of the noise, as it has less of the weight.
    double error = rms * Math.sqrt(correlation.filtered(0, 0) / whole / plain);
    return new ForcedFlux(flux, error, level, rms, dd - flux * dk, count - 1, 1);
  }

  private void together(Field f, int[] places, double[] x, double[] y, ForcedFlux[] out) {
    int n = places.length;
    double[] normal = new double[n * n];
    double[] right = new double[n];
    double[] plain = new double[n];
    double[] k = new double[n];
    CutOut w = f.window();
    int x0 = Integer.MAX_VALUE;
    int y0 = Integer.MAX_VALUE;
    int x1 = Integer.MIN_VALUE;
    int y1 = Integer.MIN_VALUE;
    for (int p : places) {
      x0 = Math.min(x0, (int) Math.floor(x[p] + 0.5) - half);
      y0 = Math.min(y0, (int) Math.floor(y[p] + 0.5) - half);
      x1 = Math.max(x1, (int) Math.floor(x[p] + 0.5) + half);
      y1 = Math.max(y1, (int) Math.floor(y[p] + 0.5) + half);
    }
    double dd = 0;
    int count = 0;
    for (int j = Math.max(w.y(), y0); j <= Math.min(w.y() + w.height() - 1, y1); j++) {
      for (int i = Math.max(w.x(), x0); i <= Math.min(w.x() + w.width() - 1, x1); i++) {
        double noise = f.background().rmsAt(i, j);
        double d = f.plane()[f.at(i, j)] - f.background().levelAt(i, j);
        double weight = 1 / (noise * noise);
        boolean near = false;
        for (int a = 0; a < n; a++) {
          double dx = i - x[places[a]];
          double dy = j - y[places[a]];
          near |= Math.abs(dx) <= half && Math.abs(dy) <= half;
          k[a] = bell(dx, dy);
        }
        if (!near || !(d * weight - d * weight == 0)) {
          continue;
        }
        for (int a = 0; a < n; a++) {
          plain[a] += k[a] * k[a];
          right[a] += d * k[a] * weight;
          for (int b = 0; b < n; b++) {
            normal[a * n + b] += k[a] * k[b] * weight;
          }
        }
        dd += d * d * weight;
        count++;
      }
    }
    for (double p : plain) {
      if (!(p >= LEAST_PART * whole)) {
        // Some of them are at blank pixels: each for itself.
        for (int q : places) {
          out[q] = single(f, x[q], y[q]);
        }
        return;
      }
    }
    double[] flux = new double[n];
    GaussianFit.solve(normal.clone(), right, flux, n);
    double chi = dd;
    for (int a = 0; a < n; a++) {
      chi -= flux[a] * right[a];
    }
    double[] unit = new double[n];
    double[] row = new double[n];
    for (int a = 0; a < n; a++) {
      int p = places[a];
      int px = (int) Math.floor(x[p] + 0.5);
      int py = (int) Math.floor(y[p] + 0.5);
      Arrays.fill(unit, 0);
      unit[a] = 1;
      // A row of the inverse, on either side of the covariance of the sums.
      GaussianFit.solve(normal.clone(), unit, row, n);
      double variance = 0;
      for (int b = 0; b < n; b++) {
        for (int c = 0; c < n; c++) {
          double dx = x[places[b]] - x[places[c]];
          double dy = y[places[b]] - y[places[c]];
          variance += row[b] * row[c] * correlation.filtered(dx, dy);
        }
      }
      double rms = f.background().rmsAt(px, py);
      double error = Math.sqrt(Math.max(0, variance)) / rms;
      double level = f.background().levelAt(px, py);
      out[p] = new ForcedFlux(flux[a], error, level, rms, chi, count - n, n);
    }
  }
}
