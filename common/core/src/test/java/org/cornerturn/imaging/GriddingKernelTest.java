package org.cornerturn.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GriddingKernelTest {
  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 8, 13, 16})
  void tapsAreTheKernelWithinItsError(int support) {
    GriddingKernel kernel = new GriddingKernel(support, 1.8);
    int count = 101;
    double[] z = new double[count];
    for (int i = 0; i < count; i++) {
      z[i] = -1 + 2.0 * i / count;
    }
    double[][] taps = new double[support + 1][count];
    kernel.evaluate(z, count, taps);
    for (int tap = 0; tap < support; tap++) {
      for (int i = 0; i < count; i++) {
        double cells = (z[i] + 1) / 2 - support / 2.0 + tap;
        assertThat(taps[tap][i]).isCloseTo(kernel.at(cells), within(kernel.error()));
      }
    }
  }

  @Test
  void transformIsTheIntegral() {
    GriddingKernel kernel = new GriddingKernel(6, 1.5);
    int steps = 400_000;
    for (double frequency : new double[] {0, 0.1, 1 / 3.0}) {
      double sum = 0;
      for (int i = 0; i < steps; i++) {
        double d = 6 * ((i + 0.5) / steps - 0.5);
        sum += kernel.at(d) * Math.cos(2 * Math.PI * frequency * d) * 6 / steps;
      }
      assertThat(kernel.transform(frequency)).isCloseTo(sum, within(1e-8 * kernel.transform(0)));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-2, 1e-4, 1e-7})
  void widerKernelsNeedLessOversampling(double accuracy) {
    double before = Double.POSITIVE_INFINITY;
    for (GriddingKernel kernel : KernelChoice.within(accuracy)) {
      assertThat(kernel.error()).isLessThanOrEqualTo(0.55 * accuracy);
      assertThat(kernel.oversampling()).isLessThanOrEqualTo(before);
      before = kernel.oversampling();
    }
  }
}
