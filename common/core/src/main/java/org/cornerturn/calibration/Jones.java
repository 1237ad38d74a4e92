package org.cornerturn.calibration;

/** Arithmetic of complex 2 by 2 matrices: eight doubles each, in C order. */
final class Jones {
  private Jones() {}

  /** a b; the product must not be one of the factors. */
  static void multiply(double[] a, int i, double[] b, int j, double[] out, int at) {
    for (int r = 0; r < 4; r += 2) {
      for (int c = 0; c < 4; c += 2) {
        int x = i + 2 * r;
        int y = j + c;
        out[at + 2 * r + c] =
            a[x] * b[y] - a[x + 1] * b[y + 1] + a[x + 2] * b[y + 4] - a[x + 3] * b[y + 5];
        out[at + 2 * r + c + 1] =
            a[x] * b[y + 1] + a[x + 1] * b[y] + a[x + 2] * b[y + 5] + a[x + 3] * b[y + 4];
      }
    }
  }

  /** a b^H; the product must not be one of the factors. */
  static void multiplyAdjoint(double[] a, int i, double[] b, int j, double[] out, int at) {
    for (int r = 0; r < 4; r += 2) {
      for (int c = 0; c < 4; c += 2) {
        int x = i + 2 * r;
        int y = j + 2 * c;
        out[at + 2 * r + c] =
            a[x] * b[y] + a[x + 1] * b[y + 1] + a[x + 2] * b[y + 2] + a[x + 3] * b[y + 3];
        out[at + 2 * r + c + 1] =
            a[x + 1] * b[y] - a[x] * b[y + 1] + a[x + 3] * b[y + 2] - a[x + 2] * b[y + 3];
      }
    }
  }

  /** a^-1, of NaN where there is none; the inverse must not be the matrix. */
  static void invert(double[] a, int i, double[] out, int at) {
    double re = a[i] * a[i + 6] - a[i + 1] * a[i + 7] - a[i + 2] * a[i + 4] + a[i + 3] * a[i + 5];
    double im = a[i] * a[i + 7] + a[i + 1] * a[i + 6] - a[i + 2] * a[i + 5] - a[i + 3] * a[i + 4];
    double size = re * re + im * im;
    double x = size > 0 ? re / size : Double.NaN;
    double y = size > 0 ? -im / size : Double.NaN;
    scaled(a, i + 6, x, y, out, at);
    scaled(a, i + 2, -x, -y, out, at + 2);
    scaled(a, i + 4, -x, -y, out, at + 4);
    scaled(a, i, x, y, out, at + 6);
  }

  private static void scaled(double[] a, int i, double x, double y, double[] out, int at) {
    out[at] = a[i] * x - a[i + 1] * y;
    out[at + 1] = a[i] * y + a[i + 1] * x;
  }
}
