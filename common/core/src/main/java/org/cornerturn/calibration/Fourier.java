package org.cornerturn.calibration;

/** The discrete Fourier transform of a power of two of numbers, by Cooley and Tukey's algorithm. */
final class Fourier {
  private Fourier() {}

  /**
   * sum over n of x_n exp(-2 pi i k n / N), in place.
   *
   * @param re real parts, as many as a power of two
   * @param im imaginary parts
   */
  static void transform(double[] re, double[] im) {
    int n = re.length;
    if (Integer.bitCount(n) != 1) {
      throw new IllegalArgumentException(n + " is no power of two");
    }
    for (int i = 1; i < n; i++) {
      int j = Integer.reverse(i) >>> Integer.numberOfLeadingZeros(n) + 1;
      if (j > i) {
        swap(re, i, j);
        swap(im, i, j);
      }
    }
    for (int half = 1; half < n; half *= 2) {
      for (int k = 0; k < half; k++) {
        double c = Math.cos(Math.PI * k / half);
        double s = -Math.sin(Math.PI * k / half);
        for (int i = k; i < n; i += 2 * half) {
          int j = i + half;
          double a = re[j] * c - im[j] * s;
          double b = re[j] * s + im[j] * c;
          re[j] = re[i] - a;
          im[j] = im[i] - b;
          re[i] += a;
          im[i] += b;
        }
      }
    }
  }

  private static void swap(double[] x, int i, int j) {
    double kept = x[i];
    x[i] = x[j];
    x[j] = kept;
  }
}
