package org.cornerturn.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.DoubleBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.cornerturn.calibration.SolverOptions.Freedom;
import org.cornerturn.radio.Polarization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JonesSolverTest {
  private static final int CHANNELS = 3;
  // Not the usual order.
  private static final List<Polarization> HANDS =
      List.of(Polarization.XX, Polarization.YY, Polarization.XY, Polarization.YX);
  private static final int[] PLACE = {0, 2, 3, 1};
  private static final List<String> RECEPTORS = List.of("X", "Y");

  /** Matrices with leakage, a polarised or unpolarised model, and the data that they make. */
  private static final class Leaky {
    final Baselines baselines;
    final double[] jones;
    final float[] model;
    final float[] data;

    Leaky(long seed, int antennas, boolean polarised, double sigma) {
      Random random = new Random(seed);
      baselines = Baselines.all(antennas);
      jones = new double[8 * antennas];
      for (int i = 0; i < jones.length; i++) {
        jones[i] = 0.1 * random.nextGaussian() + (i % 8 == 0 || i % 8 == 6 ? 1 : 0);
      }
      model = new float[2 * 4 * CHANNELS * baselines.count()];
      data = new float[model.length];
      double[] m = new double[8];
      double[] half = new double[8];
      double[] v = new double[8];
      for (int b = 0; b < baselines.count(); b++) {
        for (int c = 0; c < CHANNELS; c++) {
          double phase = 7 * random.nextDouble();
          Arrays.fill(m, 0);
          m[0] = (polarised ? 2.5 : 2) * Math.cos(phase);
          m[1] = (polarised ? 2.5 : 2) * Math.sin(phase);
          m[6] = (polarised ? 1.4 : 2) * Math.cos(phase);
          m[7] = (polarised ? 1.4 : 2) * Math.sin(phase);
          if (polarised) {
            m[2] = 0.5;
            m[4] = 0.3;
            m[5] = 0.7 * random.nextDouble();
          }
          Jones.multiply(jones, 8 * baselines.first(b), m, 0, half, 0);
          Jones.multiplyAdjoint(half, 0, jones, 8 * baselines.second(b), v, 0);
          for (int e = 0; e < 4; e++) {
            int i = 2 * ((b * CHANNELS + c) * 4 + PLACE[e]);
            model[i] = (float) m[2 * e];
            model[i + 1] = (float) m[2 * e + 1];
            data[i] = (float) (v[2 * e] + sigma * random.nextGaussian());
            data[i + 1] = (float) (v[2 * e + 1] + sigma * random.nextGaussian());
          }
        }
      }
    }

    JonesSums sums() {
      return new JonesSums(baselines, HANDS, RECEPTORS, CHANNELS, CHANNELS);
    }

    GainTable table() {
      return GainTable.full(
          SolutionAxis.of(new double[] {0}, 1),
          SolutionAxis.of(new double[] {1.4e9}, 3e6),
          IntStream.range(0, baselines.antennas()).mapToObj(a -> "A" + a).toList(),
          RECEPTORS);
    }

    GainTable solve(short[] flags, SolverOptions options) {
      JonesSums sums = sums();
      sums.add(CHANNELS, data, null, flags, 0, model, 0);
      GainTable table = table();
      new JonesSolver(options).solve(sums, table, 0);
      return table;
    }

    /** Largest element of J_p M J_q^H less the data, with the solved J. */
    double worst(GainTable table) {
      double worst = 0;
      double[] m = new double[8];
      double[] half = new double[8];
      double[] v = new double[8];
      for (int b = 0; b < baselines.count(); b++) {
        int p = 2 * table.index(0, baselines.first(b), 0, 0);
        int q = 2 * table.index(0, baselines.second(b), 0, 0);
        for (int c = 0; c < CHANNELS; c++) {
          for (int e = 0; e < 4; e++) {
            int i = 2 * ((b * CHANNELS + c) * 4 + PLACE[e]);
            m[2 * e] = model[i];
            m[2 * e + 1] = model[i + 1];
          }
          Jones.multiply(table.gains(), p, m, 0, half, 0);
          Jones.multiplyAdjoint(half, 0, table.gains(), q, v, 0);
          for (int e = 0; e < 8; e++) {
            int i = 2 * ((b * CHANNELS + c) * 4 + PLACE[e / 2]) + e % 2;
            if (!Double.isNaN(v[e])) {
              worst = Math.max(worst, Math.abs(v[e] - data[i]));
            }
          }
        }
      }
      return worst;
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void matricesOfNoiselessDataAreFound(boolean polarised) {
    for (long seed = 0; seed < 5; seed++) {
      Leaky array = new Leaky(seed, 8, polarised, 0);
      GainTable table = array.solve(null, SolverOptions.USUAL.withMaxIterations(5000));
      assertThat(table.flags()).containsOnly(SolutionFlag.GOOD.code());
      assertThat(array.worst(table)).isLessThan(2e-6);
      assertThat(table.chiSquared()[0]).isLessThan(1e-9f);
      checkUpToOneMatrix(array, table, polarised);
    }
  }

  /** J of the solution is the truth times one matrix: a phase, or of no polarization a unitary. */
  private static void checkUpToOneMatrix(Leaky array, GainTable table, boolean polarised) {
    double[] inverse = new double[8];
    double[] first = new double[8];
    double[] other = new double[8];
    for (int a = 0; a < array.baselines.antennas(); a++) {
      Jones.invert(array.jones, 8 * a, inverse, 0);
      Jones.multiply(inverse, 0, table.gains(), 2 * table.index(0, a, 0, 0), other, 0);
      if (a == 0) {
        System.arraycopy(other, 0, first, 0, 8);
      }
      for (int e = 0; e < 8; e++) {
        assertThat(other[e]).isCloseTo(first[e], within(1e-6));
      }
    }
    double[] product = new double[8];
    Jones.multiplyAdjoint(first, 0, first, 0, product, 0);
    assertThat(product[0]).isCloseTo(1, within(1e-6));
    assertThat(product[6]).isCloseTo(1, within(1e-6));
    assertThat(Math.hypot(product[2], product[3])).isCloseTo(0, within(1e-6));
    if (polarised) {
      assertThat(Math.hypot(first[2], first[3])).isCloseTo(0, within(1e-5));
      assertThat(Math.hypot(first[4], first[5])).isCloseTo(0, within(1e-5));
    }
  }

  @Test
  void noiseIsMeasuredAndSumsTravel() {
    double sigma = 0.1;
    double chi = 0;
    double snr = 0;
    for (long seed = 0; seed < 10; seed++) {
      Leaky array = new Leaky(seed, 12, false, sigma);
      JonesSums sums = array.sums();
      sums.add(CHANNELS, array.data, null, null, 0, array.model, 0);
      DoubleBuffer travelled = DoubleBuffer.allocate(sums.length(sums.cells()));
      sums.put(travelled);
      travelled.flip();
      sums.clear();
      sums.addFrom(travelled, 0, sums.cells());
      GainTable table = array.table();
      new JonesSolver(SolverOptions.USUAL).solve(sums, table, 0);
      assertThat(table.flags()).containsOnly(SolutionFlag.GOOD.code());
      for (int a = 0; a < 12; a++) {
        chi += table.chiSquared()[table.index(0, a, 0, 0)] / 120;
        snr += table.snr()[table.index(0, a, 0, 0)] / 120;
      }
    }
    assertThat(chi).isCloseTo(sigma * sigma, within(0.05 * sigma * sigma));
    // 11 baselines of 3 channels of 2 Jy.
    assertThat(snr).isCloseTo(2 * Math.sqrt(33) / sigma, within(15.0));
  }

  @ParameterizedTest
  @CsvSource({"8, true", "8, false", "20, true", "20, false"})
  void noiseAloneGivesNoMatrices(int antennas, boolean polarised) {
    for (long seed = 0; seed < 5; seed++) {
      Leaky array = new Leaky(seed, antennas, polarised, 0);
      Random random = new Random(seed);
      for (int i = 0; i < array.data.length; i++) {
        array.data[i] = (float) random.nextGaussian();
      }
      GainTable table = array.solve(null, SolverOptions.USUAL.withMinSnr(0.1));
      for (byte flag : table.flags()) {
        assertThat(SolutionFlag.of(flag)).isIn(SolutionFlag.LOW_SNR, SolutionFlag.NOT_CONVERGED);
      }
    }
  }

  @Test
  void anAntennaWithoutMatrixSaysWhy() {
    Leaky array = new Leaky(3, 9, true, 0);
    short[] flags = new short[array.data.length / 2];
    for (int b = 0; b < array.baselines.count(); b++) {
      int at = b * CHANNELS * 4;
      if (array.baselines.first(b) == 0) {
        // One correlation of each is enough.
        for (int c = 0; c < CHANNELS; c++) {
          flags[at + 4 * c + c % 4] = 1;
        }
      } else if (array.baselines.first(b) == 1) {
        array.data[2 * at] = Float.NaN;
        array.data[2 * at + 8] = Float.POSITIVE_INFINITY;
        array.data[2 * at + 17] = Float.NaN;
      }
    }
    GainTable table = array.solve(flags, SolverOptions.USUAL);
    assertThat(SolutionFlag.of(table.flags()[table.index(0, 0, 0, 3)]))
        .isEqualTo(SolutionFlag.NO_DATA);
    assertThat(SolutionFlag.of(table.flags()[table.index(0, 1, 0, 3)]))
        .isEqualTo(SolutionFlag.NOT_FINITE);
    assertThat(table.gains()[2 * table.index(0, 1, 0, 2)]).isNaN();
    assertThat(array.worst(table)).isLessThan(2e-6);

    // Nothing of Y in the model: Y's part can't be told.
    Leaky half = new Leaky(4, 8, false, 0);
    for (int e = 0; e < half.model.length / 2; e++) {
      if (e % 4 != 0) {
        half.model[2 * e] = 0;
        half.model[2 * e + 1] = 0;
      }
    }
    assertThat(half.solve(null, SolverOptions.USUAL).flags())
        .containsOnly(SolutionFlag.ZERO_MODEL.code());
    assertThatThrownBy(() -> new JonesSolver(SolverOptions.USUAL.with(Freedom.PHASE)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new JonesSums(array.baselines, HANDS.subList(0, 2), RECEPTORS, CHANNELS, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
