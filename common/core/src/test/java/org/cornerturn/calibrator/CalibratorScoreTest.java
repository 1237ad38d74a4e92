package org.cornerturn.calibrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalibratorScoreTest {
  @ParameterizedTest
  @CsvSource({
    // flux, alpha, compactness; points
    "14.65, 0, 1, 40, 30, 30",
    "10, -0.1999, 0.5, 40, 30, 15",
    "5.5, 0.2, 0, 35, 30, 0",
    "1, -0.5, NaN, 30, 20, 15",
    "0.75, 0.35, 1, 25, 25, 30",
    "0.5, -1, 1, 20, 7.357588823428847, 30",
    "0.25, NaN, NaN, 10, 15, 15",
    "0, NaN, 1, 0, 15, 30"
  })
  void pointsFollowTheTable(
      double jy, double alpha, double compact, double flux, double spectrum, double compactness) {
    CalibratorScore s = CalibratorScore.of(jy, alpha, compact);
    assertThat(s.flux()).isCloseTo(flux, within(1e-12));
    assertThat(s.spectrum()).isCloseTo(spectrum, within(1e-12));
    assertThat(s.compactness()).isCloseTo(compactness, within(1e-12));
    assertThat(s.total()).isCloseTo(flux + spectrum + compactness, within(1e-12));
  }

  @Property
  void moreFluxIsNeverWorseNorIsAFlatterSpectrum(
      @ForAll @DoubleRange(min = 0, max = 50) double a,
      @ForAll @DoubleRange(min = 0, max = 50) double b) {
    double low = Math.min(a, b);
    double high = Math.max(a, b);
    assertThat(CalibratorScore.of(high, 0, 1).flux())
        .isGreaterThanOrEqualTo(CalibratorScore.of(low, 0, 1).flux());
    assertThat(CalibratorScore.of(1, -high, 1).spectrum())
        .isLessThanOrEqualTo(CalibratorScore.of(1, low, 1).spectrum());
    assertThat(CalibratorScore.of(high, low, 1).total()).isBetween(0.0, 100.0);
  }

  @Test
  void weakSourcesAreNoneWhateverTheirScore() {
    assertThat(CalibratorScore.of(0.49, 0, 1).total()).isGreaterThan(50);
    assertThat(CalibratorScore.of(0.49, 0, 1).suffices(0.49)).isFalse();
    assertThat(CalibratorScore.of(0.5, 0, 1).suffices(0.5)).isTrue();
    assertThat(CalibratorScore.of(0.5, -2, 0).suffices(0.5)).isFalse();
    for (double[] wrong : new double[][] {{-1, 1}, {Double.NaN, 1}, {1, 1.1}, {1, -0.1}}) {
      assertThatThrownBy(() -> CalibratorScore.of(wrong[0], 0, wrong[1]))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void theRegisteredOnesAreEachThereOnceAndGood() {
    List<Calibrator> all = RegisteredCalibrators.all();
    assertThat(all)
        .extracting(Calibrator::name)
        .containsExactly("3C286", "3C48", "3C147", "3C138", "J0834+555");
    assertThat(all).extracting(Calibrator::fluxJy).containsExactly(14.65, 15.67, 21.64, 8.23, 5.0);
    Set<String> names = new HashSet<>();
    for (Calibrator c : all) {
      assertThat(c.score().orElseThrow().suffices(c.fluxJy())).as(c.name()).isTrue();
      assertThat(all.stream().filter(o -> o.isSameAs(c))).containsExactly(c);
      assertThat(names.add(c.name())).isTrue();
      c.aliases().forEach(a -> assertThat(names.add(a)).as(a).isTrue());
    }
    assertThat(all.stream().filter(c -> c.isCalled("J1331+3030"))).hasSize(1);
    assertThat(all.get(0).isCalled("b1328+307")).isTrue();
    assertThat(all.get(0).isCalled("1331+3031")).isFalse();
    assertThat(all.get(0).fluxJyAt(4.885e9)).isCloseTo(7.1, within(0.1));
  }
}
