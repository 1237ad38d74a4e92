package org.cornerturn.flagging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmoothSurfaceTest {
  /** The weighted mean of the good samples around, sample by sample. */
  private static double direct(
      float[] values, float[] use, int times, int channels, int t, int c, double st, double sc) {
    double sum = 0;
    double weight = 0;
    for (int i = 0; i < times; i++) {
      for (int j = 0; j < channels; j++) {
        if (Math.abs(i - t) <= Math.ceil(3 * st) && Math.abs(j - c) <= Math.ceil(3 * sc)) {
          double w =
              Math.exp(-0.5 * ((i - t) / st) * ((i - t) / st))
                  * Math.exp(-0.5 * ((j - c) / sc) * ((j - c) / sc))
                  * use[i * channels + j];
          sum += w * values[i * channels + j];
          weight += w;
        }
      }
    }
    return weight > 1e-6 ? sum / weight : 77;
  }

  @ParameterizedTest
  @CsvSource({"12, 70, 2.5, 5", "1, 40, 2.5, 5", "30, 1, 2.5, 5", "2, 3, 2.5, 5", "25, 90, 0.5, 7"})
  void isTheWeightedMeanOfWhatIsAround(int times, int channels, double st, double sc) {
    Random random = new Random(7);
    int n = times * channels;
    float[] values = new float[n];
    float[] use = new float[n];
    for (int i = 0; i < n; i++) {
      use[i] = random.nextInt(4) == 0 || i % channels > 45 && i % channels < 52 ? 0 : 1;
      values[i] = use[i] * (float) (3 + random.nextGaussian());
    }
    float[] surface = new float[n];
    SmoothSurface smooth = new SmoothSurface(times, channels, st, sc);
    for (int round = 0; round < 2; round++) {
      smooth.through(values, use, 77, surface);
      for (int t = 0; t < times; t++) {
        for (int c = 0; c < channels; c++) {
          assertThat((double) surface[t * channels + c])
              .as("%d, %d", t, c)
              .isCloseTo(direct(values, use, times, channels, t, c, st, sc), within(2e-4));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"10, 50", "4, 5"})
  void aConstantStaysOne(int times, int channels) {
    float[] values = new float[times * channels];
    float[] use = new float[times * channels];
    Arrays.fill(values, 0.25f);
    Arrays.fill(use, 1);
    float[] surface = new float[times * channels];
    new SmoothSurface(times, channels, 2.5, 5).through(values, use, 0, surface);
    for (float s : surface) {
      assertThat(s).isCloseTo(0.25f, within(1e-6f));
    }
  }
}
