package org.cornerturn.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class AgreementTest {
  private static final int ANTENNAS = 12;

  private final Baselines baselines = Baselines.all(ANTENNAS);

  /** Data of gains of a phase each, a factor and noise, over a model of 2 Jy. */
  private Agreement of(double[] phase, double amplitude, double sigma, double closure) {
    Random random = new Random(8);
    NormalSums sums = new NormalSums(baselines, 2);
    for (int b = 0; b < baselines.count(); b++) {
      int p = baselines.first(b);
      int q = baselines.second(b);
      // What no gains of antennas make: the phase of one baseline alone.
      double angle = phase[p] - phase[q] + (p == 0 && q == 1 ? closure : 0);
      for (int cell = 0; cell < 2; cell++) {
        for (int k = 0; k < 50; k++) {
          double re = 2 * amplitude * Math.cos(angle) + sigma * random.nextGaussian();
          double im = 2 * amplitude * Math.sin(angle) + sigma * random.nextGaussian();
          sums.add(b, cell, 1 / (sigma * sigma), re, im, 2, 0);
        }
      }
    }
    Agreement a = new Agreement(ANTENNAS);
    a.add(sums);
    return Agreement.of(a.toArray());
  }

  @Test
  void dataThatAreTheModelHaveTheirNoiseAlone() {
    Agreement a = of(new double[ANTENNAS], 1, 0.5, 0);
    assertThat(a.samples()).isEqualTo(baselines.count() * 100L);
    assertThat(a.chiSquared()).isCloseTo(1, within(0.05));
    assertThat(a.residual()).isCloseTo(0.5 * Math.sqrt(2) / 2, within(0.01));
    assertThat(a.phaseRad()).isCloseTo(0.25 / Math.sqrt(50), within(0.005));
    // A triple has the noise of three baselines.
    assertThat(a.closureRad()).isCloseTo(0.25 * Math.sqrt(3.0 / 50), within(0.01));
    assertThat(a.triples()).isEqualTo(2L * (ANTENNAS - 1) * (ANTENNAS - 2) / 2);
  }

  @Test
  void gainsShowInPhasesAndResidualsAndNotInClosures() {
    double[] phase = new double[ANTENNAS];
    phase[3] = 1;
    Agreement a = of(phase, 1.5, 1e-3, 0);
    assertThat(a.phaseRad(3)).isCloseTo(1, within(1e-3));
    // One of the eleven baselines of any other antenna has it.
    assertThat(a.phaseRad(0)).isCloseTo(Math.sqrt(1.0 / 11), within(1e-3));
    double turned = 1.5 * 1.5 + 1 - 2 * 1.5 * Math.cos(1);
    assertThat(a.residual()).isCloseTo(Math.sqrt((55 * 0.25 + 11 * turned) / 66), within(1e-3));
    assertThat(a.closureRad()).isLessThan(1e-3);
  }

  @Test
  void whatNoGainExplainsShowsInClosures() {
    Agreement a = of(new double[ANTENNAS], 1, 1e-3, 0.5);
    // Of antenna 0's 55 triples 10 have that baseline.
    assertThat(a.closureRad()).isCloseTo(0.5 * Math.sqrt(10 / 55.0), within(1e-3));
  }

  @Test
  void partsAddUp() {
    Agreement a = of(new double[ANTENNAS], 1, 0.5, 0);
    Agreement b = of(new double[ANTENNAS], 2, 0.5, 0.1);
    Agreement both = new Agreement(ANTENNAS);
    both.add(a);
    both.add(b);
    assertThat(both.samples()).isEqualTo(a.samples() + b.samples());
    double squares = a.residual() * a.residual() + b.residual() * b.residual();
    assertThat(both.residual()).isCloseTo(Math.sqrt(squares / 2), within(1e-12));
    assertThat(new Agreement(2).residual()).isNaN();
    assertThat(new Agreement(2).phaseRad()).isNaN();
  }
}
