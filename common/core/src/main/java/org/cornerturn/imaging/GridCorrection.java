package org.cornerturn.imaging;

/**
 * What gridding with kernels does to an image, and the way back: division by the kernels' Fourier
 * transforms along u, v and w.
 */
final class GridCorrection {
  private static final int TERMS = 28;

  private final ImageGeometry geometry;
  private final double middleN;
  private final double[] alongX;
  private final double[] alongY;
  // 1 / transform of the kernel along w, as Chebyshev polynomials of the squared frequency.
  private final double[] series = new double[TERMS];
  private final double perTurn;
  private final double[] t;
  private final double[] b1;
  private final double[] b2;

  GridCorrection(GridPlan plan) {
    geometry = plan.geometry();
    middleN = plan.middleN();
    alongX = axis(geometry.width(), plan.paddedWidth(), plan.uvKernel());
    alongY = axis(geometry.height(), plan.paddedHeight(), plan.uvKernel());
    GriddingKernel w = plan.wKernel();
    double widest = plan.reachN() * plan.planeStepW();
    perTurn = plan.planeStepW() / widest;
    double[] value = new double[TERMS];
    for (int j = 0; j < TERMS; j++) {
      double node = Math.cos(Math.PI * (j + 0.5) / TERMS);
      value[j] = 1 / w.transform(widest * Math.sqrt((node + 1) / 2));
    }
    for (int k = 0; k < TERMS; k++) {
      for (int j = 0; j < TERMS; j++) {
        series[k] += value[j] * Math.cos(Math.PI * k * (j + 0.5) / TERMS);
      }
      series[k] *= (k == 0 ? 1.0 : 2.0) / TERMS;
    }
    t = new double[geometry.width()];
    b1 = new double[geometry.width()];
    b2 = new double[geometry.width()];
  }

  private static double[] axis(int pixels, int padded, GriddingKernel kernel) {
    double[] inverse = new double[pixels];
    for (int i = 0; i < pixels; i++) {
      inverse[i] = 1 / kernel.transform((i - pixels / 2) / (double) padded);
    }
    return inverse;
  }

  /** Multiplies a row of pixels with the correction and a factor. */
  void apply(int y, double factor, double[] pixels) {
    int width = alongX.length;
    double m = geometry.m(y);
    for (int x = 0; x < width; x++) {
      double turns = (ImageGeometry.nMinusOne(geometry.l(x), m) - middleN) * perTurn;
      t[x] = 2 * (2 * turns * turns - 1);
      b1[x] = 0;
      b2[x] = 0;
    }
    // Clenshaw's recurrence, whose two terms take turns.
    for (int k = TERMS - 1; k > 1; k -= 2) {
      step(b2, b1, series[k]);
      step(b1, b2, series[k - 1]);
    }
    step(b2, b1, series[1]);
    double last = series[0];
    double row = alongY[y] * factor;
    for (int x = 0; x < width; x++) {
      double w = 0.5 * t[x] * b2[x] - b1[x] + last;
      pixels[x] *= w * alongX[x] * row;
    }
  }

  /** before = t after - before + term. */
  private void step(double[] before, double[] after, double term) {
    double[] x = t;
    for (int i = 0; i < x.length; i++) {
      before[i] = x[i] * after[i] - before[i] + term;
    }
  }
}
