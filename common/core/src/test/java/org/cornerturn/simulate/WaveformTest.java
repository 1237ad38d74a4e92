package org.cornerturn.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.cornerturn.simulate.Waveform.Signal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WaveformTest {
  private static final Waveform SMALL = Waveform.minimal(7);

  /** The periodic signal and the drift at a time, from their formulas. */
  private static double truth(Signal signal, double t) {
    double cycles = 50 * t;
    double sin = StrictMath.sin(2 * Math.PI * cycles);
    double periodic =
        switch (signal) {
          case SINE -> 0.1 * sin;
          case SQUARE -> 0.1 * Math.signum(sin);
          case SAWTOOTH -> 0.1 * 2 * (cycles - Math.floor(0.5 + cycles));
          case PULSE -> cycles % 1 < 0.05 ? 0.2 : 0;
        };
    return periodic
        + 0.01 * StrictMath.sin(2 * Math.PI * 0.1 * t)
        + 0.005 * StrictMath.sin(2 * Math.PI * 0.5 * t);
  }

  @ParameterizedTest
  @EnumSource(Signal.class)
  void whatIsLeftOfTheFormulaIsWhiteNoise(Signal signal) {
    Waveform w = SMALL.withShape(1, 1, 1, 100_000_000).withSignal(signal);
    double worst = 0;
    double sum = 0;
    double squares = 0;
    double lagged = 0;
    int n = 0;
    for (long first : new long[] {1_000_001, 31_000_003, 77_777_777}) {
      double[] volts = w.trace(0, 0, 0).volts(first, 200_000);
      double before = 0;
      for (int i = 0; i < volts.length; i++) {
        double rest = volts[i] - truth(signal, (first + i) * 2e-9);
        sum += rest;
        squares += rest * rest;
        lagged += rest * before;
        before = rest;
        worst = Math.max(worst, Math.abs(rest));
        n++;
      }
    }
    double sigma = Math.sqrt(squares / n);
    assertThat(sum / n).isCloseTo(0, within(5 * 0.01 / Math.sqrt(n)));
    assertThat(sigma).isCloseTo(0.01, within(5 * 0.01 / Math.sqrt(2.0 * n)));
    assertThat(lagged / squares).isCloseTo(0, within(5 / Math.sqrt(n)));
    assertThat(worst).isLessThan(0.2);
  }

  @Test
  void oscillatorsAgreeWithTheSine() {
    for (double f : new double[] {0.1, 50, 5e3, 1e8, 2.4e8}) {
      Oscillator o = new Oscillator(f, 2e-9);
      for (long block : new long[] {0, 256, 1_000_192, 99_999_744}) {
        o.block(block);
        for (int i = 0; i < 256; i += 17) {
          double cycles = f * 2e-9 * (block + i);
          double angle = 2 * Math.PI * (cycles - Math.floor(cycles));
          assertThat(o.sin(i)).isCloseTo(StrictMath.sin(angle), within(1e-7));
          assertThat(o.cos(i)).isCloseTo(StrictMath.cos(angle), within(1e-7));
        }
      }
    }
  }

  @Test
  void deviatesAreNormal() {
    int n = 4_000_000;
    CounterRandom random = new CounterRandom(3);
    double[] power = new double[5];
    int[] below = new int[9];
    int tail = 0;
    for (int i = 0; i < n / 2; i++) {
      long bits = random.bits(i);
      for (int half : new int[] {(int) bits, (int) (bits >>> 32)}) {
        double x = Ziggurat.normal(half);
        for (int k = 1; k <= 4; k++) {
          power[k] += Math.pow(x, k);
        }
        for (int k = 0; k < below.length; k++) {
          below[k] += x < k - 4 ? 1 : 0;
        }
        tail += Math.abs(x) > 3.4426 ? 1 : 0;
      }
    }
    double root = Math.sqrt(n);
    assertThat(power[1] / n).isCloseTo(0, within(5 / root));
    assertThat(power[2] / n).isCloseTo(1, within(5 * Math.sqrt(2) / root));
    assertThat(power[3] / n).isCloseTo(0, within(5 * Math.sqrt(15) / root));
    assertThat(power[4] / n).isCloseTo(3, within(5 * Math.sqrt(96) / root));
    // The normal distribution at -4 .. 4.
    double[] cdf = {
      3.167124183e-5,
      1.349898032e-3,
      2.275013195e-2,
      0.1586552539,
      0.5,
      0.8413447461,
      0.9772498681,
      0.9986501020,
      0.9999683288
    };
    for (int k = 0; k < cdf.length; k++) {
      double sigma = Math.sqrt(cdf[k] * (1 - cdf[k]) / n);
      assertThat(below[k] / (double) n).as("below %d", k - 4).isCloseTo(cdf[k], within(5 * sigma));
    }
    assertThat(tail / (double) n).isCloseTo(5.7616e-4, within(5 * Math.sqrt(5.76e-4 / n)));
  }

  @Test
  void adcCountsTurnBackIntoVolts() {
    for (int c = 0; c < 2; c++) {
      short[] adc = new short[5000];
      SMALL.trace(c, 2, 4).fill(300_000, adc, 0, adc.length);
      double[] volts = SMALL.trace(c, 2, 4).volts(300_000, adc.length);
      for (int i = 0; i < adc.length; i++) {
        double back = adc[i] * (double) SMALL.gain(c, 2) - SMALL.offset(c, 2);
        assertThat(back).isCloseTo(volts[i] + 0.05 * c, within(SMALL.gain(c, 2) * 1.0001));
      }
    }
  }

  @Test
  void gainsAndOffsetsStayWithinTheirLimitsAndDiffer() {
    for (int c = 0; c < 2; c++) {
      for (int t = 0; t < 3; t++) {
        assertThat((double) SMALL.gains()[c][t]).isBetween(0.98e-4, 1.02e-4);
        assertThat((double) SMALL.offsets()[c][t]).isBetween(-0.2100001, -0.1899999);
      }
    }
    assertThat(SMALL.gain(0, 0)).isNotEqualTo(SMALL.gain(1, 0));
    assertThat(SMALL.gain(0, 1)).isNotEqualTo(Waveform.minimal(8).gain(0, 1));
  }

  @Test
  void glitchesStandOutAndTheFeatureIsThere() {
    WaveformTrace trace = SMALL.trace(0, 0, 0);
    for (long at : trace.glitches()) {
      double rest = trace.volts(at, 1)[0] - truth(Signal.SINE, at * 2e-9);
      assertThat(Math.abs(rest)).isBetween(0.05 - 0.045, 0.15 + 0.05);
    }
    // The feature averaged over all traces, where noise has sunk to 0.01 / sqrt(3000).
    double[] mean = new double[125];
    int traces = 3000;
    Waveform many = SMALL.withShape(1, 1, traces, 1_000_000);
    for (int s = 0; s < traces; s++) {
      double[] v = many.trace(0, 0, s).volts(221_750, 125);
      for (int i = 0; i < v.length; i++) {
        mean[i] += v[i] / traces;
      }
    }
    for (int i = 0; i < 125; i++) {
      double x = 20.0 * i / 124;
      double feature = -0.05 * Math.exp(-x) * Math.sin(2 * Math.PI * 50 * x);
      assertThat(mean[i] - truth(Signal.SINE, (221_750 + i) * 2e-9))
          .isCloseTo(feature, within(6 * 0.01 / Math.sqrt(traces)));
    }
  }

  @Property(tries = 100)
  void anyRangeHasTheBitsOfTheWhole(
      @ForAll @IntRange(max = 9_999) int first,
      @ForAll @IntRange(max = 3000) int count,
      @ForAll Signal signal) {
    Waveform w = SMALL.withShape(2, 1, 1, 10_000).withSignal(signal);
    short[] whole = new short[10_000];
    w.trace(1, 0, 0).fill(0, whole, 0, whole.length);
    int n = Math.min(count, 10_000 - first);
    short[] part = new short[n + 2];
    w.trace(1, 0, 0).fill(first, part, 1, n);
    assertThat(Arrays.copyOfRange(part, 1, n + 1))
        .isEqualTo(Arrays.copyOfRange(whole, first, first + n));
    assertThat(part[0]).isZero();
    assertThat(part[n + 1]).isZero();
  }

  @Test
  void tracesAndSeedsDiffer() {
    short[] a = new short[100];
    short[] b = new short[100];
    SMALL.trace(0, 0, 0).fill(0, a, 0, 100);
    SMALL.trace(0, 0, 1).fill(0, b, 0, 100);
    assertThat(a).isNotEqualTo(b);
    Waveform.minimal(8).trace(0, 0, 0).fill(0, b, 0, 100);
    assertThat(a).isNotEqualTo(b);
  }

  @Test
  void presetsAreThePredecessors() {
    assertThat(Waveform.standard(0).shape().dims()).containsExactly(2, 1, 3, 100_000_000);
    assertThat(SMALL.shape().dims()).containsExactly(2, 3, 5, 1_000_000);
    assertThatThrownBy(() -> SMALL.withShape(0, 1, 1, 1)).hasMessageContaining("channel");
    assertThatThrownBy(() -> SMALL.trace(2, 0, 0)).hasMessageContaining("trace 2,0,0");
  }
}
