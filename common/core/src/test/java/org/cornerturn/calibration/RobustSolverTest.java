package org.cornerturn.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.cornerturn.radio.Polarization;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RobustSolverTest {
  private static final SolutionCells CELLS =
      SolutionCells.blocks(List.of(Polarization.XX, Polarization.YY), 3, 1);

  private static GainTable robust(
      SyntheticArray array, float[] data, float[] weights, Reweighting.Kind kind) {
    RobustSolver solver =
        new RobustSolver(SolverOptions.USUAL, new Reweighting(kind, 4), array.baselines, CELLS);
    solver.add(data, weights, null, 0, array.model, 0);
    GainTable table = DiagonalSolverTest.table(array, 1);
    solver.solve(table, 0);
    return table;
  }

  private static GainTable plain(SyntheticArray array, float[] data) {
    NormalSums sums = new NormalSums(array.baselines, CELLS.count());
    sums.add(CELLS, data, null, null, 0, array.model, 0);
    GainTable table = DiagonalSolverTest.table(array, 1);
    new DiagonalSolver(SolverOptions.USUAL.withMinSnr(0)).solve(sums, table, 0);
    return table;
  }

  @ParameterizedTest
  @EnumSource(Reweighting.Kind.class)
  void outliersDoNotDrawGainsAway(Reweighting.Kind kind) {
    for (long seed = 0; seed < 4; seed++) {
      SyntheticArray array = new SyntheticArray(seed, 16, 3, 4, 0.1);
      float[] clean = array.data(0.1);
      float[] data = clean.clone();
      for (int e = 0; e < array.elements(); e++) {
        if (array.random().nextDouble() < 0.05) {
          data[2 * e] += (float) (30 * array.random().nextGaussian());
          data[2 * e + 1] += (float) (30 * array.random().nextGaussian());
        }
      }
      GainTable table = robust(array, data, null, kind);
      assertThat(table.flags()).containsOnly(SolutionFlag.GOOD.code());
      GainTable drawn = plain(array, data);
      boolean all = IntStream.range(0, 3 * 2 * 16).allMatch(drawn::isGood);
      double withOutliers = all ? DiagonalSolverTest.worst(array, drawn, 0) : Double.MAX_VALUE;
      double without = DiagonalSolverTest.worst(array, plain(array, clean), 0);
      double found = DiagonalSolverTest.worst(array, table, 0);
      assertThat(found).isLessThan(2.2 * without).isLessThan(withOutliers / 3);
    }
  }

  @ParameterizedTest
  @EnumSource(Reweighting.Kind.class)
  void goodDataGiveTheSameGains(Reweighting.Kind kind) {
    SyntheticArray array = new SyntheticArray(3, 10, 3, 4, 0.1);
    GainTable exact = robust(array, array.data(0), null, kind);
    assertThat(exact.flags()).containsOnly(SolutionFlag.GOOD.code());
    assertThat(DiagonalSolverTest.worst(array, exact, 0)).isLessThan(1e-6);

    float[] weights = new float[array.elements()];
    Arrays.fill(weights, 3e6f);
    float[] noisy = array.data(0.2);
    GainTable table = robust(array, noisy, weights, kind);
    assertThat(DiagonalSolverTest.worst(array, table, 0))
        .isLessThan(1.6 * DiagonalSolverTest.worst(array, plain(array, noisy), 0));
  }

  @ParameterizedTest
  @EnumSource(Reweighting.Kind.class)
  void antennasWithoutDataStayWithoutGain(Reweighting.Kind kind) {
    SyntheticArray array = new SyntheticArray(5, 8, 3, 1, 0.1);
    float[] data = array.data(0.1);
    for (int b = 0; b < array.baselines.count(); b++) {
      if (array.baselines.first(b) == 0) {
        Arrays.fill(data, 2 * array.element(b, 0, 0), 2 * array.element(b, 1, 0), Float.NaN);
      }
    }
    GainTable table = robust(array, data, null, kind);
    assertThat(SolutionFlag.of(table.flags()[table.index(0, 0, 0, 1)]))
        .isEqualTo(SolutionFlag.NOT_FINITE);
    assertThat(table.isGood(table.index(0, 0, 1, 1))).isTrue();
    assertThat(table.isGood(table.index(0, 1, 0, 1))).isTrue();
  }
}
