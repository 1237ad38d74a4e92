package org.cornerturn.imaging;

/** Nodes and weights of the quadrature of Gauss and Legendre on (0, 1). */
final class GaussLegendre {
  final double[] node;
  final double[] weight;

  GaussLegendre(int count) {
    node = new double[count];
    weight = new double[count];
    for (int i = 0; i < count; i++) {
      double x = Math.cos(Math.PI * (i + 0.75) / (count + 0.5));
      double slope = 1;
      for (int iteration = 0; iteration < 50; iteration++) {
        double before = 1;
        double value = x;
        for (int k = 2; k <= count; k++) {
          double next = ((2 * k - 1) * x * value - (k - 1) * before) / k;
          before = value;
          value = next;
        }
        slope = count * (x * value - before) / (x * x - 1);
        double step = value / slope;
        x -= step;
        if (Math.abs(step) < 1e-15) {
          break;
        }
      }
      node[i] = (1 + x) / 2;
      weight[i] = 1 / ((1 - x * x) * slope * slope);
    }
  }
}
