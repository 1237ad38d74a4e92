package org.cornerturn.calibration;

import java.util.Arrays;

/** Linear equations with a symmetric positive definite matrix, solved by Cholesky's factors. */
final class NormalEquations {
  private final int n;
  private final double[] matrix;
  private final double[] right;

  NormalEquations(int unknowns) {
    n = unknowns;
    matrix = new double[n * n];
    right = new double[n];
  }

  void clear() {
    Arrays.fill(matrix, 0);
    Arrays.fill(right, 0);
  }

  /** Adds to an element of the matrix, and to its mirror image. */
  void add(int i, int j, double value) {
    matrix[i * n + j] += value;
    if (i != j) {
      matrix[j * n + i] += value;
    }
  }

  void addRight(int i, double value) {
    right[i] += value;
  }

  /** Replaces the matrix by its factor; whether it had one. */
  boolean factor() {
    for (int j = 0; j < n; j++) {
      double pivot = matrix[j * n + j];
      double whole = pivot;
      for (int k = 0; k < j; k++) {
        pivot -= matrix[j * n + k] * matrix[j * n + k];
      }
      if (!(pivot > 1e-13 * whole)) {
        return false;
      }
      double root = Math.sqrt(pivot);
      matrix[j * n + j] = root;
      for (int i = j + 1; i < n; i++) {
        double sum = matrix[i * n + j];
        for (int k = 0; k < j; k++) {
          sum -= matrix[i * n + k] * matrix[j * n + k];
        }
        matrix[i * n + j] = sum / root;
      }
    }
    return true;
  }

  /** The unknowns, after {@link #factor}. */
  double[] solve() {
    return solve(right.clone());
  }

  private double[] solve(double[] x) {
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < i; k++) {
        x[i] -= matrix[i * n + k] * x[k];
      }
      x[i] /= matrix[i * n + i];
    }
    for (int i = n - 1; i >= 0; i--) {
      for (int k = i + 1; k < n; k++) {
        x[i] -= matrix[k * n + i] * x[k];
      }
      x[i] /= matrix[i * n + i];
    }
    return x;
  }

  /** Diagonal element of the inverse, after {@link #factor}. */
  double inverse(int i) {
    double[] unit = new double[n];
    unit[i] = 1;
    return solve(unit)[i];
  }
}
