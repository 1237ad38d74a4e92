package org.cornerturn.source;

import java.util.Arrays;

/**
 * Elliptical Gaussians fitted to pixels by least squares (Levenberg, Marquardt) with the analytic
 * derivatives. A component has six parameters: height, x, y, and the elements xx, xy, yy of the
 * inverse covariance; the last three may be held fast. For one thread.
 */
final class GaussianFit {
  static final int PARAMETERS = 6;
  private static final int STEPS = 100;
  private static final double CONVERGED = 1e-8;
  private static final double FARTHEST = 40;

  private final double[] x;
  private final double[] y;
  private final double[] value;
  private final double[] weight;
  private final int count;

  // Centres stay within these.
  private final double[] box;

  private double[] parameters;
  private int[] free;
  private double chiSquared;
  private boolean converged;

  /**
   * @param weight of each pixel, one over the variance
   * @param count of pixels
   * @param box least x, least y, most x, most y of a centre
   */
  GaussianFit(double[] x, double[] y, double[] value, double[] weight, int count, double[] box) {
    this.x = x;
    this.y = y;
    this.value = value;
    this.weight = weight;
    this.count = count;
    this.box = box;
  }

  /** Parameters of the components, one after the other. */
  double[] parameters() {
    return parameters.clone();
  }

  double chiSquared() {
    return chiSquared;
  }

  boolean isConverged() {
    return converged;
  }

  /**
   * Fits.
   *
   * @param start parameters to begin with
   * @param shapes whether shapes are free, too
   */
  void fit(double[] start, boolean shapes) {
    parameters = start.clone();
    free = new int[start.length / PARAMETERS * (shapes ? PARAMETERS : 3)];
    for (int i = 0, n = 0; i < start.length; i++) {
      if (shapes || i % PARAMETERS < 3) {
        free[n++] = i;
      }
    }
    converged = false;
    int m = free.length;
    double[] normal = new double[m * m];
    double[] gradient = new double[m];
    double[] matrix = new double[m * m];
    double[] step = new double[m];
    double[] trial = new double[start.length];
    chiSquared = accumulate(parameters, normal, gradient);
    double lambda = 1e-3;
    for (int s = 0; s < STEPS && !converged; s++) {
      System.arraycopy(normal, 0, matrix, 0, m * m);
      for (int i = 0; i < m; i++) {
        matrix[i * m + i] += lambda * normal[i * m + i];
      }
      double chi = Double.NaN;
      if (solve(matrix, gradient, step, m)) {
        System.arraycopy(parameters, 0, trial, 0, trial.length);
        for (int i = 0; i < m; i++) {
          trial[free[i]] += step[i];
        }
        chi = isAllowed(trial) ? chiSquared(trial) : Double.NaN;
      }
      if (chi <= chiSquared) {
        converged = chiSquared - chi <= CONVERGED * chiSquared;
        System.arraycopy(trial, 0, parameters, 0, trial.length);
        chiSquared = converged ? chi : accumulate(parameters, normal, gradient);
        lambda = Math.max(1e-12, lambda / 10);
      } else if (lambda > 1e10) {
        // No step makes it better: this is the minimum, or the edge of what is allowed.
        converged = isInside();
        break;
      } else {
        lambda *= 10;
      }
    }
  }

  /** Whether no centre is held by its bounds. */
  private boolean isInside() {
    for (int c = 0; c < parameters.length; c += PARAMETERS) {
      double cx = parameters[c + 1];
      double cy = parameters[c + 2];
      double margin = 1e-3;
      if (cx < box[0] + margin
          || cy < box[1] + margin
          || cx > box[2] - margin
          || cy > box[3] - margin) {
        return false;
      }
    }
    return true;
  }

  private boolean isAllowed(double[] p) {
    for (int c = 0; c < p.length; c += PARAMETERS) {
      boolean inside =
          p[c + 1] >= box[0] && p[c + 1] <= box[2] && p[c + 2] >= box[1] && p[c + 2] <= box[3];
      boolean bell =
          p[c + 3] > 0 && p[c + 5] > 0 && p[c + 3] * p[c + 5] > p[c + 4] * p[c + 4] * (1 + 1e-9);
      if (!inside || !bell || !(p[c] > 0)) {
        return false;
      }
    }
    return true;
  }

