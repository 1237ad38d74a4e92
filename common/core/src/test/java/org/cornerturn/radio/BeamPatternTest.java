package org.cornerturn.radio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.cornerturn.radio.Instrument.Beam;
import org.junit.jupiter.api.Test;

class BeamPatternTest {
  @Test
  void beamsFallToHalfAtTheirWidth() {
    double dishes = 4.65 * 1.4e9 / FringeRotator.SPEED_OF_LIGHT;
    double half = 1.02898 / 2 / dishes;
    assertThat(BeamPattern.power(Beam.AIRY, half, false, dishes)).isCloseTo(0.5, within(1e-4));
    assertThat(BeamPattern.power(Beam.GAUSSIAN, half, false, dishes)).isCloseTo(0.5, within(1e-12));
    assertThat(BeamPattern.power(Beam.AIRY, 1.219670 / dishes, false, dishes)).isLessThan(1e-9);
    assertThat(BeamPattern.power(Beam.AIRY, 0, true, dishes)).isZero();
    assertThat(BeamPattern.power(Beam.NONE, 0.9, true, dishes)).isEqualTo(1);
  }

  @Test
  void besselFunctionsAgreeWithTheirIntegral() {
    for (double x : new double[] {0, 1e-9, 0.1, 1, 3.8317059702075125, 11.99, 12.01, 20, 55, 300}) {
      double sum = 0;
      int n = 20_000;
      for (int i = 0; i < n; i++) {
        double t = Math.PI * (i + 0.5) / n;
        sum += Math.cos(t - x * Math.sin(t));
      }
      double expected = x == 0 ? 1 : 2 * (sum / n) / x;
      assertThat(BesselJ1.jinc(x)).isCloseTo(expected, within(x < 1e-6 ? 1e-6 : 1e-10));
    }
  }
}
