package org.cornerturn.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ForcedPhotometryTest {
  private static final int SIDE = 1200;

  private static ForcedFlux[] measure(NoisySky sky, PixelShape beam, double[] x, double[] y) {
    Background b = Background.of(sky.plane, sky.all(), sky.all(), sky.width, sky.height, 96, 2);
    NoiseCorrelation c = NoiseCorrelation.of(sky.plane, sky.all(), sky.all(), b, beam);
    return new ForcedPhotometry(beam, c).measure(sky.plane, sky.all(), b, x, y);
  }

  /** Pulls of injected fluxes, faint and bright, in noise of three correlations. */
  @Test
  void pullsAreNormal() {
    PixelShape beam = NoisySky.round(2.3);
    for (double smooth : new double[] {1.1, 2.3 / Math.sqrt(2), 2.3}) {
      NoisySky sky = new NoisySky(SIDE, SIDE, 1e-3, smooth, 41);
      Random random = new Random(42);
      int n = 47 * 47;
      double[] x = new double[n];
      double[] y = new double[n];
      double[] flux = new double[n];
      for (int i = 0; i < n; i++) {
        x[i] = 20 + i % 47 * 24.7 + random.nextDouble();
        y[i] = 20 + i / 47 * 24.7 + random.nextDouble();
        flux[i] = i % 40 == 0 ? 0.02 : i % 20 == 1 ? 3e-3 : 0;
        sky.add(x[i], y[i], flux[i], beam);
      }
      ForcedFlux[] found = measure(sky, beam, x, y);
      double sum = 0;
      double squares = 0;
      for (int i = 0; i < n; i++) {
        double pull = (found[i].flux() - flux[i]) / found[i].error();
        sum += pull;
        squares += pull * pull;
      }
      assertThat(sum / n).as("mean at %s", smooth).isCloseTo(0, within(0.05));
      assertThat(Math.sqrt(squares / n)).as("sigma at %s", smooth).isCloseTo(1, within(0.05));
    }
  }

  /** Fluxes of pairs and triples are found together, and their errors are true. */
  @Test
  void blendsAreSolvedTogether() {
    PixelShape beam = new PixelShape(6.5, 1, 5);
    NoisySky sky = new NoisySky(SIDE, SIDE, 1, 1.7, 43);
    int cells = 20;
    double[] x = new double[3 * cells * cells];
    double[] y = new double[x.length];
    double[] flux = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      int cell = i / 3;
      x[i] = 16 + cell % cells * 58 + i % 3 * 4.5;
      y[i] = 16 + cell / cells * 58 + (i % 3 == 1 ? 3 : 0);
      flux[i] = 10 + 20 * (i % 3);
      sky.add(x[i], y[i], flux[i], beam);
    }
    ForcedFlux[] found = measure(sky, beam, x, y);
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < x.length; i++) {
      assertThat(found[i].together()).isEqualTo(3);
      double pull = (found[i].flux() - flux[i]) / found[i].error();
      sum += pull;
      squares += pull * pull;
    }
    assertThat(sum / x.length).isCloseTo(0, within(0.1));
    assertThat(Math.sqrt(squares / x.length)).isCloseTo(1, within(0.08));
  }

  @Test
  void tellsWhereNothingCanBeMeasured() {
    PixelShape beam = NoisySky.round(2);
    NoisySky sky = new NoisySky(200, 200, 1, 1.5, 44);
    for (int y = 0; y < 200; y++) {
      Arrays.fill(sky.plane, y * 200, y * 200 + 60, Float.NaN);
    }
    double[] x = {-5, 20, 60, 150, 150.05, 199.2, Double.NaN};
    double[] y = {100, 100, 100, 100, 100, 100, 5};
    ForcedFlux[] found = measure(sky, beam, x, y);
    assertThat(found[0].isMeasured()).isFalse();
    assertThat(found[1].isMeasured()).isFalse();
    assertThat(found[6].isMeasured()).isFalse();
    assertThat(found[3].isMeasured()).isTrue();
    assertThat(found[4]).as("the same place").isEqualTo(found[3]);
    assertThat(found[2].isMeasured()).isTrue();
    assertThat(found[2].error()).as("half of the beam is blank").isGreaterThan(found[3].error());
    assertThat(found[3].upperLimit(3)).isGreaterThanOrEqualTo(3 * found[3].error());
  }

  /** Noise that can't be measured is taken to be correlated like the beam. */
  @Test
  void smallImagesAreMeasuredToo() {
    PixelShape beam = NoisySky.round(2);
    NoisySky sky = new NoisySky(48, 48, 1, 1.4, 45);
    sky.add(24, 24, 30, beam);
    ForcedFlux found = measure(sky, beam, new double[] {24}, new double[] {24})[0];
    assertThat(found.flux()).isCloseTo(30, within(5.0));
    assertThat(found.error() / found.rms()).isCloseTo(Math.sqrt(4.0 / 3), within(0.02));
  }
}
