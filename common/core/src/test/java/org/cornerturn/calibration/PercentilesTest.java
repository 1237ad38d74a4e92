package org.cornerturn.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PercentilesTest {
  private static final double[] PERCENTS = {0, 5, 25, 50, 50, 95, 100};

  @Test
  void areThoseOfTheSortedNumbers() {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      int n = 1 + random.nextInt(60);
      double[] values = random.doubles(n).map(v -> random.nextInt(3) == 0 ? 0.5 : v).toArray();
      values[random.nextInt(n)] = Double.POSITIVE_INFINITY;
      double[] sorted = values.clone();
      Arrays.sort(sorted);
      double[] found = new Percentiles(values, n).of(PERCENTS);
      for (int i = 0; i < PERCENTS.length; i++) {
        double place = PERCENTS[i] / 100 * (n - 1);
        int below = (int) place;
        double next = sorted[Math.min(n - 1, below + 1)];
        double expected = sorted[below] + (place - below) * (next - sorted[below]);
        if (Double.isNaN(expected) || Double.isInfinite(expected)) {
          assertThat(found[i]).isEqualTo(Double.valueOf(expected));
        } else {
          assertThat(found[i]).isCloseTo(expected, within(1e-15));
        }
      }
    }
  }

  @Test
  void nothingHasNone() {
    assertThat(new Percentiles(new double[] {Double.NaN, 1}, 1).of(5, 50))
        .containsExactly(Double.NaN, Double.NaN);
    assertThat(new Percentiles(new double[] {3, Double.NaN, 1, 9}, 3).of(50)).containsExactly(2);
  }
}
