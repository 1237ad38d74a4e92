package org.cornerturn.mosaic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.cornerturn.mosaic.SlidingEpochs.Epoch;
import org.junit.jupiter.api.Test;

class SlidingEpochsTest {
  @Test
  void overlappingEpochsShareMembers() {
    double[] times = {100, 250, 310, 1000};
    List<Epoch> all = new SlidingEpochs(200, 100).of(times, 1);
    assertThat(all)
        .containsExactly(
            new Epoch(0, List.of(0)),
            new Epoch(100, List.of(0, 1)),
            new Epoch(200, List.of(1, 2)),
            new Epoch(300, List.of(2)),
            new Epoch(900, List.of(3)),
            new Epoch(1000, List.of(3)));
    assertThat(new SlidingEpochs(200, 100).of(times, 2)).hasSize(2);
    assertThat(new SlidingEpochs(200, 100).of(new double[0], 0)).isEmpty();
  }

  @Test
  void gapsBetweenEpochsAreRefused() {
    assertThatThrownBy(() -> new SlidingEpochs(60, 61)).hasMessageContaining("in none");
    assertThatThrownBy(() -> new SlidingEpochs(60, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SlidingEpochs(60, 60).of(new double[] {Double.NaN}, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Every time is in as many epochs as fit, and more times move none of the others. */
  @Property(tries = 200)
  void everyTimeIsInItsEpochs(
      @ForAll @Size(min = 2, max = 12) List<@DoubleRange(min = -1e5, max = 2e9) Double> times,
      @ForAll @DoubleRange(min = 1, max = 1e5) double step,
      @ForAll @IntRange(min = 1, max = 5) int steps) {
    SlidingEpochs epochs = new SlidingEpochs(step * steps, step);
    double[] all = times.stream().mapToDouble(Double::doubleValue).toArray();
    Map<Double, List<Integer>> whole = new HashMap<>();
    int[] count = new int[all.length];
    for (Epoch e : epochs.of(all, 1)) {
      whole.put(e.startUnix(), e.members());
      for (int m : e.members()) {
        count[m]++;
        assertThat(all[m]).isGreaterThanOrEqualTo(e.startUnix());
        assertThat(all[m]).isLessThan(e.startUnix() + step * steps);
      }
    }
    for (int n : count) {
      // Rounding decides at borders.
      assertThat(n).isBetween(steps - 1, steps + 1).isPositive();
    }
    double[] fewer = Arrays.copyOf(all, all.length - 1);
    for (Epoch e : epochs.of(fewer, 1)) {
      assertThat(whole.get(e.startUnix())).containsAll(e.members());
    }
  }
}
