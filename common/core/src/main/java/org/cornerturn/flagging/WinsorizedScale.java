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
    float[] ends = order.quantiles(TAIL, 1 - TAIL);
    low = ends[0];
    high = ends[1];
    moments(order.kept(), n);
    return n;
  }

  private void moments(float[] values, int n) {
    float least = low;
    float most = high;
    double pivot = 0.5 * least + 0.5 * most;
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    double q0 = 0;
    double q1 = 0;
    double q2 = 0;
    double q3 = 0;
    int i = 0;
    // Four sums each, since an addition waits for the one before.
    for (; i + 3 < n; i += 4) {
      double a = clamp(values[i], least, most) - pivot;
      double b = clamp(values[i + 1], least, most) - pivot;
      double c = clamp(values[i + 2], least, most) - pivot;
      double d = clamp(values[i + 3], least, most) - pivot;
      s0 += a;
      s1 += b;
      s2 += c;
      s3 += d;
      q0 += a * a;
      q1 += b * b;
      q2 += c * c;
      q3 += d * d;
    }
    for (; i < n; i++) {
      double a = clamp(values[i], least, most) - pivot;
      s0 += a;
      q0 += a * a;
    }
    double offset = (s0 + s1 + s2 + s3) / n;
    double square = (q0 + q1 + q2 + q3) / n;
    mean = pivot + offset;
    deviation = Math.sqrt(Math.max(0, square - offset * offset)) / RAYLEIGH;
  }

  private static float clamp(float v, float least, float most) {
    // Without branches: which way they go is anyone's guess for a fifth of the values.
    return Math.min(most, Math.max(least, v));
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
