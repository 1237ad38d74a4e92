package org.cornerturn.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.cornerturn.calibration.SolutionQuality.Finding;
import org.cornerturn.calibration.SolutionQuality.Grade;
import org.cornerturn.radio.Polarization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SolutionQualityTest {
  private static SolutionAxis axis(int n) {
    return SolutionAxis.of(IntStream.range(0, n).mapToDouble(i -> i).toArray(), 1);
  }

  private static GainTable table(int times, int antennas, int frequencies) {
    return GainTable.diagonal(
        axis(times),
        axis(frequencies),
        IntStream.range(0, antennas).mapToObj(a -> "A" + a).toList(),
        List.of("X"));
  }

  @Test
  void numbersAreThoseOfTheGains() {
    GainTable table = table(4, 12, 1);
    for (int t = 0; t < 4; t++) {
      for (int a = 0; a < 12; a++) {
        int i = table.index(t, a, 0, 0);
        // Amplitudes 1.9 and 2.1 in turn, phases +-0.1 about pi, antenna 3 twice as much.
        double sign = t % 2 == 0 ? -1 : 1;
        double phase = Math.PI + sign * (a == 3 ? 0.2 : 0.1);
        double size = 2 + 0.1 * sign;
        table.set(i, size * Math.cos(phase), size * Math.sin(phase));
        table.snr()[i] = a;
        table.chiSquared()[i] = 1.5f;
      }
    }
    table.flag(table.index(1, 11, 0, 0), SolutionFlag.LOW_SNR);
    for (int t = 0; t < 4; t++) {
      table.flag(table.index(t, 0, 0, 0), SolutionFlag.DEAD_ANTENNA);
    }
    SolutionQuality q = SolutionQuality.of(table);
    assertThat(q.solutions()).isEqualTo(48);
    assertThat(q.flagged()).isCloseTo(5 / 48.0, within(1e-12));
    assertThat(q.byFlag()[SolutionFlag.GOOD.code()]).isEqualTo(43);
    assertThat(q.byFlag()[SolutionFlag.DEAD_ANTENNA.code()]).isEqualTo(4);
    assertThat(q.antennas()).isEqualTo(11);
    assertThat(q.antennaCoverage()).isCloseTo(11 / 12.0, within(1e-12));
    assertThat(q.timeCoverage()).isEqualTo(1);
    assertThat(q.rmsAmplitude()).isCloseTo(2, within(0.01));
    assertThat(q.medianAmplitude()).isBetween(1.9 - 1e-9, 2.1 + 1e-9);
    assertThat(q.amplitudeScatter()).isCloseTo(0.05, within(0.002));
    assertThat(q.antennaPhaseScatterRad()[3]).isCloseTo(0.2, within(1e-9));
    assertThat(q.antennaPhaseScatterRad()[5]).isCloseTo(0.1, within(1e-9));
    assertThat(q.antennaPhaseScatterRad()[0]).isNaN();
    assertThat(q.antennaFlagged()[11]).isEqualTo(0.25);
    assertThat(q.snrPercentiles()[2]).isEqualTo(6);
    assertThat(q.amplitudeStability()).isCloseTo(0.1, within(1e-9));
    assertThat(q.phaseStabilityRad()).isBetween(0.2, 0.25);
    assertThat(q.medianChiSquared()).isEqualTo(1.5);
    assertThat(q.grade()).isEqualTo(Grade.GOOD);
    assertThat(q.findings()).containsExactly(Finding.MODEST_SNR);
  }

  @Test
  void ofOneTimeTheScatterIsThatOverFrequency() {
    GainTable table = table(1, 2, 2);
    for (int f = 0; f < 2; f++) {
      table.set(table.index(0, 0, f, 0), Math.cos(0.3 * f), Math.sin(0.3 * f));
    }
    SolutionQuality q = SolutionQuality.of(table);
    assertThat(q.phaseScatterRad()).isCloseTo(0.15, within(1e-12));
    assertThat(q.amplitudeStability()).isNaN();
    assertThat(q.snrPercentiles()[2]).isNaN();
  }

  @Test
  void nothingGoodIsPoor() {
    SolutionQuality q = SolutionQuality.of(table(2, 3, 2));
    assertThat(q.flagged()).isEqualTo(1);
    assertThat(q.timeCoverage()).isZero();
    assertThat(q.medianAmplitude()).isNaN();
    assertThat(q.grade()).isEqualTo(Grade.POOR);
    assertThat(q.findings())
        .containsExactly(
            Finding.MOSTLY_FLAGGED, Finding.FEW_ANTENNAS, Finding.LOW_SNR, Finding.ODD_AMPLITUDE);
    assertThat(Finding.LOW_SNR.isFailure()).isTrue();
    assertThat(Finding.PHASE_SCATTER.isFailure()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"9, EXCELLENT", "10, GOOD", "20, MARGINAL", "29, MARGINAL", "30, POOR"})
  void gradesGoByTheFlaggedPart(int flagged, Grade grade) {
    GainTable table = table(1, 1, 100);
    for (int f = flagged; f < 100; f++) {
      table.set(f, 1, 0);
    }
    assertThat(SolutionQuality.of(table).grade()).isEqualTo(grade);
  }

  private static NormalSums sums(SyntheticArray array, float[] data, float[] model) {
    SolutionCells cells =
        SolutionCells.blocks(List.of(Polarization.XX, Polarization.YY), array.channels, 1);
    NormalSums sums = new NormalSums(array.baselines, cells.count());
    float[] weights = new float[array.elements()];
    Arrays.fill(weights, 100);
    sums.add(cells, data, weights, null, 0, model, 0);
    return sums;
  }

  @Test
  void noGainsChangeClosurePhases() {
    SyntheticArray array = new SyntheticArray(1, 7, 2, 5, 0.5);
    double[] closed = ClosurePhases.of(sums(array, array.data(0), array.model), 1, 2);
    assertThat(closed).hasSize(2 * 6 * 5 / 2);
    for (int k = 0; k < closed.length; k += 2) {
      assertThat(closed[k]).isCloseTo(0, within(1e-5));
    }
    // Of data that aren't the model's, they are those of the ratio, whatever the gains.
    float[] other = new float[array.model.length];
    Random random = new Random(2);
    for (int e = 0; e < other.length / 2; e++) {
      double turn = random.nextGaussian();
      other[2 * e] = (float) (2 * Math.cos(turn));
      other[2 * e + 1] = (float) (2 * Math.sin(turn));
    }
    double[] truth = ClosurePhases.of(sums(array, array.model, other), 0, 0);
    double[] corrupted = ClosurePhases.of(sums(array, array.data(0), other), 0, 0);
    assertThat(Math.abs(truth[0])).isGreaterThan(1e-3);
    for (int k = 0; k < truth.length; k += 2) {
      assertThat(Math.IEEEremainder(corrupted[k] - truth[k], 2 * Math.PI))
          .isCloseTo(0, within(1e-5));
    }
  }

  @Test
  void closurePhasesScatterAsNoiseMakesThem() {
    SyntheticArray array = new SyntheticArray(3, 12, 100, 3, 0.1);
    NormalSums sums = sums(array, array.data(0.1), array.model);
    List<double[]> all =
        IntStream.range(0, 200).mapToObj(c -> ClosurePhases.of(sums, c, 4)).toList();
    double weights = 0;
    double mean = 0;
    int triples = 0;
    for (double[] phases : all) {
      for (int k = 0; k < phases.length; k += 2, triples++) {
        weights += 1 / phases[k + 1];
        mean += phases[k] / phases[k + 1];
      }
    }
    double rms = ClosurePhases.rmsRad(all);
    assertThat(triples).isEqualTo(200 * 55);
    // Weights are 1/sigma^2.
    assertThat(rms / Math.sqrt(triples / weights)).isCloseTo(1, within(0.05));
    assertThat(mean / weights).isCloseTo(0, within(3 * rms / Math.sqrt(2200)));
    assertThat(ClosurePhases.rmsRad(List.of(new double[0]))).isNaN();
  }
}
