package org.cornerturn.imaging;

/** Sines and cosines of many angles, by series whose loops the compiler can vectorise. */
final class Phases {
  // Adding it rounds to whole numbers.
  private static final double ROUNDING = 0x1.8p52;
  private static final double PI = Math.PI;

  private Phases() {}

  /**
   * Cosines and sines of angles in turns, good to 1e-14 of the whole circle while the turns are
   * less than 1e5.
   */
  static void of(double[] turns, int count, double[] cosine, double[] sine) {
    for (int i = 0; i < count; i++) {
      double whole = turns[i] + ROUNDING - ROUNDING;
      // Half of the angle, within a quarter turn either way.
      double x = (turns[i] - whole) * PI;
      double y = x * x;
      double s = -1 / 121645100408832000.0;
      s = Math.fma(s, y, 1 / 355687428096000.0);
      s = Math.fma(s, y, -1 / 1307674368000.0);
      s = Math.fma(s, y, 1 / 6227020800.0);
      s = Math.fma(s, y, -1 / 39916800.0);
      s = Math.fma(s, y, 1 / 362880.0);
      s = Math.fma(s, y, -1 / 5040.0);
      s = Math.fma(s, y, 1 / 120.0);
      s = Math.fma(s, y, -1 / 6.0);
      s = Math.fma(s * y, x, x);
      double c = 1 / 6402373705728000.0;
      c = Math.fma(-c, y, 1 / 20922789888000.0);
      c = Math.fma(c, y, -1 / 87178291200.0);
      c = Math.fma(c, y, 1 / 479001600.0);
      c = Math.fma(c, y, -1 / 3628800.0);
      c = Math.fma(c, y, 1 / 40320.0);
      c = Math.fma(c, y, -1 / 720.0);
      c = Math.fma(c, y, 1 / 24.0);
      c = Math.fma(c, y, -0.5);
      c = Math.fma(c, y, 1.0);
      sine[i] = 2 * s * c;
      cosine[i] = Math.fma(-2 * s, s, 1.0);
    }
  }
}
