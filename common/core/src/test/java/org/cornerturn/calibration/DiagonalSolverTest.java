package org.cornerturn.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.cornerturn.calibration.SolverOptions.Freedom;
import org.cornerturn.calibration.SolverOptions.Noise;
import org.cornerturn.radio.Polarization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiagonalSolverTest {
  static final List<Polarization> LINEAR = List.of(Polarization.XX, Polarization.YY);

  /** One interval's table for an array. */
  static GainTable table(SyntheticArray array, int channelsEach) {
    int blocks = (array.channels + channelsEach - 1) / channelsEach;
    return GainTable.diagonal(
        SolutionAxis.of(new double[] {0}, 10),
        SolutionAxis.of(
            IntStream.range(0, blocks).mapToDouble(c -> 1.3e9 + c * 1e6 * channelsEach).toArray(),
            1e6 * channelsEach),
        IntStream.range(0, array.baselines.antennas()).mapToObj(a -> "A" + a).toList(),
        List.of("X", "Y"));
  }

  private static NormalSums sums(
      SyntheticArray array, float[] data, float[] weights, short[] flags, int channelsEach) {
    SolutionCells cells = SolutionCells.blocks(LINEAR, array.channels, channelsEach);
    NormalSums sums = new NormalSums(array.baselines, cells.count());
    sums.add(cells, data, weights, flags, 0, array.model, 0);
    return sums;
  }

  static GainTable solve(
      SyntheticArray array, float[] data, float[] weights, short[] flags, SolverOptions options) {
    GainTable table = table(array, 1);
    new DiagonalSolver(options).solve(sums(array, data, weights, flags, 1), table, 0);
    return table;
  }

  /** Largest |g - truth| over |truth| of good gains, both referred to an antenna. */
  static double worst(SyntheticArray array, GainTable table, int reference) {
    double worst = 0;
    for (int c = 0; c < array.channels; c++) {
      for (int r = 0; r < 2; r++) {
        int k = table.index(0, reference, c, r);
        assertThat(table.isGood(k)).isTrue();
        int t = array.gain(reference, c, r);
        double turn = Math.atan2(array.gains[t + 1], array.gains[t]) - table.phase(k);
        for (int a = 0; a < array.baselines.antennas(); a++) {
          int i = table.index(0, a, c, r);
          if (table.isGood(i)) {
            worst = Math.max(worst, error(array, table, a, c, r, turn));
          }
        }
      }
    }
    return worst;
  }

  private static double error(
      SyntheticArray array, GainTable table, int a, int c, int r, double turn) {
    int i = 2 * table.index(0, a, c, r);
    int t = array.gain(a, c, r);
    double re = table.gains()[i] * Math.cos(turn) - table.gains()[i + 1] * Math.sin(turn);
    double im = table.gains()[i] * Math.sin(turn) + table.gains()[i + 1] * Math.cos(turn);
    return Math.hypot(re - array.gains[t], im - array.gains[t + 1])
        / Math.hypot(array.gains[t], array.gains[t + 1]);
  }

  @ParameterizedTest
  @CsvSource({"5,1,0.1", "12,1,0.5", "12,30,0.3", "40,100,0.3"})
  void gainsOfNoiselessDataAreFound(int antennas, int sources, double spread) {
    for (int seed = 0; seed < 5; seed++) {
      SyntheticArray array = new SyntheticArray(seed, antennas, 3, sources, spread);
      GainTable table = solve(array, array.data(0), null, null, SolverOptions.USUAL);
      assertThat(table.flags()).containsOnly(SolutionFlag.GOOD.code());
      assertThat(worst(array, table, 0)).isLessThan(1e-6);
      for (int i = 0; i < table.flags().length; i++) {
        assertThat(table.snr()[i]).isFinite().isGreaterThan(1e4f);
        assertThat(table.chiSquared()[i]).isBetween(0f, 1e-10f);
        assertThat(table.iterations()[i]).isBetween(2, 200);
      }
    }
  }

  @Test
  void dataFourTimesAsBrightAsTheModelGiveGainsOfTwo() {
    SyntheticArray array = new SyntheticArray(1, 10, 2, 5, 0);
    Arrays.setAll(array.gains, i -> i % 2 == 0 ? 2 : 0);
    GainTable table = solve(array, array.data(0), null, null, SolverOptions.USUAL);
    for (int i = 0; i < table.flags().length; i++) {
      assertThat(table.amplitude(i)).isCloseTo(2, within(1e-6));
    }
  }

  @Test
  void phasesAloneAreFoundWhereAmplitudesAreNotToChange() {
    SyntheticArray array = new SyntheticArray(3, 9, 2, 10, 0);
    GainTable table =
        solve(array, array.data(0), null, null, SolverOptions.USUAL.with(Freedom.PHASE));
    assertThat(worst(array, table, 4)).isLessThan(1e-6);

    float[] brighter = array.data(0);
    for (int i = 0; i < brighter.length; i++) {
      brighter[i] *= 4;
    }
    GainTable same = solve(array, brighter, null, null, SolverOptions.USUAL.with(Freedom.PHASE));
    assertThat(worst(array, same, 4)).isLessThan(1e-6);
    assertThat(same.amplitude(0)).isCloseTo(1, within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.2, 1})
  void errorsAreThoseThatTheoryAllows(double sigma) {
    int channels = 200;
    SyntheticArray array = new SyntheticArray(7, 10, channels, 8, 0.2);
    // The same gains in all cells, so that the cells are draws of one experiment.
    for (int a = 0; a < 10; a++) {
      for (int c = 0; c < channels; c++) {
        for (int p = 0; p < 2; p++) {
          System.arraycopy(array.gains, array.gain(a, 0, 0), array.gains, array.gain(a, c, p), 2);
        }
      }
    }
    GainTable table = solve(array, array.data(sigma), null, null, SolverOptions.USUAL);
    double squares = 0;
    double bound = 0;
    for (int c = 0; c < channels; c++) {
      bound += 2 * sigma * sigma * FisherBound.trace(array, c);
      for (int r = 0; r < 2; r++) {
        int k = table.index(0, 0, c, r);
        assertThat(table.isGood(k)).isTrue();
        int t = array.gain(0, c, r);
        double turn = Math.atan2(array.gains[t + 1], array.gains[t]) - table.phase(k);
        for (int a = 0; a < 10; a++) {
          int g = array.gain(a, c, r);
          double e =
              error(array, table, a, c, r, turn) * Math.hypot(array.gains[g], array.gains[g + 1]);
          squares += e * e;
        }
      }
    }
    assertThat(Math.sqrt(squares / bound)).isBetween(0.93, 1.1);
    // Signal over noise and chi^2 are those that the noise makes.
    double chi = 0;
    double snr = 0;
    for (int i = 0; i < table.flags().length; i++) {
      chi += table.chiSquared()[i] / table.flags().length;
      snr += table.snr()[i] / table.flags().length;
    }
    assertThat(chi).isCloseTo(sigma * sigma, within(0.05 * sigma * sigma));
    assertThat(snr).isCloseTo(table.amplitude(0) * 15 / sigma, within(5 / sigma));
  }

  @Test
  void weightsSayWhatDataAreWorth() {
    SyntheticArray array = new SyntheticArray(5, 8, 1, 3, 0.1);
    float[] data = array.data(0);
    float[] weights = new float[array.elements()];
    Arrays.fill(weights, 1);
    for (int e = 0; e < weights.length; e += 7) {
      data[2 * e] += 3;
      weights[e] = 0;
    }
    GainTable table = solve(array, data, weights, null, SolverOptions.USUAL);
    assertThat(worst(array, table, 2)).isLessThan(1e-6);

    // 1/sigma^2 as weights: chi^2 is 1.
    double sigma = 0.3;
    Arrays.fill(weights, (float) (1 / (sigma * sigma)));
    SyntheticArray many = new SyntheticArray(6, 30, 20, 3, 0.1);
    weights = new float[many.elements()];
    Arrays.fill(weights, (float) (1 / (sigma * sigma)));
    GainTable measured =
        solve(many, many.data(sigma), weights, null, SolverOptions.USUAL.with(Noise.OF_WEIGHTS));
    double chi = 0;
    for (float x : measured.chiSquared()) {
      chi += x / measured.chiSquared().length;
    }
    assertThat(chi).isCloseTo(1, within(0.03));
  }

  @Test
  void longerIntervalsAndWiderBlocksAddUp() {
    SyntheticArray array = new SyntheticArray(9, 7, 6, 4, 0.1);
    for (int a = 0; a < 7; a++) {
      for (int c = 0; c < 6; c++) {
        for (int p = 0; p < 2; p++) {
          int from = array.gain(a, c / 4 * 4, p);
          System.arraycopy(array.gains, from, array.gains, array.gain(a, c, p), 2);
        }
      }
    }
    GainTable table = table(array, 4);
    NormalSums sums = sums(array, array.data(0), null, null, 4);
    NormalSums again = sums(array, array.data(0), null, null, 4);
    DoubleBuffer travelled = DoubleBuffer.allocate(again.length(again.cells()));
    again.put(travelled);
    travelled.flip();
    sums.addFrom(travelled, 0, sums.cells());
    assertThat(sums.samples(0, 0)).isEqualTo(8);
    assertThat(sums.samples(0, 2)).isEqualTo(4);
    new DiagonalSolver(SolverOptions.USUAL).solve(sums, table, 0);
    for (int a = 0; a < 7; a++) {
      for (int f = 0; f < 2; f++) {
        int t = array.gain(a, 4 * f, 1);
        assertThat(table.amplitude(table.index(0, a, f, 1)))
            .isCloseTo(Math.hypot(array.gains[t], array.gains[t + 1]), within(1e-6));
      }
    }
  }

  @Test
  void resultsDoNotDependOnTheOrderOfAntennas() {
    for (long seed = 0; seed < 10; seed++) {
      SyntheticArray array = new SyntheticArray(seed, 8, 1, 3, 0.2);
      float[] data = array.data(0.3);
      GainTable straight = solve(array, data, null, null, SolverOptions.USUAL);
      List<Integer> places = new ArrayList<>(IntStream.range(0, 8).boxed().toList());
      Collections.shuffle(places, new Random(seed));
      int n = array.baselines.count();
      int[] first = new int[n];
      int[] second = new int[n];
      for (int b = 0; b < n; b++) {
        first[b] = places.get(array.baselines.first(b));
        second[b] = places.get(array.baselines.second(b));
      }
      SolutionCells cells = SolutionCells.blocks(LINEAR, 1, 1);
      NormalSums sums = new NormalSums(new Baselines(8, first, second), 2);
      sums.add(cells, data, null, null, 0, array.model, 0);
      GainTable shuffled = table(array, 1);
      new DiagonalSolver(SolverOptions.USUAL).solve(sums, shuffled, 0);
      double turn = straight.phase(straight.index(0, 0, 0, 0));
      double other = shuffled.phase(shuffled.index(0, places.get(0), 0, 0));
      for (int a = 0; a < 8; a++) {
        int i = straight.index(0, a, 0, 0);
        int k = shuffled.index(0, places.get(a), 0, 0);
        assertThat(shuffled.amplitude(k)).isCloseTo(straight.amplitude(i), within(1e-7));
        double apart = shuffled.phase(k) - other - (straight.phase(i) - turn);
        assertThat(Math.IEEEremainder(apart, 2 * Math.PI)).isCloseTo(0, within(1e-7));
      }
    }
  }

  /** As at the ends of a band, where plain iteration creeps for thousands of steps. */
  @ParameterizedTest
  @EnumSource(Freedom.class)
  void responsesThatDifferManifoldAreFound(Freedom freedom) {
    for (long seed = 0; seed < 50; seed++) {
      boolean amplitudes = freedom == Freedom.AMPLITUDE_AND_PHASE;
      SyntheticArray array = new SyntheticArray(seed, 7, 4, 20, amplitudes ? 0.7 : 0);
      GainTable table =
          solve(array, array.data(0), null, null, SolverOptions.USUAL.with(freedom).withMinSnr(0));
      assertThat(table.flags()).containsOnly(SolutionFlag.GOOD.code());
      checkRelativeGains(array, table);
    }
  }

  /** Products of good gains are those of the truth, which no reference changes. */
  static void checkRelativeGains(SyntheticArray array, GainTable table) {
    for (int c = 0; c < array.channels; c++) {
      for (int r = 0; r < 2; r++) {
        for (int b = 0; b < array.baselines.count(); b++) {
          int p = array.baselines.first(b);
          int q = array.baselines.second(b);
          int i = table.index(0, p, c, r);
          int k = table.index(0, q, c, r);
          if (table.isGood(i) && table.isGood(k)) {
            double[] g = array.gains;
            int s = array.gain(p, c, r);
            int t = array.gain(q, c, r);
            double truth = Math.atan2(g[s + 1], g[s]) - Math.atan2(g[t + 1], g[t]);
            double apart = table.phase(i) - table.phase(k) - truth;
            assertThat(Math.IEEEremainder(apart, 2 * Math.PI)).isCloseTo(0, within(1e-5));
            assertThat(table.amplitude(i) / Math.hypot(g[s], g[s + 1])).isCloseTo(1, within(1e-5));
          }
        }
      }
    }
  }
}
