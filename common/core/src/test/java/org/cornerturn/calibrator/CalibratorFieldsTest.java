package org.cornerturn.calibrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.cornerturn.radio.IcrsDirection;
import org.junit.jupiter.api.Test;

class CalibratorFieldsTest {
  /** A drift scan across right ascension 0. */
  private static final List<IcrsDirection> FIELDS =
      IntStream.range(0, 24)
          .mapToObj(i -> IcrsDirection.ofDegrees((359.4 + i * 0.05) % 360, 33))
          .toList();

  /** Half of the power at 1.4 degrees. */
  private static final DoubleUnaryOperator BEAM =
      r -> Math.exp(-Math.log(2) * Math.pow(Math.toDegrees(r) / 1.4, 2));

  private static final CalibratorFields DRIFT = new CalibratorFields(FIELDS, BEAM);

  private static IcrsDirection at(double ra, double dec) {
    return IcrsDirection.ofDegrees((ra + 360) % 360, dec);
  }

  @Test
  void aWeakerSourceInTheMiddleBeatsAStrongerOneAtTheEdge() {
    List<IcrsDirection> sources = List.of(at(0, 33.95), at(0.1, 33), at(0.1, 35), at(20, 33));
    double[] jy = {3, 2.5, 1000, 1000};
    List<CalibratorField> found = DRIFT.within(sources, jy, Math.toRadians(1), 3);
    assertThat(found).extracting(CalibratorField::source).containsExactly(1, 0);
    CalibratorField best = DRIFT.best(sources, jy, Math.toRadians(1), 3).orElseThrow();
    assertThat(best.peak()).isEqualTo(14);
    assertThat(best.first()).isEqualTo(13);
    assertThat(best.last()).isEqualTo(15);
    assertThat(best.response()).isCloseTo(1, within(1e-9));
    assertThat(best.apparentJy()).isCloseTo(2.5, within(1e-8));
    assertThat(found.get(1).apparentJy())
        .isCloseTo(3 * BEAM.applyAsDouble(Math.toRadians(0.95)), within(1e-9));
  }

  @Test
  void aWindowStaysInTheObservation() {
    CalibratorField first =
        DRIFT.best(List.of(at(-0.7, 33)), new double[] {1}, Math.toRadians(1), 5).orElseThrow();
    assertThat(first.peak()).isZero();
    assertThat(first.first()).isZero();
    assertThat(first.last()).isEqualTo(4);
    CalibratorField all =
        DRIFT.best(List.of(at(0, 33)), new double[] {1}, Math.toRadians(1), 99).orElseThrow();
    assertThat(all.first()).isZero();
    assertThat(all.last()).isEqualTo(23);
  }

  @Test
  void theWholeWindowEndsWhereTheBeamDoes() {
    IcrsDirection source = at(0, 33);
    CalibratorField peak =
        DRIFT.best(List.of(source), new double[] {1}, Math.toRadians(1), 1).orElseThrow();
    CalibratorField half = DRIFT.whole(peak, source, 0.97);
    for (int f = 0; f < FIELDS.size(); f++) {
      boolean inside = BEAM.applyAsDouble(FIELDS.get(f).separationRad(source)) >= 0.97;
      assertThat(inside).isEqualTo(f >= half.first() && f <= half.last());
    }
    assertThat(DRIFT.whole(peak, source, 1.1).first()).isEqualTo(peak.peak());
  }

  @Test
  void nothingInReachIsNothingFound() {
    assertThat(DRIFT.best(List.of(at(0, 40)), new double[] {9}, Math.toRadians(1), 3)).isEmpty();
    assertThat(DRIFT.best(List.of(at(0, 33)), new double[] {0}, Math.toRadians(1), 3)).isEmpty();
    assertThat(
            new CalibratorFields(List.of(), BEAM)
                .best(List.of(at(0, 33)), new double[] {9}, Math.toRadians(1), 3))
        .isEmpty();
    assertThatThrownBy(() -> DRIFT.within(List.of(), new double[1], 1, 3))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
