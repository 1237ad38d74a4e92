package org.cornerturn.flagging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class OrderStatisticsTest {
  private static float[] ones(int n) {
    float[] use = new float[n];
    Arrays.fill(use, 1);
    return use;
  }

  @Property(tries = 200)
  void givesWhatSortingGives(@ForAll @Size(min = 1, max = 60) float[] any) {
    float[] values = new float[any.length];
    for (int i = 0; i < any.length; i++) {
      values[i] = Float.isFinite(any[i]) ? any[i] + 0f : i;
    }
    OrderStatistics order = new OrderStatistics(values.length);
    assertThat(order.take(values, ones(values.length), values.length)).isEqualTo(values.length);
    float[] sorted = values.clone();
    Arrays.sort(sorted);
    for (int rank = 0; rank < sorted.length; rank++) {
      double part = sorted.length == 1 ? 0.5 : (rank + 1e-6) / (sorted.length - 1);
      assertThat(order.quantile(part)).isEqualTo(sorted[rank]);
    }
  }

  @Test
  void leavesOutWhatIsNotUsed() {
    Random random = new Random(3);
    float[] values = new float[1001];
    float[] use = new float[1001];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
      use[i] = values[i] < 0 ? 1 : 0;
    }
    OrderStatistics order = new OrderStatistics(values.length);
    int negative = order.take(values, use, values.length);
    assertThat(negative).isBetween(1, 1000);
    assertThat(order.quantile(1)).isNegative();
    assertThatThrownBy(
            () -> {
              order.take(values, new float[values.length], values.length);
              order.quantile(0.5);
            })
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aTenthOfOutliersHardlyMovesTheScale() {
    Random random = new Random(5);
    int n = 20_000;
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) Math.hypot(random.nextGaussian(), random.nextGaussian());
    }
    WinsorizedScale scale = new WinsorizedScale(n);
    scale.of(values, ones(n), n);
    double rayleigh = Math.sqrt(2 - Math.PI / 2);
    assertThat(scale.deviation()).isBetween(0.98 * rayleigh, 1.02 * rayleigh);
    assertThat((double) scale.median()).isBetween(1.16, 1.20); // sqrt(2 ln 2) = 1.177
    for (int i = 0; i < n; i += 20) {
      values[i] = 1e6f;
    }
    scale.of(values, ones(n), n);
    assertThat(scale.deviation()).isBetween(rayleigh, 1.25 * rayleigh);
  }
}
