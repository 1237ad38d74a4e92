package org.cornerturn.deconvolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.cornerturn.deconvolution.SyntheticSky.SIDE;
import static org.cornerturn.deconvolution.SyntheticSky.largest;
import static org.cornerturn.deconvolution.SyntheticSky.sum;

import java.util.List;
import java.util.Random;
import org.cornerturn.deconvolution.CleanSettings.Method;
import org.cornerturn.deconvolution.CleanSettings.Sign;
import org.cornerturn.deconvolution.Deconvolution.End;
import org.cornerturn.deconvolution.Deconvolution.Outcome;
import org.cornerturn.plane.PlaneMask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeconvolutionTest {
  private static final SpectralFit ONE = SpectralFit.free(new double[] {1});

  private static Deconvolution of(SyntheticSky sky, CleanSettings settings, PlaneMask mask) {
    return new Deconvolution(SIDE, SIDE, new float[][] {sky.psf}, ONE, settings, mask, 4.7);
  }

  private static CleanSettings to(Method method, double jy) {
    return CleanSettings.usual(method).withGains(0.1, 1).withLimits(100_000, jy, 0, 0);
  }

  @ParameterizedTest
  @EnumSource(Method.class)
  void findsPointsWithTheirFluxes(Method method) {
    SyntheticSky sky = new SyntheticSky(1).point(40, 50, 2).point(52, 44, 1).point(46, 58, -0.5);
    float[][] residual = {sky.dirty.clone()};
    float[][] model = new float[1][SIDE * SIDE];
    CleanSettings settings = to(method, 1e-3).withScales(List.of(0.0), 0.6);
    Outcome outcome = of(sky, settings, null).minorCycle(residual, model);
    assertThat(outcome.end()).isEqualTo(End.THRESHOLD);
    assertThat(outcome.peakBefore()).isCloseTo(largest(sky.dirty), within(1e-5));
    assertThat(outcome.peakAfter()).isLessThanOrEqualTo(1e-3);
    assertThat(largest(residual[0])).isLessThan(1.01e-3);
    assertThat(sum(model[0], 40, 50, 1)).isCloseTo(2, within(0.01));
    assertThat(sum(model[0], 52, 44, 1)).isCloseTo(1, within(0.01));
    assertThat(sum(model[0], 46, 58, 1)).isCloseTo(-0.5, within(0.01));
    assertThat((double) model[0][50 * SIDE + 40]).isCloseTo(2, within(0.02));
    // The residual is what the model leaves of the dirty image.
    float[] truth = sky.less(model[0]);
    for (int i = 0; i < truth.length; i++) {
      assertThat(residual[0][i]).isCloseTo(truth[i], within(2e-5f));
    }
  }

  @Test
  void firstComponentIsThePeakTimesTheGain() {
    SyntheticSky sky = new SyntheticSky(1).point(40, 50, -2);
    for (Method method : List.of(Method.HOGBOM, Method.CLARK)) {
      float[][] residual = {sky.dirty.clone()};
      float[][] model = new float[1][SIDE * SIDE];
      CleanSettings settings = to(method, 0).withGains(0.25, 1).withLimits(1, 0, 0, 0);
      Outcome outcome = of(sky, settings, null).minorCycle(residual, model);
      assertThat(outcome.iterations()).isEqualTo(1);
      assertThat(outcome.end()).isEqualTo(End.ITERATIONS);
      assertThat((double) model[0][50 * SIDE + 40]).isCloseTo(-0.5, within(1e-6));
      assertThat(outcome.peakAfter()).isCloseTo(1.5, within(1e-5));
    }
  }

  @Test
  void clarkTakesWhatHogbomTakes() {
    SyntheticSky sky = new SyntheticSky(1).point(40, 50, 2).point(43, 51, 1.3).noise(0.01, 4);
    float[][] first = new float[1][SIDE * SIDE];
    float[][] second = new float[1][SIDE * SIDE];
    CleanSettings settings = to(Method.HOGBOM, 0.3);
    int hogbom =
        of(sky, settings, null).minorCycle(new float[][] {sky.dirty.clone()}, first).iterations();
    int clark =
        of(sky, to(Method.CLARK, 0.3), null)
            .minorCycle(new float[][] {sky.dirty.clone()}, second)
            .iterations();
    assertThat(clark).isEqualTo(hogbom);
    for (int i = 0; i < first[0].length; i++) {
      assertThat(second[0][i]).isCloseTo(first[0][i], within(1e-4f));
    }
  }

  @Test
  void majorCyclesGoDownByTheirGain() {
    SyntheticSky sky = new SyntheticSky(1).point(40, 50, 2).point(60, 44, 0.4);
    CleanSettings settings =
        CleanSettings.usual(Method.CLARK).withGains(0.1, 0.8).withLimits(100_000, 0.01, 0, 0);
    Deconvolution deconvolution = of(sky, settings, null);
    float[][] model = new float[1][SIDE * SIDE];
    float[][] residual = {sky.dirty.clone()};
    int cycles = 0;
    Outcome outcome;
    do {
      outcome = deconvolution.minorCycle(residual, model);
      residual[0] = sky.less(model[0]);
      cycles++;
      if (outcome.major()) {
        assertThat(outcome.peakAfter() / outcome.peakBefore()).isBetween(0.17, 0.2);
      }
    } while (outcome.major());
    assertThat(outcome.end()).isEqualTo(End.THRESHOLD);
    // 2 Jy times 0.2 each time, down to 10 mJy.
    assertThat(cycles).isEqualTo(4);
    assertThat(largest(residual[0])).isLessThan(0.0101);
  }

  @ParameterizedTest
  @EnumSource(Method.class)
  void automaticMaskKeepsNoiseOut(Method method) {
    SyntheticSky sky = new SyntheticSky(1).point(40, 50, 1).point(60, 44, 0.2).noise(0.01, 7);
    CleanSettings settings = CleanSettings.usual(method).withScales(List.of(0.0, 8.0), 0.6);
    Deconvolution deconvolution = of(sky, settings, null);
    float[][] model = new float[1][SIDE * SIDE];
    float[][] residual = {sky.dirty.clone()};
    boolean masked = false;
    Outcome outcome = deconvolution.minorCycle(residual, model);
    for (int cycle = 0; outcome.major() && cycle < 30; cycle++) {
      residual[0] = sky.less(model[0]);
      masked |= outcome.end() == End.MASK_FOUND;
      outcome = deconvolution.minorCycle(residual, model);
      if (masked) {
        assertThat(outcome.threshold()).isCloseTo(3 * outcome.noise(), within(1e-9));
      }
    }
    assertThat(masked).isTrue();
    assertThat(outcome.end()).isEqualTo(End.THRESHOLD);
    assertThat(outcome.noise()).isCloseTo(0.01, within(1.5e-3));
    assertThat(sum(model[0], 40, 50, 6)).isCloseTo(1, within(0.05));
    double elsewhere = 0;
    for (int i = 0; i < model[0].length; i++) {
      boolean near =
          Math.hypot(i % SIDE - 40, i / SIDE - 50) < 10
              || Math.hypot(i % SIDE - 60, i / SIDE - 44) < 10;
      elsewhere += near ? 0 : Math.abs(model[0][i]);
    }
    assertThat(elsewhere).isLessThan(0.02);
  }

  @Test
  void scalesTakeWhatIsExtended() {
    SyntheticSky sky = new SyntheticSky(1).extended(48, 48, 5, 10).point(30, 60, 0.3);
    float[][] model = new float[1][SIDE * SIDE];
    float[][] residual = {sky.dirty.clone()};
    CleanSettings settings =
        to(Method.MULTISCALE, 5e-3).withScales(List.of(0.0, 6.0, 12.0, 24.0), 0.6);
    Outcome outcome = of(sky, settings, null).minorCycle(residual, model);
    assertThat(outcome.end()).isEqualTo(End.THRESHOLD);
    assertThat(sum(model[0], 48, 48, 27)).isCloseTo(10.3, within(0.15));
    float[] truth = sky.less(model[0]);
    for (int i = 0; i < truth.length; i++) {
      assertThat(residual[0][i]).isCloseTo(truth[i], within(2e-4f));
    }
    float[][] points = new float[1][SIDE * SIDE];
    int many =
        of(sky, to(Method.CLARK, 5e-3), null)
            .minorCycle(new float[][] {sky.dirty.clone()}, points)
            .iterations();
    assertThat(outcome.iterations()).isLessThan(many);
    // A smooth source has a smooth model: nothing negative of note.
    double negative = 0;
    for (float v : model[0]) {
      negative += Math.min(0, v);
    }
    assertThat(negative).isGreaterThan(-0.3);
  }

  @Test
  void staysInTheMaskAndTheSign() {
    SyntheticSky sky = new SyntheticSky(1).point(40, 50, 1).point(60, 44, -2);
    PlaneMask mask = PlaneMask.none(SIDE, SIDE);
    mask.add(40, 50);
    mask.add(60, 44);
    float[][] model = new float[1][SIDE * SIDE];
    of(sky, to(Method.CLARK, 1e-3), mask).minorCycle(new float[][] {sky.dirty.clone()}, model);
    for (int i = 0; i < model[0].length; i++) {
      assertThat(model[0][i] == 0 || mask.contains(i % SIDE, i / SIDE)).isTrue();
    }
    assertThat((double) model[0][44 * SIDE + 60]).isCloseTo(-2, within(1e-3));
    float[][] positive = new float[1][SIDE * SIDE];
    CleanSettings settings = to(Method.HOGBOM, 1e-3).withSign(Sign.POSITIVE);
    of(sky, settings, mask).minorCycle(new float[][] {sky.dirty.clone()}, positive);
    assertThat(positive[0][44 * SIDE + 60]).isZero();
    assertThat(positive[0][50 * SIDE + 40]).isPositive();
    float[][] none = new float[1][SIDE * SIDE];
    Outcome outcome =
        of(sky, to(Method.CLARK, 1e-3), PlaneMask.none(SIDE, SIDE))
            .minorCycle(new float[][] {sky.dirty.clone()}, none);
    assertThat(outcome.iterations()).isZero();
    assertThat(outcome.end()).isEqualTo(End.THRESHOLD);
  }

  @ParameterizedTest
  @EnumSource(Method.class)
  void joinedChannelsKeepTheSpectrum(Method method) {
    double[] frequency = {1.30e9, 1.36e9, 1.42e9, 1.48e9};
    double[] weight = {1, 1, 2, 1};
    float[][] psf = new float[4][];
    float[][] residual = new float[4][];
    for (int c = 0; c < 4; c++) {
      double x = frequency[c] / 1.39e9;
      SyntheticSky sky =
          new SyntheticSky(1 / x)
              .point(40, 50, 2 * Math.pow(x, -0.8))
              .point(56, 44, Math.pow(x, 1.5));
      psf[c] = sky.psf;
      residual[c] = sky.dirty;
    }
    for (SpectralFit.Form form : List.of(SpectralFit.Form.LOGARITHMIC, SpectralFit.Form.FREE)) {
      float[][] left = new float[4][];
      for (int c = 0; c < 4; c++) {
        left[c] = residual[c].clone();
      }
      SpectralFit fit = new SpectralFit(form, frequency, weight, 2);
      float[][] model = new float[4][SIDE * SIDE];
      CleanSettings settings = to(method, 1e-3).withScales(List.of(0.0), 0.6);
      new Deconvolution(SIDE, SIDE, psf, fit, settings, null, 4.7).minorCycle(left, model);
      double index =
          Math.log(sum(model[3], 40, 50, 2) / sum(model[0], 40, 50, 2))
              / Math.log(frequency[3] / frequency[0]);
      assertThat(index).as("%s", form).isCloseTo(-0.8, within(0.05));
      double other =
          Math.log(sum(model[3], 56, 44, 2) / sum(model[0], 56, 44, 2))
              / Math.log(frequency[3] / frequency[0]);
      assertThat(other).as("%s", form).isCloseTo(1.5, within(0.05));
      assertThat(largest(left[1])).isLessThan(0.02);
    }
  }

  @Test
  void noiseThatDiffersAcrossThePlaneMakesNoComponents() {
    SyntheticSky sky = new SyntheticSky(1).point(24, 50, 0.3);
    Random random = new Random(3);
    for (int i = 0; i < sky.dirty.length; i++) {
      sky.dirty[i] += (float) ((i % SIDE < SIDE / 2 ? 0.01 : 0.1) * random.nextGaussian());
    }
    CleanSettings settings =
        CleanSettings.usual(Method.CLARK)
            .withGains(0.1, 1)
            .withLimits(10_000, 0, 0, 5)
            .withNoiseBox(24);
    float[][] model = new float[1][SIDE * SIDE];
    of(sky, settings, null).minorCycle(new float[][] {sky.dirty.clone()}, model);
    assertThat(sum(model[0], 24, 50, 2)).isGreaterThan(0.1);
    for (int i = 0; i < model[0].length; i++) {
      assertThat(i % SIDE > 60 ? model[0][i] : 0).isZero();
    }
  }

  @Test
  void endsWhereThePeakGrows() {
    SyntheticSky sky = new SyntheticSky(1).point(40, 50, 1);
    // A point spread function that isn't the image's: subtracting it makes more.
    float[] wrong = sky.psf.clone();
    wrong[SIDE / 2 * SIDE + SIDE / 2 + 3] = -3;
    Deconvolution deconvolution =
        new Deconvolution(
            SIDE, SIDE, new float[][] {wrong}, ONE, to(Method.CLARK, 1e-3), null, 4.7);
    float[][] model = new float[1][SIDE * SIDE];
    Outcome outcome = deconvolution.minorCycle(new float[][] {sky.dirty.clone()}, model);
    assertThat(outcome.end()).isEqualTo(End.DIVERGED);
    assertThat(outcome.major()).isFalse();
  }

  @Test
  void refusesWhatDoesNotFit() {
    float[][] empty = {new float[SIDE * SIDE]};
    CleanSettings settings = to(Method.CLARK, 1);
    assertThatThrownBy(() -> new Deconvolution(SIDE, SIDE, empty, ONE, settings, null, 4))
        .hasMessageContaining("peak");
    assertThatThrownBy(
            () ->
                new Deconvolution(SIDE, SIDE, new float[][] {new float[4]}, ONE, settings, null, 4))
        .hasMessageContaining("4 pixels");
    assertThatThrownBy(() -> settings.withLimits(1, 0, 2, 3))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> settings.withGains(0, 1)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @EnumSource(Method.class)
  void anotherProgramGoesOnFromItsState(Method method) {
    SyntheticSky sky = new SyntheticSky(1).point(40, 50, 2).point(52, 44, 1).noise(0.01, 7);
    CleanSettings settings =
        CleanSettings.usual(method).withLimits(5000, 0, 8, 2).withScales(List.of(0.0, 8.0), 0.6);
    float[][] model = new float[1][SIDE * SIDE];
    float[][] other = new float[1][SIDE * SIDE];
    Deconvolution whole = of(sky, settings, null);
    Deconvolution.State state = whole.state();
    for (int cycle = 0; cycle < 4; cycle++) {
      Outcome outcome = whole.minorCycle(new float[][] {sky.less(model[0])}, model);
      Deconvolution next = of(sky, settings, null);
      next.resume(state);
      assertThat(next.minorCycle(new float[][] {sky.less(other[0])}, other)).isEqualTo(outcome);
      assertThat(other[0]).isEqualTo(model[0]);
      state = next.state();
      assertThat(state.iterations()).isEqualTo(whole.iterations());
    }
    assertThat(state.automatic()).isTrue();
    Deconvolution.State ended = state;
    CleanSettings others = settings.withScales(List.of(0.0, 4.0, 8.0), 0.6);
    if (method == Method.MULTISCALE) {
      assertThatThrownBy(() -> of(sky, others, null).resume(ended))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
