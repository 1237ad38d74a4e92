package org.cornerturn.plane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RobustNoiseTest {
  @Property(tries = 300)
  void medianIsThatOfSortedValues(@ForAll @Size(min = 1, max = 60) float[] values) {
    float[] sorted = new float[values.length];
    int n = 0;
    for (float v : values) {
      if (!Float.isNaN(v)) {
        sorted[n++] = v;
      }
    }
    RobustNoise noise = RobustNoise.of(values);
    assertThat(noise.count()).isEqualTo(n);
    if (n == 0) {
      assertThat(noise.median()).isNaN();
      return;
    }
    Arrays.sort(sorted, 0, n);
    double expected = ((double) sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    // The sign of a zero doesn't matter.
    assertThat(noise.median() + 0.0).isEqualTo(expected + 0.0);
  }

  @Test
  void takesMedianAndDeviation() {
    RobustNoise noise = RobustNoise.of(new float[] {1, 2, Float.NaN, 3, 4, 100});
    assertThat(noise.median()).isEqualTo(3);
    assertThat(noise.rms()).isCloseTo(1.482602218505602, within(1e-12));
    assertThat(noise.count()).isEqualTo(5);
  }

  @Test
  void leavesBrightValuesOut() {
    Random random = new Random(5);
    float[] values = new float[100_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (2 + 0.5 * random.nextGaussian()) + (i % 10 == 0 ? 40 : 0);
    }
    RobustNoise noise = RobustNoise.clipped(values, 4);
    assertThat(noise.median()).isCloseTo(2, within(0.01));
    assertThat(noise.rms()).isCloseTo(0.5, within(0.006));
    assertThat(RobustNoise.of(values).rms()).isGreaterThan(0.53);
    assertThat(noise.count()).isBetween(89_900L, 90_000L);
  }

  /** Against the definition: measured, cut, measured again. */
  @Property(tries = 200)
  void cutsAsOftenAsSomethingLeaves(@ForAll @Size(max = 80) float[] values) {
    float[] kept = values;
    RobustNoise now = RobustNoise.of(kept);
    for (int step = 0; step < 12; step++) {
      float low = (float) (now.median() - 2 * now.rms());
      float high = (float) (now.median() + 2 * now.rms());
      float[] next = new float[kept.length];
      int n = 0;
      for (float v : kept) {
        if (v >= low && v <= high) {
          next[n++] = v;
        }
      }
      if (n == now.count() || n == 0) {
        break;
      }
      kept = Arrays.copyOf(next, n);
      now = RobustNoise.of(kept);
    }
    RobustNoise clipped = RobustNoise.clipped(values, 2);
    if (Double.isFinite(now.median()) && Double.isFinite(now.rms())) {
      assertThat(clipped.median() + 0.0).isEqualTo(now.median() + 0.0);
      assertThat(clipped.rms()).isEqualTo(now.rms());
      assertThat(clipped.count()).isEqualTo(now.count());
    }
  }

  @Test
  void mapsNoiseThatChangesAcrossThePlane() {
    int width = 400;
    int height = 300;
    Random random = new Random(6);
    float[] plane = new float[width * height];
    for (int i = 0; i < plane.length; i++) {
      double sigma = 1 + (i % width) / 200.0;
      plane[i] = (float) (sigma * random.nextGaussian());
    }
    plane[57] = Float.NaN;
    float[] map = NoiseMap.of(plane, width, height, 60);
    for (int y = 0; y < height; y += 29) {
      for (int x = 40; x < width - 40; x += 31) {
        assertThat((double) map[y * width + x]).isCloseTo(1 + x / 200.0, within(0.22));
      }
    }
    float[] small = NoiseMap.of(plane, width, 5, 60);
    assertThat(small).hasSize(5 * width).doesNotContain(Float.NaN);
  }
}
