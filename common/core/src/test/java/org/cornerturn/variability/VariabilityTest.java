package org.cornerturn.variability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class VariabilityTest {
  private static final MathContext DIGITS = new MathContext(60);

  private static BigDecimal big(double v) {
    return new BigDecimal(v);
  }

  /** The formulas as they are written in papers, in sixty digits. */
  @Property(tries = 100)
  void metricsAreTheFormulas(@ForAll long seed, @ForAll @IntRange(min = 3, max = 40) int n) {
    Random random = new Random(seed);
    double[] t = new double[n];
    double[] s = new double[n];
    double[] e = new double[n];
    for (int i = 0; i < n; i++) {
      t[i] = i;
      s[i] = 5 + random.nextGaussian();
      e[i] = 0.1 + random.nextDouble();
    }
    VariabilityMetrics m = VariabilityMetrics.of(new LightCurve(t, s, e));
    BigDecimal count = BigDecimal.valueOf(n);
    BigDecimal sum = BigDecimal.ZERO;
    BigDecimal w = BigDecimal.ZERO;
    BigDecimal ws = BigDecimal.ZERO;
    BigDecimal wss = BigDecimal.ZERO;
    for (int i = 0; i < n; i++) {
      BigDecimal weight = BigDecimal.ONE.divide(big(e[i]).pow(2), DIGITS);
      sum = sum.add(big(s[i]));
      w = w.add(weight);
      ws = ws.add(weight.multiply(big(s[i])));
      wss = wss.add(weight.multiply(big(s[i]).pow(2)));
    }
    BigDecimal mean = sum.divide(count, DIGITS);
    BigDecimal squares = BigDecimal.ZERO;
    BigDecimal chi = BigDecimal.ZERO;
    for (int i = 0; i < n; i++) {
      BigDecimal d = big(s[i]).subtract(mean);
      squares = squares.add(d.pow(2));
      chi = chi.add(d.divide(big(e[i]), DIGITS).pow(2));
    }
    BigDecimal eta =
        wss.divide(count, DIGITS)
            .subtract(ws.divide(count, DIGITS).pow(2).divide(w.divide(count, DIGITS), DIGITS))
            .multiply(count)
            .divide(BigDecimal.valueOf(n - 1), DIGITS);
    double deviation = Math.sqrt(squares.divide(BigDecimal.valueOf(n - 1), DIGITS).doubleValue());
    assertThat(m.count()).isEqualTo(n);
    assertThat(m.mean()).isCloseTo(mean.doubleValue(), within(1e-12));
    assertThat(m.weightedMean()).isCloseTo(ws.divide(w, DIGITS).doubleValue(), within(1e-11));
    assertThat(m.deviation()).isCloseTo(deviation, within(1e-12));
    assertThat(m.v()).isCloseTo(deviation / mean.doubleValue(), within(1e-12));
    assertThat(m.eta()).isCloseTo(eta.doubleValue(), within(1e-9 * (1 + m.eta())));
    assertThat(m.reducedChiSquared())
        .isCloseTo(
            chi.divide(BigDecimal.valueOf(n - 1), DIGITS).doubleValue(),
            within(1e-9 * (1 + m.reducedChiSquared())));
    double most = Arrays.stream(s).max().orElseThrow();
    double least = Arrays.stream(s).min().orElseThrow();
    assertThat(m.sigmaDeviation())
        .isCloseTo(Math.max(most - m.mean(), m.mean() - least) / deviation, within(1e-11));
  }

  @Test
  void twoEpochs() {
    VariabilityMetrics m =
        VariabilityMetrics.of(
            new LightCurve(
                new double[] {1, 2, 3}, new double[] {10, 10.5, 16}, new double[] {3, 1, 4}));
    assertThat(m.vs()).isCloseTo(5.5 / Math.hypot(1, 4), within(1e-12));
    assertThat(m.m()).isCloseTo(2 * 5.5 / 26.5, within(1e-12));
    assertThat(VariabilityMetrics.twoEpochs(7, 3, 2, 4)).isEqualTo(1);
    assertThat(VariabilityMetrics.modulation(3, 1)).isEqualTo(1);
  }

  @Test
  void pointsThatAreNoneAreLeftOut() {
    LightCurve curve =
        LightCurve.of(
            new double[] {3, 1, 2, 4, 5},
            new double[] {30, 10, Double.NaN, 40, 50},
            new double[] {1, 1, 1, 0, Double.POSITIVE_INFINITY});
    assertThat(curve.mjd()).containsExactly(1, 3);
    LightCurve none = LightCurve.of(new double[1], new double[1], new double[1]);
    assertThat(VariabilityMetrics.of(none).mean()).isNaN();
    assertThat(Sensitivity.SENSITIVE.isVariable(VariabilityMetrics.of(none))).isFalse();
  }

  @Test
  void scores() {
    assertThat(EseScore.of(5, 4, 3)).isCloseTo(2.5 + 1.2 + 1.2, within(1e-12));
    assertThat(EseScore.of(100, 100, 100)).isEqualTo(10);
    assertThat(EseScore.of(7.0)).isEqualTo(EseScore.HIGH);
    assertThat(EseScore.of(6.99)).isEqualTo(EseScore.MEDIUM);
    assertThat(EseScore.of(3.99)).isEqualTo(EseScore.LOW);
  }

  private static LightCurve month(Random random, double flux, double event, int from, int to) {
    int n = 30;
    double[] t = new double[n];
    double[] s = new double[n];
    double[] e = new double[n];
    for (int i = 0; i < n; i++) {
      t[i] = 60_000 + i;
      e[i] = 0.02 * flux + 0.3;
      s[i] = flux * (i >= from && i < to ? event : 1) + e[i] * random.nextGaussian();
    }
    return new LightCurve(t, s, e);
  }

  /** A month of a thousand sources, one of which is eclipsed for six days. */
  @Test
  void findsTheOneEvent() {
    Random random = new Random(77);
    for (int source = 0; source < 1000; source++) {
      boolean event = source == 500;
      LightCurve c = month(random, 5 + source % 100, event ? 0.5 : 1, 12, 18);
      boolean variable = Sensitivity.MODERATE.isVariable(VariabilityMetrics.of(c));
      assertThat(variable).as("source %d", source).isEqualTo(event);
      if (event) {
        Dip dip = Dip.of(c);
        assertThat(dip.first()).isEqualTo(12);
        assertThat(dip.count()).isEqualTo(6);
        assertThat(dip.depth()).isCloseTo(0.5, within(0.08));
        assertThat(dip.significance()).isGreaterThan(8);
      }
    }
    assertThat(Dip.of(month(random, 100, 3, 15, 30))).as("a flare has no dip before it").isNull();
    assertThat(Dip.of(month(random, 100, 0.5, 0, 15))).as("it was never higher").isNull();
  }

  @Test
  void newIsWhatWasNotThere() {
    Transient bright = Transient.of(10, 1, 0.2, 0.4, 1);
    assertThat(bright.kind()).isEqualTo(Transient.Kind.NEW);
    assertThat(bright.level()).isEqualTo(Transient.Level.HIGH);
    assertThat(Transient.of(20, 1, 0.2, 0.4, 1).level()).isEqualTo(Transient.Level.CRITICAL);
    assertThat(Transient.of(10, 1, 10, 0.4, 1)).as("it was always there").isNull();
    assertThat(Transient.of(10, 1, 5, 4, 4)).as("nobody could have seen it before").isNull();
    assertThat(Transient.of(3, 1, 0, 0.4, 1)).as("nobody sees it now").isNull();
    assertThat(Transient.of(20, 1, 10, 0.4, 1).kind()).isEqualTo(Transient.Kind.BRIGHTENING);
    assertThat(Transient.of(6, 1, 10, 0.4, 1).kind()).isEqualTo(Transient.Kind.FADING);
    assertThat(Transient.of(13.5, 1, 10, 0.4, 1).kind()).isEqualTo(Transient.Kind.VARIABLE);
    Transient gone = Transient.of(0.5, 1, 12, 0.4, 1);
    assertThat(gone.kind()).isEqualTo(Transient.Kind.MISSING);
    assertThat(gone.significance()).isCloseTo(-11.5 / Math.hypot(1, 0.4), within(1e-12));
  }

  /**
   * Epochs that are 10 % too bright or too faint come right; a reference that varies is left out.
   */
  @Test
  void scaleOfEpochs() {
    Random random = new Random(13);
    int epochs = 40;
    double[][] flux = new double[12][epochs];
    double[][] error = new double[12][epochs];
    double[] truth = new double[epochs];
    for (int e = 0; e < epochs; e++) {
      truth[e] = e < 10 ? 1 : 1 + 0.1 * Math.sin(e);
      for (int r = 0; r < flux.length; r++) {
        double s = 50 + 10 * r;
        error[r][e] = 0.01 * s;
        double own = r == 4 && e > 15 ? 0.6 : 1;
        flux[r][e] = truth[e] * s * own + error[r][e] * random.nextGaussian();
      }
    }
    flux[2][7] = Double.NaN;
    flux[3][8] *= 3;
    FluxScale scale = FluxScale.of(flux, error);
    assertThat(scale.used()[4]).isFalse();
    assertThat(scale.used()[5]).isTrue();
    for (int e = 0; e < epochs; e++) {
      assertThat(scale.factor()[e]).isCloseTo(truth[e], within(5 * scale.error()[e] + 0.01));
      assertThat(scale.error()[e]).isBetween(1e-4, 0.02);
    }
    assertThat(scale.apply(11, 0.1, 12)[0]).isCloseTo(11 / scale.factor()[12], within(1e-12));
    FluxScale two = FluxScale.of(Arrays.copyOf(flux, 2), Arrays.copyOf(error, 2));
    assertThat(two.factor()).containsOnly(1);
    assertThat(two.count()).containsOnly(0);
    assertThat(FluxScale.of(new double[0][], new double[0][]).factor()).isEmpty();
  }
}
