package org.cornerturn.fourier;

/**
 * Discrete Fourier transforms of many columns at once, along rows: each row is an array with one
 * element of every column, so all arithmetic runs along contiguous elements. In place, by
 * decimation in frequency with radices 4, 2, 3 and 5; depth first, so that all but the first passes
 * stay in the cache. Starts no threads.
 */
public final class FourierRows {
  /** Columns that are best transformed together: loops are long enough, blocks fit the caches. */
  public static final int COLUMNS = 128;

  /** How much longer a length may be than need be, for factors that are quicker. */
  private static final double SPARE = 1.13;

  private final int size;
  private final double[] cosine;
  private final double[] sine;
  private final int[] place;

  /** Of a length whose factors are 2, 3 and 5. */
  public FourierRows(int size) {
    this.size = size;
    if (size < 1 || !isSmooth(size)) {
      throw new IllegalArgumentException(size + " has other factors than 2, 3 and 5");
    }
    cosine = new double[size];
    sine = new double[size];
    for (int i = 0; i < size; i++) {
      double angle = 2 * Math.PI * i / size;
      cosine[i] = Math.cos(angle);
      sine[i] = Math.sin(angle);
    }
    place = new int[size];
    order(0, size, 0, 1);
  }

  /** The even length of at least so many, without factors but 2, 3 and 5, that takes the least. */
  public static int goodSize(int atLeast) {
    int first = Math.max(2, atLeast + atLeast % 2);
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int n = first; best == 0 || n < first * SPARE; n += 2) {
      if (isSmooth(n) && cost(n) < least) {
        best = n;
        least = cost(n);
      }
    }
    return best;
  }

  /** Whether a length has no prime factors but 2, 3 and 5. */
  public static boolean isSmooth(int length) {
    int left = length;
    for (int factor : new int[] {2, 3, 5}) {
      while (left % factor == 0) {
        left /= factor;
      }
    }
    return left == 1;
  }

  /** Time of a transform, in passes of radix 4 over one element; reading and writing are two. */
  private static double cost(int length) {
    double passes = 2;
    for (int left = length; left > 1; left /= radix(left)) {
      int radix = radix(left);
      passes += radix == 4 ? 1 : radix == 2 ? 0.6 : radix == 3 ? 1 : 1.4;
    }
    return length * passes;
  }

  /** The row in which a frequency is found after {@link #transform}. */
  public int place(int frequency) {
    return place[frequency];
  }

  /**
   * For every column the sum over n of x_n exp(-2 pi i k n / size), whose frequency k then lies in
   * row {@link #place}. With real and imaginary parts exchanged it is the one with the other sign.
   *
   * @param re (row, column)
   * @param im as many
   * @param columns how many of each row count
   */
  public void transform(double[][] re, double[][] im, int columns) {
    pass(re, im, columns, 0, size);
  }

  private void order(int first, int length, int frequency, int step) {
    if (length == 1) {
      place[frequency] = first;
      return;
    }
    int radix = radix(length);
    int part = length / radix;
    for (int q = 0; q < radix; q++) {
      order(first + q * part, part, frequency + q * step, step * radix);
    }
  }

  private static int radix(int length) {
    return length % 4 == 0 ? 4 : length % 2 == 0 ? 2 : length % 3 == 0 ? 3 : 5;
  }

  private void pass(double[][] re, double[][] im, int columns, int first, int length) {
    if (length == 1) {
      return;
    }
    int radix = radix(length);
    int part = length / radix;
    int turn = size / length;
    for (int p = 0; p < part; p++) {
      int a = first + p;
      switch (radix) {
        case 4 -> four(re, im, a, part, p * turn, columns);
        case 2 -> two(re[a], im[a], re[a + part], im[a + part], p * turn, columns);
        case 3 -> three(re, im, a, part, p * turn, columns);
        default -> five(re, im, a, part, p * turn, columns);
      }
    }
    for (int q = 0; q < radix; q++) {
      pass(re, im, columns, first + q * part, part);
    }
  }

  private void two(double[] ar, double[] ai, double[] br, double[] bi, int t, int columns) {
    sumsOfTwo(ar, br, columns);
    sumsOfTwo(ai, bi, columns);
    turn(br, bi, t, columns);
  }

  private static void sumsOfTwo(double[] a, double[] b, int columns) {
    for (int k = 0; k < columns; k++) {
      double d = a[k] - b[k];
      a[k] += b[k];
      b[k] = d;
    }
  }

  private void three(double[][] re, double[][] im, int first, int part, int t, int columns) {
    int b = first + part;
    int c = b + part;
    sumsOfThree(re[first], re[b], re[c], columns);
    sumsOfThree(im[first], im[b], im[c], columns);
    outer(re[b], im[b], re[c], im[c], t, 2 * t, columns);
  }

  private static void sumsOfThree(double[] a, double[] b, double[] c, int columns) {
    double half = Math.sqrt(3) / 2;
    for (int k = 0; k < columns; k++) {
      double sum = b[k] + c[k];
      double odd = half * (b[k] - c[k]);
      double zero = a[k];
      a[k] = zero + sum;
      b[k] = zero - 0.5 * sum;
      c[k] = odd;
    }
  }

  private void four(double[][] re, double[][] im, int first, int part, int t, int columns) {
    int b = first + part;
    int c = b + part;
    int d = c + part;
    // Short loops over few arrays: the compiler leaves one long loop over all eight as it is.
    sumsOfFour(re[first], re[b], re[c], re[d], columns);
    sumsOfFour(im[first], im[b], im[c], im[d], columns);
    outer(re[b], im[b], re[d], im[d], t, 3 * t, columns);
    turn(re[c], im[c], 2 * t, columns);
  }

  /** a + b + c + d, a - c, a - b + c - d and b - d in the places of a, b, c and d. */
  private static void sumsOfFour(double[] a, double[] b, double[] c, double[] d, int columns) {
    for (int k = 0; k < columns; k++) {
      double even = a[k] + c[k];
      double evenOdd = a[k] - c[k];
      double odd = b[k] + d[k];
      double oddOdd = b[k] - d[k];
      a[k] = even + odd;
      b[k] = evenOdd;
      c[k] = even - odd;
      d[k] = oddOdd;
    }
  }

  private void turn(double[] xr, double[] xi, int t, int columns) {
    double c = cosine[t];
    double s = sine[t];
    for (int k = 0; k < columns; k++) {
      double r = xr[k];
      double i = xi[k];
      xr[k] = r * c + i * s;
      xi[k] = i * c - r * s;
    }
  }

  private void five(double[][] re, double[][] im, int first, int part, int t, int columns) {
    int b = first + part;
    int c = b + part;
    int d = c + part;
    int e = d + part;
    double c1 = Math.cos(2 * Math.PI / 5);
    double c2 = Math.cos(4 * Math.PI / 5);
    double s1 = Math.sin(2 * Math.PI / 5);
    double s2 = Math.sin(4 * Math.PI / 5);
    sumsOfFive(re[first], re[b], re[c], re[d], re[e], c1, c2, s1, s2, columns);
    sumsOfFive(im[first], im[b], im[c], im[d], im[e], c1, c2, s1, s2, columns);
    // Rows d and e now have what is multiplied with -i and added to c and b, or taken away.
    outer(re[b], im[b], re[e], im[e], t, 4 * t, columns);
    outer(re[c], im[c], re[d], im[d], 2 * t, 3 * t, columns);
  }

  private static void sumsOfFive(
      double[] a,
      double[] b,
      double[] c,
      double[] d,
      double[] e,
      double c1,
      double c2,
      double s1,
      double s2,
      int columns) {
    for (int k = 0; k < columns; k++) {
      double near = b[k] + e[k];
      double far = c[k] + d[k];
      double nearOdd = b[k] - e[k];
      double farOdd = c[k] - d[k];
      double zero = a[k];
      a[k] = zero + near + far;
      b[k] = zero + c1 * near + c2 * far;
      c[k] = zero + c2 * near + c1 * far;
      d[k] = s2 * nearOdd - s1 * farOdd;
      e[k] = s1 * nearOdd + s2 * farOdd;
    }
  }

  /** x - i y and x + i y, turned by two twiddles, in the places of x and y. */
  private void outer(
      double[] xr, double[] xi, double[] yr, double[] yi, int t, int u, int columns) {
    double c = cosine[t];
    double s = sine[t];
    double f = cosine[u];
    double g = sine[u];
    for (int k = 0; k < columns; k++) {
      double lr = xr[k] + yi[k];
      double li = xi[k] - yr[k];
      double hr = xr[k] - yi[k];
      double hi = xi[k] + yr[k];
      xr[k] = lr * c + li * s;
      xi[k] = li * c - lr * s;
      yr[k] = hr * f + hi * g;
      yi[k] = hi * f - hr * g;
    }
  }
}
