package org.cornerturn.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cornerturn.calibration.DiagonalSolverTest.LINEAR;
import static org.cornerturn.calibration.DiagonalSolverTest.checkRelativeGains;
import static org.cornerturn.calibration.DiagonalSolverTest.solve;
import static org.cornerturn.calibration.DiagonalSolverTest.table;
import static org.cornerturn.calibration.DiagonalSolverTest.worst;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.cornerturn.calibration.SolverOptions.Freedom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cells that determine no gain, or not of all antennas. */
class MissingGainsTest {
  private static List<SolutionFlag> flags(GainTable table, int channel, int receptor) {
    return IntStream.range(0, table.antennas().size())
        .mapToObj(a -> SolutionFlag.of(table.flags()[table.index(0, a, channel, receptor)]))
        .toList();
  }

  @Test
  void eachAntennaWithoutGainSaysWhy() {
    SyntheticArray array = new SyntheticArray(11, 12, 1, 1, 0.1);
    float[] data = array.data(0);
    short[] flags = new short[array.elements()];
    float[] model = array.model.clone();
    for (int b = 0; b < array.baselines.count(); b++) {
      int e = array.element(b, 0, 0);
      int p = array.baselines.first(b);
      int q = array.baselines.second(b);
      if (p == 0 || q == 0) {
        flags[e] = 1;
      } else if (p == 1) {
        data[2 * e] = Float.NaN;
      } else if (p == 2) {
        data[2 * e] = q == 3 ? 0 : data[2 * e];
        data[2 * e + 1] = q == 3 ? 0 : data[2 * e + 1];
        model[2 * e] = 0;
        model[2 * e + 1] = 0;
      } else if (p == 3) {
        data[2 * e] = 0;
        data[2 * e + 1] = 0;
      } else if (p == 4 && q > 7) {
        flags[e] = 256;
      }
    }
    GainTable table = table(array, 1);
    SolutionCells cells = SolutionCells.blocks(LINEAR, 1, 1);
    NormalSums sums = new NormalSums(array.baselines, 2);
    sums.add(cells, data, null, flags, 0, model, 0);
    new DiagonalSolver(SolverOptions.USUAL).solve(sums, table, 0);
    assertThat(flags(table, 0, 0))
        .startsWith(
            SolutionFlag.NO_DATA,
            SolutionFlag.NOT_FINITE,
            SolutionFlag.ZERO_MODEL,
            SolutionFlag.DEAD_ANTENNA,
            SolutionFlag.TOO_FEW_BASELINES)
        .endsWith(Collections.nCopies(7, SolutionFlag.GOOD).toArray(new SolutionFlag[0]));
    assertThat(flags(table, 0, 1)).containsOnly(SolutionFlag.GOOD);
    assertThat(worst(array, table, 8)).isLessThan(1e-6);
    for (int a = 0; a < 5; a++) {
      assertThat(table.gains()[2 * table.index(0, a, 0, 0)]).isNaN();
    }
  }

  @Test
  void oneBaselineAloneGivesNoGain() {
    SyntheticArray array = new SyntheticArray(1, 2, 1, 1, 0);
    GainTable table = solve(array, array.data(0), null, null, SolverOptions.USUAL);
    assertThat(table.flags()).containsOnly(SolutionFlag.TOO_FEW_BASELINES.code());
    assertThat(table.gains()).containsOnly(Double.NaN);
  }

  @Test
  void groupsThatNoBaselineJoinsAreNotMixed() {
    SyntheticArray array = new SyntheticArray(2, 13, 1, 1, 0.1);
    short[] flags = new short[array.elements()];
    for (int b = 0; b < array.baselines.count(); b++) {
      boolean apart = array.baselines.first(b) < 6 != array.baselines.second(b) < 6;
      flags[array.element(b, 0, 0)] = (short) (apart ? 2 : 0);
    }
    GainTable table = solve(array, array.data(0), null, flags, SolverOptions.USUAL);
    List<SolutionFlag> found = flags(table, 0, 0);
    assertThat(found.subList(0, 6)).containsOnly(SolutionFlag.SEPARATE_GROUP);
    assertThat(found.subList(6, 13)).containsOnly(SolutionFlag.GOOD);
    assertThat(worst(array, table, 6)).isLessThan(1e-6);
  }

  @Test
  void amplitudesThatCouldBeExchangedAreNotTold() {
    SyntheticArray array = new SyntheticArray(2, 10, 1, 1, 0);
    short[] flags = new short[array.elements()];
    for (int b = 0; b < array.baselines.count(); b++) {
      boolean same = array.baselines.first(b) < 5 == array.baselines.second(b) < 5;
      Arrays.fill(
          flags, array.element(b, 0, 0), array.element(b, 0, 0) + 2, (short) (same ? 1 : 0));
    }
    GainTable table = solve(array, array.data(0), null, flags, SolverOptions.USUAL);
    assertThat(table.flags()).containsOnly(SolutionFlag.AMBIGUOUS_AMPLITUDE.code());
    GainTable phases =
        solve(array, array.data(0), null, flags, SolverOptions.USUAL.with(Freedom.PHASE));
    assertThat(worst(array, phases, 1)).isLessThan(1e-6);
  }

  @ParameterizedTest
  @CsvSource({"8, PHASE", "20, PHASE", "8, AMPLITUDE_AND_PHASE", "20, AMPLITUDE_AND_PHASE"})
  void noiseAloneGivesNoGains(int antennas, Freedom freedom) {
    SyntheticArray array = new SyntheticArray(21, antennas, 10, 1, 0);
    Arrays.fill(array.gains, 0);
    GainTable table =
        solve(array, array.data(1), null, null, SolverOptions.USUAL.with(freedom).withMinSnr(0.1));
    for (byte flag : table.flags()) {
      assertThat(SolutionFlag.of(flag)).isIn(SolutionFlag.LOW_SNR, SolutionFlag.NOT_CONVERGED);
    }
  }

  @Test
  void anIterationThatIsCutShortIsNoSolution() {
    SyntheticArray array = new SyntheticArray(4, 10, 1, 50, 0.5);
    GainTable table =
        solve(array, array.data(0.1), null, null, SolverOptions.USUAL.withMaxIterations(2));
    assertThat(table.flags()).containsOnly(SolutionFlag.NOT_CONVERGED.code());
    assertThat(table.gains()).containsOnly(Double.NaN);
    assertThat(table.iterations()).containsOnly(2);
  }

  @Test
  void anythingMayBeFlaggedAndNothingIsMadeUp() {
    for (long seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      int antennas = 2 + random.nextInt(12);
      SyntheticArray array =
          new SyntheticArray(seed, antennas, 1 + random.nextInt(3), 1 + random.nextInt(5), 0.2);
      float[] data = array.data(0);
      short[] flags = new short[array.elements()];
      double part = random.nextDouble();
      for (int e = 0; e < flags.length; e++) {
        flags[e] = (short) (random.nextDouble() < part ? 1 << random.nextInt(16) : 0);
        if (flags[e] != 0) {
          data[2 * e] = random.nextBoolean() ? Float.NaN : 1e30f;
        }
      }
      GainTable table =
          solve(array, data, null, flags, SolverOptions.USUAL.withMaxIterations(3000));
      for (int i = 0; i < table.flags().length; i++) {
        assertThat(Double.isNaN(table.gains()[2 * i])).isEqualTo(!table.isGood(i));
      }
      checkRelativeGains(array, table);
    }
  }
}
