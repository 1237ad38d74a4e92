package org.cornerturn.imaging;

/**
 * The "exponential of semicircle" kernel of Barnett, Magland and af Klinteberg (2019): at a
 * distance of d cells exp(beta (sqrt(1 - (2 d / W)^2) - 1)) within W / 2, with beta = gamma pi W (1
 * - 1 / (2 sigma)). The gamma that aliases least is 0.98 for wide kernels and smaller for narrow
 * ones: 0.98 - 0.09 (4 / W)^2.8 (1.25 / sigma)^1.75 is within 0.01 of it for W from 4 on.
 *
 * <p>Its taps are polynomials of the position within the cell. Tap i of W is at cell first + i,
 * where first = ceil(x - W / 2), and z = 2 (first - x) + W - 1 lies in [-1, 1). Tap W - 1 - i at -z
 * is tap i at z, so even and odd powers are shared between the two.
 */
final class GriddingKernel {
  /** Cells that a sample reaches at most. */
  static final int WIDEST = 16;

  private static final GaussLegendre QUADRATURE = new GaussLegendre(96);

  private final int support;
  private final double oversampling;
  private final double beta;
  // The kernel at the quadrature's nodes, times their weights.
  private final double[] weighed;
  private final double amplification;
  // By tap of the first half (the middle one included) and power of z.
  private final double[][] coefficients;

  /**
   * @param support cells that a sample reaches, W
   * @param oversampling the padded axis over the image's, sigma
   */
  GriddingKernel(int support, double oversampling) {
    if (support < 2 || support > WIDEST || !(oversampling > 1)) {
      throw new IllegalArgumentException(
          "a kernel of " + support + " cells, " + oversampling + " times oversampled");
    }
    this.support = support;
    this.oversampling = oversampling;
    double gamma = 0.98 - 0.09 * Math.pow(4.0 / support, 2.8) * Math.pow(1.25 / oversampling, 1.75);
    beta = gamma * Math.PI * support * (1 - 1 / (2 * oversampling));
    weighed = new double[QUADRATURE.node.length];
    for (int i = 0; i < weighed.length; i++) {
      weighed[i] = QUADRATURE.weight[i] * support * at(QUADRATURE.node[i] * support / 2);
    }
    amplification = enlargement();
    coefficients = new double[(support + 1) / 2][];
    int degree = support + 4;
    for (int tap = 0; tap < coefficients.length; tap++) {
      coefficients[tap] = fit(tap, degree);
    }
  }

  int support() {
    return support;
  }

  double oversampling() {
    return oversampling;
  }

  /** Whether the other is the same kernel. */
  boolean isAs(GriddingKernel other) {
    return support == other.support && oversampling == other.oversampling;
  }

  /** The kernel itself. */
  double at(double cells) {
    double x = 2 * cells / support;
    return Math.abs(x) > 1 ? 0 : Math.exp(beta * (Math.sqrt((1 - x) * (1 + x)) - 1));
  }

  /** Its Fourier transform at a frequency in cycles per cell: what the image is divided by. */
  double transform(double frequency) {
    double turn = Math.PI * frequency * support;
    double sum = 0;
    for (int i = 0; i < weighed.length; i++) {
      sum += weighed[i] * Math.cos(turn * QUADRATURE.node[i]);
    }
    return sum;
  }

  /**
   * What aliasing leaves of a sample: root mean square over the image of the sum of all aliases'
   * power, relative to what is wanted.
   */
  double error() {
    int positions = 33;
    double total = 0;
    for (int i = 0; i < positions; i++) {
      double frequency = i / (2 * oversampling * (positions - 1));
      double wanted = transform(frequency);
      double power = 0;
      for (int alias = 1; alias <= 3; alias++) {
        double above = transform(alias + frequency);
        double below = transform(alias - frequency);
        power += above * above + below * below;
      }
      total += power / (wanted * wanted) * (i == 0 || i == positions - 1 ? 0.5 : 1);
    }
    return Math.sqrt(total / (positions - 1));
  }

  /**
   * How much the correction enlarges what is rounded in the grid: root mean square over the image
   * of the transform's height over its value.
   */
  double amplification() {
    return amplification;
  }

  private double enlargement() {
    int positions = 33;
    double height = transform(0);
    double total = 0;
    for (int i = 0; i < positions; i++) {
      double ratio = height / transform(i / (2 * oversampling * (positions - 1)));
      total += ratio * ratio * (i == 0 || i == positions - 1 ? 0.5 : 1);
    }
    return Math.sqrt(total / (positions - 1));
  }

  /**
   * All taps of many samples.
   *
   * @param z of each sample, in [-1, 1)
   * @param taps (tap, sample), overwritten, with one row more than taps to work in
   */
  void evaluate(double[] z, int count, double[][] taps) {
    for (int tap = 0; 2 * tap < support; tap++) {
      int mirror = support - 1 - tap;
      mirrored(coefficients[tap], z, count, taps[tap], taps[mirror == tap ? support : mirror]);
    }
  }

  private static void mirrored(double[] c, double[] z, int count, double[] first, double[] last) {
    int top = c.length - 1;
    double highest = c[top];
    double second = c[top - 1];
    // Powers of one parity start at the top, those of the other one below.
    for (int s = 0; s < count; s++) {
      first[s] = highest;
      last[s] = second;
    }
    for (int power = top - 2; power > 0; power -= 2) {
      double upper = c[power];
      double lower = c[power - 1];
      for (int s = 0; s < count; s++) {
        double square = z[s] * z[s];
        first[s] = Math.fma(first[s], square, upper);
        last[s] = Math.fma(last[s], square, lower);
      }
    }
    // top is even: first has the even powers, and last the odd ones but for the factor z.
    double constant = c[0];
    for (int s = 0; s < count; s++) {
      double odd = last[s] * z[s];
      double even = Math.fma(first[s], z[s] * z[s], constant);
      first[s] = even + odd;
      last[s] = even - odd;
    }
  }

  /** Interpolation at the nodes of Chebyshev, as powers of z; of even degree. */
  private double[] fit(int tap, int atLeast) {
    int degree = atLeast + atLeast % 2;
    int nodes = degree + 1;
    double[] value = new double[nodes];
    for (int j = 0; j < nodes; j++) {
      double z = Math.cos(Math.PI * (j + 0.5) / nodes);
      value[j] = at((z + 1) / 2 - support / 2.0 + tap);
    }
    double[] powers = new double[nodes];
    double[] before = new double[nodes];
    double[] current = new double[nodes];
    current[0] = 1;
    for (int k = 0; k < nodes; k++) {
      double c = 0;
      for (int j = 0; j < nodes; j++) {
        c += value[j] * Math.cos(Math.PI * k * (j + 0.5) / nodes);
      }
      c *= (k == 0 ? 1.0 : 2.0) / nodes;
      double[] next = new double[nodes];
      for (int p = 0; p < nodes; p++) {
        powers[p] += c * current[p];
        next[p] -= before[p];
        if (p + 1 < nodes) {
          next[p + 1] += (k == 0 ? 1 : 2) * current[p];
        }
      }
      before = current;
      current = next;
    }
    return powers;
  }
}
