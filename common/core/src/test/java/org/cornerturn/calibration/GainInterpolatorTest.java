package org.cornerturn.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GainInterpolatorTest {
  private static final List<String> ONE = List.of("X");

  /** Gains of one antenna at times 0, 10, 20, 30 and frequencies 100, 110, 120: |g| and phase. */
  private static GainTable table(double[][] amplitude, double[][] phase) {
    GainTable table =
        GainTable.diagonal(
            SolutionAxis.of(new double[] {0, 10, 20, 30}, 10),
            SolutionAxis.of(new double[] {100, 110, 120}, 10),
            List.of("A"),
            ONE);
    for (int t = 0; t < 4; t++) {
      for (int f = 0; f < 3; f++) {
        double g = amplitude[t][f];
        if (!Double.isNaN(g)) {
          table.set(table.index(t, 0, f, 0), g * Math.cos(phase[t][f]), g * Math.sin(phase[t][f]));
        }
      }
    }
    return table;
  }

  private static GainTable steps() {
    double[][] amplitude = new double[4][3];
    double[][] phase = new double[4][3];
    for (int t = 0; t < 4; t++) {
      for (int f = 0; f < 3; f++) {
        amplitude[t][f] = 1 + t + 10 * f;
        // Over pi between neighbours in neither direction, beyond it in all.
        phase[t][f] = 2 * t + 0.5 * f;
      }
    }
    return table(amplitude, phase);
  }

  private static void check(
      GainTable table,
      Interpolation time,
      Interpolation frequency,
      double seconds,
      double hertz,
      double amplitude,
      double phase) {
    double[] v =
        new GainInterpolator(table, time, frequency, new double[] {hertz}).at(seconds).values();
    assertThat(Math.hypot(v[0], v[1])).isCloseTo(amplitude, within(1e-12));
    assertThat(Math.IEEEremainder(Math.atan2(v[1], v[0]) - phase, 2 * Math.PI))
        .isCloseTo(0, within(1e-12));
  }

  private static void checkNone(
      GainTable table, Interpolation time, Interpolation frequency, double seconds, double hertz) {
    assertThat(
            new GainInterpolator(table, time, frequency, new double[] {hertz}).at(seconds).values())
        .containsOnly(Double.NaN);
  }

  @Test
  void linearIsLinearInAmplitudeAndInUnwrappedPhase() {
    Interpolation l = Interpolation.linear();
    check(steps(), l, l, 10, 110, 12, 2.5);
    check(steps(), l, l, 14, 110, 12.4, 3.3);
    check(steps(), l, l, 14, 114, 16.4, 3.5);
    check(steps(), l, l, 27.5, 100, 3.75, 5.5);
    check(steps(), l, l, -50, 100, 1, 0);
    check(steps(), l, l, 99, 200, 24, 7);
  }

  @Test
  void nearestIsTheOneInWhoseIntervalAPlaceIs() {
    Interpolation n = Interpolation.nearest();
    check(steps(), n, n, 14, 114, 12, 2.5);
    check(steps(), n, n, 16, 116, 23, 5);
    check(steps(), n, n, 1e9, 0, 4, 6);
  }

  @Test
  void gapsOfFlaggedSolutionsAreBridgedAsFarAsAsked() {
    double nan = Double.NaN;
    double[][] amplitude = {{1, 1, 1}, {nan, nan, 2}, {nan, 3, 3}, {4, 4, nan}};
    GainTable table = table(amplitude, new double[4][3]);
    Interpolation l = Interpolation.linear();
    Interpolation f = Interpolation.nearest().within(0);
    check(table, l, f, 10, 110, 2, 0);
    check(table, l, f, 15, 100, 2.5, 0);
    // A gap of 10 s is bridged from 5 s of reach on, one of 20 s is not.
    check(table, l.within(5), f, 10, 110, 2, 0);
    check(table, l.within(5), f, 9, 100, 1, 0);
    check(table, l.within(4), f, 8, 110, 1, 0);
    checkNone(table, l.within(4), f, 10, 110);
    checkNone(table, l.within(0), f, 10, 100);
    check(table, l.within(0), f, 12, 120, 2.2, 0);
    check(table, Interpolation.nearest().within(3), f, 8, 110, 1, 0);
    checkNone(table, Interpolation.nearest().within(2), f, 8, 110);
    checkNone(table, Interpolation.nearest().within(3), f, 40, 100);
    checkNone(table, Interpolation.nearest(), f, 10, 130);
    // In frequency as well.
    check(table, f, l, 20, 100, 3, 0);
    checkNone(table, f, l.within(4), 20, 100);
    check(table, f, l.within(4), 20, 101, 3, 0);
  }

  @Test
  void aTermOfOneTimeAndFrequencyGoesForAll() {
    GainTable table =
        GainTable.diagonal(
            SolutionAxis.of(new double[] {5}, 10),
            SolutionAxis.of(new double[] {100}, 10),
            List.of("A"),
            ONE);
    table.set(0, 0, 2);
    check(table, Interpolation.linear(), Interpolation.linear(), 1e6, 1, 2, Math.PI / 2);
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 2, 0.25", "NaN, 1, 3, 0.25", "1, NaN, 1, 0.25", "NaN, NaN, NaN, 0.5"})
  void setsBeforeAndAfterAreBlendedWhereBothAreGood(
      double before, double after, double expected, double share) {
    GainGrid a = GainGrid.diagonal(1, 1, ONE);
    GainGrid b = GainGrid.diagonal(1, 1, ONE);
    // Opposite sides of the turn from 3 to -3.
    a.values()[0] = before * 1.5 * Math.cos(3);
    a.values()[1] = before * 1.5 * Math.sin(3);
    b.values()[0] = after * 3.5 * Math.cos(-3);
    b.values()[1] = after * 3.5 * Math.sin(-3);
    double[] v = a.blend(b, share).values();
    if (Double.isNaN(expected)) {
      assertThat(v).containsOnly(Double.NaN);
    } else if (expected == 2) {
      assertThat(Math.hypot(v[0], v[1])).isCloseTo(2, within(1e-12));
      double phase = 3 + 0.25 * (2 * Math.PI - 6);
      assertThat(Math.atan2(v[1], v[0])).isCloseTo(phase, within(1e-12));
    } else {
      assertThat(Math.hypot(v[0], v[1])).isCloseTo(expected == 3 ? 3.5 : 1.5, within(1e-12));
    }
  }
}
