package org.cornerturn.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PhasesTest {
  @Test
  void phasesAreCosinesAndSines() {
    double[] turns = {0, 0.25, -0.5, 0.5, 0.123456, -7.75, 1234.5678, -99_999.3};
    double[] cosine = new double[turns.length];
    double[] sine = new double[turns.length];
    Phases.of(turns, turns.length, cosine, sine);
    for (int i = 0; i < turns.length; i++) {
      double angle = 2 * Math.PI * (turns[i] - Math.rint(turns[i]));
      assertThat(cosine[i]).isCloseTo(Math.cos(angle), within(1e-14));
      assertThat(sine[i]).isCloseTo(Math.sin(angle), within(1e-14));
    }
  }
}
