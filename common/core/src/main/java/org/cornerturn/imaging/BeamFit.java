package org.cornerturn.imaging;

import java.util.Optional;
import org.cornerturn.sky.GaussianBeam;

/**
 * The elliptical Gaussian of height 1 in the centre that is nearest, by least squares, to the
 * middle of a point spread function: all pixels within a few widths of it, as other imagers have it
 * too. Where there are sidelobes above half of the peak among them, which would widen the beam
 * until it spans them, only the main lobe counts: what is above half of the peak and joined to the
 * middle.
 */
public final class BeamFit {
  /** Half of the fitted square over the width at half maximum. */
  private static final int REACH = 5;

  private static final int ITERATIONS = 200;

  /** Of the peak: a sidelobe is high, and the main lobe is there, above it. */
  private static final float HIGH = 0.5f;

  /** Pixels of a main lobe that is fitted for itself, at least. */
  private static final int FEWEST = 9;

  private BeamFit() {}

  /**
   * Fits a point spread function with its peak of 1 in pixel (width / 2, height / 2).
   *
   * @param pixels (y, x)
   * @return none where no Gaussian can be fitted: nothing was gridded, or the beam fills the image
   */
  public static Optional<GaussianBeam> of(ImageGeometry geometry, float[] pixels) {
    double peak = pixels[geometry.height() / 2 * geometry.width() + geometry.width() / 2];
    if (!(Math.abs(peak - 1) < 0.1)) {
      return Optional.empty();
    }
    double[] shape = start(geometry, pixels);
    if (shape == null) {
      return Optional.empty();
    }
    double widest = width(shape, 1);
    int reach = (int) Math.ceil(REACH * widest);
    int reachX = Math.min(reach, geometry.width() / 2 - 1);
    int reachY = Math.min(reach, geometry.height() / 2 - 1);
    Window window = new Window(geometry, pixels, reachX, reachY, null);
    double[] fitted = fit(window.orMainLobe(), shape);
    return fitted == null ? Optional.empty() : Optional.of(beam(fitted, geometry.pixelRad()));
  }

  /**
   * Half widths at half maximum along four lines through the centre, as a quadratic form; null
   * where the half isn't reached.
   */
  private static double[] start(ImageGeometry geometry, float[] pixels) {
    double[] form = new double[4];
    int[][] lines = {{1, 0}, {0, 1}, {1, 1}, {1, -1}};
    for (int i = 0; i < 4; i++) {
      double reached = half(geometry, pixels, lines[i][0], lines[i][1]);
      if (Double.isNaN(reached)) {
        return null;
      }
      form[i] = Math.log(2) / (reached * reached);
    }
    double[] shape = {form[0], form[1], (form[2] - form[3]) / 2};
    double bound = 1.8 * Math.sqrt(shape[0] * shape[1]);
    shape[2] = Math.max(-bound, Math.min(bound, shape[2]));
    return shape;
  }

  private static double half(ImageGeometry geometry, float[] pixels, int dx, int dy) {
    int width = geometry.width();
    double before = 1;
    for (int step = 1; ; step++) {
      int x = width / 2 + step * dx;
      int y = geometry.height() / 2 + step * dy;
      if (x >= width || y < 0 || y >= geometry.height()) {
        return Double.NaN;
      }
      double here = pixels[y * width + x];
      if (here < 0.5) {
        return step - 1 + (before - 0.5) / (before - here);
      }
      before = here;
    }
  }

  /**
   * What is fitted.
   *
   * @param reachX columns to either side of the middle
   * @param reachY rows
   * @param chosen pixels that count, (row, column) of the window; null for all
   */
  private record Window(
      ImageGeometry geometry, float[] pixels, int reachX, int reachY, boolean[] chosen) {
    private int columns() {
      return 2 * reachX + 1;
    }

    float at(int dx, int dy) {
      int row = geometry.height() / 2 + dy;
      return pixels[row * geometry.width() + geometry.width() / 2 + dx];
    }

    boolean counts(int dx, int dy) {
      return chosen == null || chosen[(dy + reachY) * columns() + dx + reachX];
    }

    /** The main lobe alone where a sidelobe is high. */
    Window orMainLobe() {
      boolean[] lobe = mainLobe();
      int inside = 0;
      boolean others = false;
      for (int dy = -reachY, i = 0; dy <= reachY; dy++) {
        for (int dx = -reachX; dx <= reachX; dx++, i++) {
          inside += lobe[i] ? 1 : 0;
          others |= at(dx, dy) > HIGH && !lobe[i];
        }
      }
      return others && inside >= FEWEST ? new Window(geometry, pixels, reachX, reachY, lobe) : this;
    }

    private boolean[] mainLobe() {
      int columns = columns();
      boolean[] lobe = new boolean[columns * (2 * reachY + 1)];
      int[] open = new int[lobe.length];
      int n = 0;
      int middle = reachY * columns + reachX;
      lobe[middle] = true;
      open[n++] = middle;
      int[][] steps = {{1, 0}, {-1, 0}, {0, 1}, {0, -1}};
      while (n > 0) {
        int i = open[--n];
        for (int[] step : steps) {
          int dx = i % columns - reachX + step[0];
          int dy = i / columns - reachY + step[1];
          int next = (dy + reachY) * columns + dx + reachX;
          if (Math.abs(dx) <= reachX
              && Math.abs(dy) <= reachY
              && !lobe[next]
              && at(dx, dy) > HIGH) {
            lobe[next] = true;
            open[n++] = next;
          }
        }
      }
      return lobe;
    }
  }

