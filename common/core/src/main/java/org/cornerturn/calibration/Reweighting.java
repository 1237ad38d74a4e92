package org.cornerturn.calibration;

import java.io.Serializable;

/**
 * How much less samples far from the model count.
 *
 * @param freedom of Student's distribution; of no meaning for others
 */
public record Reweighting(Kind kind, double freedom) implements Serializable {
  /** What distribution residuals are taken to have. */
  public enum Kind {
    /** Student's: (freedom + 2) / (freedom + r^2), r the complex residual in its sigma. */
    STUDENT,
    /** Whose sum of moduli is least: 1 / r, r the residual in its sigma, and 1 below 1. */
    LEAST_MODULI
  }

  public Reweighting {
    if (kind == Kind.STUDENT && !(freedom > 0 && freedom < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(freedom + " degrees of freedom");
    }
  }

  /** Student's distribution with 4 degrees of freedom. */
  public static Reweighting student() {
    return new Reweighting(Kind.STUDENT, 4);
  }

  /** Least moduli. */
  public static Reweighting leastModuli() {
    return new Reweighting(Kind.LEAST_MODULI, 0);
  }

  /**
   * Factor on the weight of a sample.
   *
   * @param square of its residual's modulus over the variance of a real or imaginary part
   */
  double factor(double square) {
    return kind == Kind.STUDENT
        ? (freedom + 2) / (freedom + square)
        : 1 / Math.sqrt(Math.max(1, square));
  }
}