  /** Value of the components at a place. */
  static double model(double[] p, double x, double y) {
    double sum = 0;
    for (int c = 0; c < p.length; c += PARAMETERS) {
      double dx = x - p[c + 1];
      double dy = y - p[c + 2];
      double e = p[c + 3] * dx * dx + 2 * p[c + 4] * dx * dy + p[c + 5] * dy * dy;
      if (e < 2 * FARTHEST) {
        sum += p[c] * Math.exp(-e / 2);
      }
    }
    return sum;
  }

  private double chiSquared(double[] p) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      double d = value[i] - model(p, x[i], y[i]);
      sum += weight[i] * d * d;
    }
    return sum;
  }

  /** Normal equations at some parameters; chi squared. */
  private double accumulate(double[] p, double[] normal, double[] gradient) {
    int m = free.length;
    int each = m / (p.length / PARAMETERS);
    Arrays.fill(normal, 0);
    Arrays.fill(gradient, 0);
    double[] slope = new double[m];
    int[] near = new int[m];
    double sum = 0;
    for (int i = 0; i < count; i++) {
      double rest = value[i];
      int touched = 0;
      for (int c = 0, at = 0; c < p.length; c += PARAMETERS, at += each) {
        double dx = x[i] - p[c + 1];
        double dy = y[i] - p[c + 2];
        double u = p[c + 3] * dx + p[c + 4] * dy;
        double v = p[c + 4] * dx + p[c + 5] * dy;
        double e = u * dx + v * dy;
        if (e >= 2 * FARTHEST) {
          continue;
        }
        double bell = Math.exp(-e / 2);
        double height = p[c] * bell;
        rest -= height;
        slope[at] = bell;
        slope[at + 1] = height * u;
        slope[at + 2] = height * v;
        if (each == PARAMETERS) {
          slope[at + 3] = -height * dx * dx / 2;
          slope[at + 4] = -height * dx * dy;
          slope[at + 5] = -height * dy * dy / 2;
        }
        for (int k = 0; k < each; k++) {
          near[touched++] = at + k;
        }
      }
      double w = weight[i];
      sum += w * rest * rest;
      for (int a = 0; a < touched; a++) {
        int row = near[a];
        double ws = w * slope[row];
        gradient[row] += ws * rest;
        for (int b = 0; b <= a; b++) {
          normal[row * m + near[b]] += ws * slope[near[b]];
        }
      }
    }
    for (int a = 0; a < m; a++) {
      for (int b = a + 1; b < m; b++) {
        normal[a * m + b] = normal[b * m + a];
      }
    }
    return sum;
  }

  /**
   * Solves a symmetric positive system by Cholesky's decomposition, in units of its diagonal.
   *
   * @param matrix overwritten
   * @return false where it isn't positive
   */
  static boolean solve(double[] matrix, double[] right, double[] out, int m) {
    double[] scale = new double[m];
    for (int i = 0; i < m; i++) {
      double d = matrix[i * m + i];
      if (!(d > 0 && d < Double.POSITIVE_INFINITY)) {
        return false;
      }
      scale[i] = 1 / Math.sqrt(d);
    }
    for (int i = 0; i < m; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = matrix[i * m + j] * scale[i] * scale[j];
        for (int k = 0; k < j; k++) {
          sum -= matrix[i * m + k] * matrix[j * m + k];
        }
        if (i != j) {
          matrix[i * m + j] = sum / matrix[j * m + j];
        } else if (sum > 1e-14) {
          matrix[i * m + i] = Math.sqrt(sum);
        } else {
          return false;
        }
      }
    }
    for (int i = 0; i < m; i++) {
      double sum = right[i] * scale[i];
      for (int k = 0; k < i; k++) {
        sum -= matrix[i * m + k] * out[k];
      }
      out[i] = sum / matrix[i * m + i];
    }
    for (int i = m - 1; i >= 0; i--) {
      double sum = out[i];
      for (int k = i + 1; k < m; k++) {
        sum -= matrix[k * m + i] * out[k];
      }
      out[i] = sum / matrix[i * m + i];
    }
    for (int i = 0; i < m; i++) {
      out[i] *= scale[i];
    }
    return true;
  }
}