  /** Levenberg and Marquardt's way to the least squares of exp(-(a x^2 + b y^2 + c x y)). */
  private static double[] fit(Window window, double[] start) {
    double[] shape = start;
    double damping = 1e-3;
    double[] normal = new double[9];
    double error = normal(window, shape, normal);
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      double[] step = solve(normal, damping);
      double[] next = {shape[0] + step[0], shape[1] + step[1], shape[2] + step[2]};
      boolean ellipse = next[0] > 0 && next[1] > 0 && next[2] * next[2] < 4 * next[0] * next[1];
      double[] nextNormal = new double[9];
      double nextError = ellipse ? normal(window, next, nextNormal) : Double.POSITIVE_INFINITY;
      if (nextError <= error) {
        boolean done = error - nextError <= 1e-12 * error;
        shape = next;
        error = nextError;
        normal = nextNormal;
        damping *= 0.2;
        if (done) {
          return shape;
        }
      } else {
        damping *= 5;
        if (damping > 1e12) {
          return shape;
        }
      }
    }
    return null;
  }

  /** Sum of squared residuals; the normal matrix (6 numbers) and right side (3) on the way. */
  private static double normal(Window window, double[] shape, double[] normal) {
    double error = 0;
    for (int dy = -window.reachY; dy <= window.reachY; dy++) {
      for (int dx = -window.reachX; dx <= window.reachX; dx++) {
        if (!window.counts(dx, dy)) {
          continue;
        }
        double xx = (double) dx * dx;
        double yy = (double) dy * dy;
        double xy = (double) dx * dy;
        double model = Math.exp(-(shape[0] * xx + shape[1] * yy + shape[2] * xy));
        double residual = window.at(dx, dy) - model;
        error += residual * residual;
        double ga = -xx * model;
        double gb = -yy * model;
        double gc = -xy * model;
        normal[0] += ga * ga;
        normal[1] += ga * gb;
        normal[2] += ga * gc;
        normal[3] += gb * gb;
        normal[4] += gb * gc;
        normal[5] += gc * gc;
        normal[6] += ga * residual;
        normal[7] += gb * residual;
        normal[8] += gc * residual;
      }
    }
    return error;
  }

  /** The step of three unknowns, by Cramer's rule. */
  private static double[] solve(double[] n, double damping) {
    double a = n[0] * (1 + damping);
    double d = n[3] * (1 + damping);
    double f = n[5] * (1 + damping);
    double b = n[1];
    double c = n[2];
    double e = n[4];
    double ca = d * f - e * e;
    double cb = c * e - b * f;
    double cc = b * e - c * d;
    double determinant = a * ca + b * cb + c * cc;
    return new double[] {
      (ca * n[6] + cb * n[7] + cc * n[8]) / determinant,
      (cb * n[6] + (a * f - c * c) * n[7] + (b * c - a * e) * n[8]) / determinant,
      (cc * n[6] + (b * c - a * e) * n[7] + (a * d - b * b) * n[8]) / determinant
    };
  }

  /** Full width at half maximum along the minor (0) or major (1) axis, pixels. */
  private static double width(double[] shape, int axis) {
    double mean = (shape[0] + shape[1]) / 2;
    double spread = Math.hypot((shape[0] - shape[1]) / 2, shape[2] / 2);
    return 2 * Math.sqrt(Math.log(2) / (axis == 1 ? mean - spread : mean + spread));
  }

  private static GaussianBeam beam(double[] shape, double pixelRad) {
    // East is towards smaller x: with l = -x the mixed term changes its sign.
    double ee = shape[0];
    double nn = shape[1];
    double en = -shape[2];
    // The major axis is where the form is least: the angle from north of its eigenvector.
    double angle = Math.atan2(-en, ee - nn) / 2;
    double turned = angle < 0 ? angle + Math.PI : angle;
    return new GaussianBeam(
        width(shape, 1) * pixelRad, width(shape, 0) * pixelRad, turned % Math.PI);
  }
}
