package org.cornerturn.flagging;

/**
 * Mean and standard deviation that a tenth of bad values at either end can't spoil: values beyond
 * the 10th and 90th percentile are taken for these (Winsor). The standard deviation is corrected by
 * what winsorizing takes from a Rayleigh distribution, which amplitudes of noise have; of a normal
 * distribution it comes out 1.5 % too small.
 */
final class WinsorizedScale {
  static final double TAIL = 0.1;

  /**
   * Winsorized over true standard deviation of a Rayleigh distribution: sqrt(0.300233 / (2 -
   * pi/2)).
   */
  private static final double RAYLEIGH = 0.836367;

  private final OrderStatistics order;
  private float low;
  private float high;
  private double mean;
  private double deviation;

  WinsorizedScale(int most) {
    order = new OrderStatistics(most);
  }

  /**
   * Computes all of it anew.
   *
   * @param use values whose entry is not 0 count
   * @return how many that are
   */
  int of(float[] values, float[] use, int length) {
    int n = order.take(values, use, length);
    if (n == 0) {
      return 0;
    }
    low = order.quantile(TAIL);
    high = order.quantile(1 - TAIL);
    double pivot = 0.5 * low + 0.5 * high;
    double s0 = 0;
    double s1 = 0;
    double q0 = 0;
    double q1 = 0;
    // Two sums each, since an addition waits for the one before.
    for (int i = 0; i + 1 < length; i += 2) {
      double a = (clamp(values[i]) - pivot) * use[i];
      double b = (clamp(values[i + 1]) - pivot) * use[i + 1];
      s0 += a;
      s1 += b;
      q0 += a * a;
      q1 += b * b;
    }
    if ((length & 1) == 1) {
      double a = (clamp(values[length - 1]) - pivot) * use[length - 1];
      s0 += a;
      q0 += a * a;
    }
    double offset = (s0 + s1) / n;
    mean = pivot + offset;
    deviation = Math.sqrt(Math.max(0, (q0 + q1) / n - offset * offset)) / RAYLEIGH;
    return n;
  }

  private float clamp(float v) {
    // Without branches: which way they go is anyone's guess for a fifth of the values.
    return Math.min(high, Math.max(low, v));
  }

  float low() {
    return low;
  }

  float high() {
    return high;
  }

  double mean() {
    return mean;
  }

  double deviation() {
    return deviation;
  }

  /** Median of the values last taken in. */
  float median() {
    return order.quantile(0.5);
  }
}
