package org.cornerturn.radio;

/**
 * 2 J1(x) / x, the pattern of a disk: by its power series up to x = 12, beyond by Hankel's
 * asymptotic expansion (Abramowitz and Stegun 9.1.10, 9.2.5). Good to 1e-11.
 */
public final class BesselJ1 {
  private static final double SERIES_END = 12;

  private BesselJ1() {}

  /** 2 J1(x) / x; 1 at 0. */
  public static double jinc(double x) {
    double a = Math.abs(x);
    return a < SERIES_END ? series(a) : 2 * asymptotic(a) / a;
  }

  private static double series(double x) {
    double q = -x * x / 4;
    double term = 1;
    double sum = 1;
    for (int k = 1; Math.abs(term) > 1e-17 * Math.abs(sum) && k < 60; k++) {
      term *= q / (k * (k + 1.0));
      sum += term;
    }
    return sum;
  }

  private static double asymptotic(double x) {
    // P and Q with mu = 4; terms fall until about the 2x-th.
    double term = 1;
    double p = 1;
    double q = 0;
    for (int k = 1; k < 2 * SERIES_END; k++) {
      double odd = 2 * k - 1;
      term *= (4 - odd * odd) / (k * 8 * x);
      if (k % 2 == 1) {
        q += k % 4 == 1 ? term : -term;
      } else {
        p += k % 4 == 2 ? -term : term;
      }
      if (Math.abs(term) < 1e-17) {
        break;
      }
    }
    double chi = x - 0.75 * Math.PI;
    return Math.sqrt(2 / (Math.PI * x)) * (p * Math.cos(chi) - q * Math.sin(chi));
  }
}
