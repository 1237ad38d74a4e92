package org.cornerturn.flagging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SumThresholdTest {
  private static final double BASE = 1.5;

  private static float[] ones(int n) {
    float[] use = new float[n];
    Arrays.fill(use, 1);
    return use;
  }

  private static float[] left(
      int times, int channels, int longest, float[] residual, float[] valid, double chi) {
    float[] left = new float[times * channels];
    new SumThreshold(times, channels, BASE, longest, longest).flag(residual, valid, chi, left);
    return left;
  }

  /** The method as it is defined: every run on its own. */
  private static float[] naive(
      int times, int channels, int longest, float[] residual, float[] valid, double chi) {
    float[] use = valid.clone();
    for (int m = 1; m <= longest; m *= 2) {
      float limit = (float) (chi * Math.pow(BASE, -Math.log(m) / Math.log(2)));
      float[] next = use.clone();
      for (int t = 0; t < times; t++) {
        for (int c = 0; c < channels; c++) {
          run(t, c, 1, 0, m, times, channels, residual, use, limit, next);
          run(t, c, 0, 1, m, times, channels, residual, use, limit, next);
        }
      }
      use = next;
    }
    return use;
  }

  private static void run(
      int t,
      int c,
      int dt,
      int dc,
      int m,
      int times,
      int channels,
      float[] residual,
      float[] use,
      float limit,
      float[] next) {
    if (t + dt * (m - 1) >= times || c + dc * (m - 1) >= channels) {
      return;
    }
    double sum = 0;
    double count = 0;
    for (int i = 0; i < m; i++) {
      int at = (t + dt * i) * channels + c + dc * i;
      sum += residual[at] * use[at];
      count += use[at];
    }
    if (Math.abs(sum) > (double) limit * count) {
      for (int i = 0; i < m; i++) {
        next[(t + dt * i) * channels + c + dc * i] = 0;
      }
    }
  }

  @Test
  void aSampleAboveTheFirstThresholdGoesAlone() {
    float[] residual = new float[12 * 20];
    residual[5 * 20 + 7] = 1e6f;
    residual[2 * 20 + 3] = -7;
    float[] left = left(12, 20, 8, residual, ones(240), 6);
    for (int i = 0; i < left.length; i++) {
      assertThat(left[i]).isEqualTo(i == 5 * 20 + 7 || i == 2 * 20 + 3 ? 0 : 1);
    }
  }

  @Test
  void weakRunsAreFoundByTheirSums() {
    // chi_4 = 6 / 2.25 = 2.67: four samples of 3, each far below chi_1.
    float[] inFrequency = new float[8 * 32];
    Arrays.fill(inFrequency, 3 * 32 + 10, 3 * 32 + 14, 3);
    float[] left = left(8, 32, 4, inFrequency, ones(256), 6);
    for (int c = 0; c < 32; c++) {
      assertThat(left[3 * 32 + c]).isEqualTo(c >= 10 && c < 14 ? 0 : 1);
      assertThat(left[4 * 32 + c]).isEqualTo(1);
    }
    float[] inTime = new float[8 * 32];
    for (int t = 2; t < 6; t++) {
      inTime[t * 32 + 9] = -3;
    }
    left = left(8, 32, 4, inTime, ones(256), 6);
    for (int t = 0; t < 8; t++) {
      assertThat(left[t * 32 + 9]).isEqualTo(t >= 2 && t < 6 ? 0 : 1);
    }
    // Two of them are too few.
    Arrays.fill(inFrequency, 3 * 32 + 12, 3 * 32 + 14, 0);
    assertThat(left(8, 32, 4, inFrequency, ones(256), 6)).containsOnly(1);
  }

  @Test
  void equalsTheDefinition() {
    Random random = new Random(11);
    for (int round = 0; round < 60; round++) {
      int times = 1 + random.nextInt(14);
      int channels = 1 + random.nextInt(30);
      float[] residual = new float[times * channels];
      float[] valid = new float[times * channels];
      for (int i = 0; i < residual.length; i++) {
        // Multiples of 1/8: sums are exact, so that thresholds are met alike.
        residual[i] = Math.round(random.nextGaussian() * 8) / 8f;
        residual[i] += random.nextInt(20) == 0 ? 5 : 0;
        valid[i] = random.nextInt(10) == 0 ? 0 : 1;
      }
      double chi = 2.1 + random.nextDouble();
      int longest = 1 << random.nextInt(5);
      assertThat(left(times, channels, longest, residual, valid, chi))
          .as("round %d: %d x %d", round, times, channels)
          .isEqualTo(naive(times, channels, longest, residual, valid, chi));
    }
  }

  @Test
  void roomIsUsedAgainWithoutTraces() {
    Random random = new Random(12);
    SumThreshold used = new SumThreshold(9, 17, BASE, 8, 8);
    float[] left = new float[153];
    for (int round = 0; round < 5; round++) {
      float[] residual = new float[153];
      for (int i = 0; i < residual.length; i++) {
        residual[i] = (float) random.nextGaussian() * (1 + round);
      }
      used.flag(residual, ones(153), 4, left);
      assertThat(left).isEqualTo(left(9, 17, 8, residual, ones(153), 4));
    }
  }

  @Test
  void transposingIsItsOwnInverse() {
    float[] plane = new float[37 * 41];
    for (int i = 0; i < plane.length; i++) {
      plane[i] = i;
    }
    float[] turned = new float[plane.length + 3];
    Lanes.transpose(plane, 37, 41, turned, 3);
    assertThat(turned[3 + 5 * 37 + 30]).isEqualTo(plane[30 * 41 + 5]);
    float[] back = new float[plane.length];
    Lanes.transpose(Arrays.copyOfRange(turned, 3, turned.length), 41, 37, back, 0);
    assertThat(back).isEqualTo(plane);
  }
}
