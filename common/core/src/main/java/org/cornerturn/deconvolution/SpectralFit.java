package org.cornerturn.deconvolution;

import java.util.Arrays;

/**
 * What the values of a component in joined channels may be: anything, or points of a smooth curve
 * of frequency, fitted by weighted least squares. Not for use by several threads.
 */
public final class SpectralFit {
  private static final int STEPS = 40;
  private static final double STEEPEST = 10;

  /** Curves. */
  public enum Form {
    /** Each channel as it is. */
    FREE,
    /** c0 + c1 (x - 1) + c2 (x - 1)^2 + ..., x the frequency over the mean. */
    POLYNOMIAL,
    /** S0 x^(c1 + c2 log10 x + ...): a spectral index, and its curvature. */
    LOGARITHMIC
  }

  private final Form form;
  private final int terms;
  private final double[] x;
  private final double[] weight;
  // Of polynomials, the matrix that takes values to fitted values.
  private final double[][] projection;
  private final double[] work;

  /**
   * @param frequencyHz of the channels
   * @param weight of the channels, positive
   * @param terms of the curve, of which no more than channels can be had
   */
  public SpectralFit(Form form, double[] frequencyHz, double[] weight, int terms) {
    if (frequencyHz.length == 0 || frequencyHz.length != weight.length || terms < 1) {
      throw new IllegalArgumentException(terms + " terms of " + frequencyHz.length + " channels");
    }
    this.form = form;
    this.terms = Math.min(terms, frequencyHz.length);
    this.weight = weight.clone();
    double mean = Arrays.stream(frequencyHz).average().orElseThrow();
    x = new double[frequencyHz.length];
    for (int c = 0; c < x.length; c++) {
      if (!(weight[c] > 0) || !(frequencyHz[c] > 0)) {
        throw new IllegalArgumentException("a channel of weight " + weight[c]);
      }
      x[c] = frequencyHz[c] / mean;
    }
    projection = form == Form.POLYNOMIAL ? projection() : null;
    work = new double[x.length];
  }

  /** One channel, or channels that have nothing to do with each other. */
  public static SpectralFit free(double[] weight) {
    double[] any = new double[weight.length];
    Arrays.fill(any, 1e9);
    return new SpectralFit(Form.FREE, any, weight, 1);
  }

  public int channels() {
    return x.length;
  }

  double weight(int channel) {
    return weight[channel];
  }

  /** Puts the curve's values in place of those of the channels. */
  public void constrain(double[] values) {
    switch (form) {
      case POLYNOMIAL -> {
        for (int c = 0; c < x.length; c++) {
          double sum = 0;
          for (int d = 0; d < x.length; d++) {
            sum += projection[c][d] * values[d];
          }
          work[c] = sum;
        }
        System.arraycopy(work, 0, values, 0, x.length);
      }
      case LOGARITHMIC -> logarithmic(values);
      default -> {}
    }
  }

  /** A (A' W A)^-1 A' W by orthogonal columns, which is stable for any number of terms. */
  private double[][] projection() {
    int n = x.length;
    double[][] columns = new double[terms][n];
    double[][] out = new double[n][n];
    double largest = 0;
    for (int c = 0; c < n; c++) {
      largest = Math.max(largest, Math.abs(x[c] - 1));
    }
    for (int k = 0; k < terms; k++) {
      double[] q = columns[k];
      for (int c = 0; c < n; c++) {
        q[c] = k == 0 ? 1 : Math.pow((x[c] - 1) / largest, k);
      }
      double before = norm(q);
      // Twice: once leaves rounding behind.
      for (int again = 0; again < 2; again++) {
        for (int j = 0; j < k; j++) {
          double dot = 0;
          for (int c = 0; c < n; c++) {
            dot += weight[c] * q[c] * columns[j][c];
          }
          for (int c = 0; c < n; c++) {
            q[c] -= dot * columns[j][c];
          }
        }
      }
      double norm = norm(q);
      // Channels of the same frequency give no further term.
      double scale = norm > 1e-10 * before ? 1 / norm : 0;
      for (int c = 0; c < n; c++) {
        q[c] *= scale;
      }
      for (int c = 0; c < n; c++) {
        for (int d = 0; d < n; d++) {
          out[c][d] += q[c] * weight[d] * q[d];
        }
      }
    }
    return out;
  }

  private double norm(double[] q) {
    double sum = 0;
    for (int c = 0; c < q.length; c++) {
      sum += weight[c] * q[c] * q[c];
    }
    return Math.sqrt(sum);
  }

  /** Levenberg and Marquardt's steps from a flat spectrum; that it stays where they don't end. */
  private void logarithmic(double[] values) {
    double sum = 0;
    double total = 0;
    for (int c = 0; c < x.length; c++) {
      sum += weight[c] * values[c];
      total += weight[c];
    }
    double[] p = new double[terms];
    p[0] = sum / total;
    double flat = p[0];
    double cost = cost(p, values);
    double damping = 1e-3;
    for (int step = 0; step < STEPS && p[0] != 0; step++) {
      double[] next = step(p, values, damping);
      double reached = next == null ? Double.NaN : cost(next, values);
      if (reached <= cost) {
        boolean done = cost - reached <= 1e-12 * cost;
        p = next;
        cost = reached;
        damping = Math.max(1e-12, damping / 10);
        if (done) {
          break;
        }
      } else {
        damping *= 10;
        if (damping > 1e8) {
          break;
        }
      }
    }
    boolean sane = p[0] * flat >= 0 && (terms == 1 || Math.abs(p[1]) <= STEEPEST);
    for (int c = 0; c < x.length; c++) {
      double v = sane ? curve(p, c) : flat;
      values[c] = Double.isFinite(v) ? v : flat;
    }
  }

  private double curve(double[] p, int channel) {
    double log = Math.log10(x[channel]);
    double exponent = 0;
    for (int k = terms - 1; k >= 1; k--) {
      exponent = (exponent + p[k]) * log;
    }
    return p[0] * Math.pow(10, exponent);
  }

  private double cost(double[] p, double[] values) {
    double sum = 0;
    for (int c = 0; c < x.length; c++) {
      double d = values[c] - curve(p, c);
      sum += weight[c] * d * d;
    }
    return sum;
  }

  private double[] step(double[] p, double[] values, double damping) {
    double[][] m = new double[terms][terms + 1];
    double[] slope = new double[terms];
    for (int c = 0; c < x.length; c++) {
      double s = curve(p, c);
      double log = Math.log10(x[c]);
      slope[0] = s / p[0];
      double power = Math.log(10) * s;
      for (int k = 1; k < terms; k++) {
        power *= log;
        slope[k] = power;
      }
      for (int i = 0; i < terms; i++) {
        for (int j = 0; j < terms; j++) {
          m[i][j] += weight[c] * slope[i] * slope[j];
        }
        m[i][terms] += weight[c] * slope[i] * (values[c] - s);
      }
    }
    for (int i = 0; i < terms; i++) {
      m[i][i] *= 1 + damping;
    }
    double[] d = LinearSystem.solve(m);
    if (d == null) {
      return null;
    }
    double[] next = p.clone();
    for (int i = 0; i < terms; i++) {
      next[i] += d[i];
    }
    return next;
  }
}
