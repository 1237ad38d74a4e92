package org.cornerturn.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.DoubleBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.cornerturn.calibration.SolverOptions.Freedom;
import org.cornerturn.radio.Polarization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DelaySolverTest {
  private static final SolverOptions OPTIONS = SolverOptions.USUAL.with(Freedom.PHASE);

  /** Delays in nanoseconds over a band, and what is measured of them. */
  private static final class Band {
    final double[] hertz;
    final Baselines baselines;
    final NormalSums sums;
    final double[] nanoseconds;

    Band(long seed, int antennas, double[] hertz, double largest, double sigma, Spoil spoil) {
      this.hertz = hertz;
      baselines = Baselines.all(antennas);
      sums = new NormalSums(baselines, hertz.length);
      Random random = new Random(seed);
      nanoseconds = random.doubles(antennas, -largest, largest).toArray();
      double[] phase = random.doubles(antennas, -Math.PI, Math.PI).toArray();
      for (int b = 0; b < baselines.count(); b++) {
        int p = baselines.first(b);
        int q = baselines.second(b);
        for (int c = 0; c < hertz.length; c++) {
          double angle =
              phase[p]
                  - phase[q]
                  + 2 * Math.PI * (hertz[c] - 1.4e9) * (nanoseconds[p] - nanoseconds[q]) * 1e-9;
          double size = 2 + p + 0.3 * q;
          double re = size * Math.cos(angle) + sigma * random.nextGaussian();
          double im = size * Math.sin(angle) + sigma * random.nextGaussian();
          if (!spoil.takes(p, q, c)) {
            sums.add(b, c, 1, re, im, 2, 0);
          }
        }
      }
    }

    double worst(DelaySolution solution) {
      double worst = 0;
      for (int a = 0; a < nanoseconds.length; a++) {
        if (solution.flags().get(a) == SolutionFlag.GOOD) {
          double truth = nanoseconds[a] - nanoseconds[solution.reference()];
          worst = Math.max(worst, Math.abs(1e9 * solution.seconds()[a] - truth));
        }
      }
      return worst;
    }
  }

  private interface Spoil {
    boolean takes(int p, int q, int channel);
  }

  private static double[] even(int channels, double step) {
    return DoubleStream.iterate(1.28e9, f -> f + step).limit(channels).toArray();
  }

  private static List<Integer> ranking(int antennas) {
    return IntStream.range(0, antennas).boxed().toList();
  }

  @ParameterizedTest
  @CsvSource({"2, 1e6, 100", "64, 1e6, 100", "192, 1.3e6, 150", "768, 244140.625, 900"})
  void delaysOfNoiselessDataAreFound(int channels, double step, double largest) {
    for (long seed = 0; seed < 5; seed++) {
      Band band = new Band(seed, 9, even(channels, step), largest, 0, (p, q, c) -> false);
      DelaySolution solution =
          new DelaySolver(band.hertz, OPTIONS).solve(band.sums, 1, 0, ranking(9));
      assertThat(solution.flags()).containsOnly(SolutionFlag.GOOD);
      assertThat(solution.reference()).isZero();
      assertThat(solution.seconds()[0]).isZero();
      assertThat(band.worst(solution)).isLessThan(1e-3);
      assertThat(band.worst(solution)).isLessThan(1e-6);
    }
  }

  private static DoubleBuffer written(NormalSums sums) {
    DoubleBuffer all = DoubleBuffer.allocate(sums.length(sums.cells()));
    sums.put(all);
    return all.flip();
  }

  @Test
  void sumsOfPartsOfTheBandAreThoseOfTheBand() {
    int receptors = 2;
    Baselines baselines = Baselines.all(5);
    NormalSums whole = new NormalSums(baselines, 6 * receptors);
    NormalSums first = new NormalSums(baselines, 2 * receptors);
    NormalSums second = new NormalSums(baselines, 4 * receptors);
    Random random = new Random(4);
    for (int b = 0; b < baselines.count(); b++) {
      for (int cell = 0; cell < 6 * receptors; cell++) {
        double re = cell == 7 && b == 3 ? Double.NaN : random.nextGaussian();
        double im = random.nextGaussian();
        whole.add(b, cell, 2, re, im, 3, 1);
        boolean early = cell < 2 * receptors;
        (early ? first : second).add(b, early ? cell : cell - 2 * receptors, 2, re, im, 3, 1);
      }
    }
    NormalSums joined = new NormalSums(baselines, 6 * receptors);
    joined.addFrom(written(second), 2 * receptors, 4 * receptors);
    joined.addFrom(written(first), 0, 2 * receptors);
    assertThat(joined.values()).isEqualTo(whole.values());
    for (int a = 0; a < baselines.antennas(); a++) {
      for (int cell = 0; cell < 6 * receptors; cell++) {
        assertThat(joined.hadNotFinite(a, cell)).isEqualTo(whole.hadNotFinite(a, cell));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 20})
  void errorsAreThoseThatAreStated(double sigma) {
    double squares = 0;
    int n = 0;
    for (long seed = 0; seed < 20; seed++) {
      Band band = new Band(seed, 12, even(192, 1.3e6), 50, sigma, (p, q, c) -> false);
      DelaySolution solution =
          new DelaySolver(band.hertz, OPTIONS).solve(band.sums, 1, 0, List.of(3, 1));
      for (int a = 0; a < 12; a++) {
        if (a != 3 && solution.flags().get(a) == SolutionFlag.GOOD) {
          double truth = band.nanoseconds[a] - band.nanoseconds[3];
          double pull = (1e9 * solution.seconds()[a] - truth) / (1e9 * solution.errorSeconds()[a]);
          squares += pull * pull;
          n++;
        }
      }
    }
    assertThat(n).isGreaterThan(215);
    // Pulls have variance 1; antennas of one trial share the reference's error.
    assertThat(squares / n).isBetween(0.6, 1.5);
  }

  @Test
  void channelsMayBeFlaggedUnevenAndTheReferenceShortOfBaselines() {
    for (long seed = 0; seed < 10; seed++) {
      Random random = new Random(seed);
      double[] hertz =
          DoubleStream.concat(
                  Arrays.stream(even(50, 1e6)), Arrays.stream(even(50, 1e6)).map(f -> f + 7.33e7))
              .toArray();
      Band band =
          new Band(
              seed, 10, hertz, 200, 0.1, (p, q, c) -> random.nextDouble() < 0.4 || p == 0 && q > 4);
      DelaySolution solution = new DelaySolver(hertz, OPTIONS).solve(band.sums, 1, 0, ranking(10));
      assertThat(solution.flags()).containsOnly(SolutionFlag.GOOD);
      assertThat(band.worst(solution)).isLessThan(0.1);
    }
  }

  @Test
  void anAntennaWithoutDelaySaysWhy() {
    Band band =
        new Band(1, 12, even(64, 1e6), 50, 0.1, (p, q, c) -> p == 0 || q == 5 && p != 6 && p > 2);
    DelaySolution solution =
        new DelaySolver(band.hertz, OPTIONS.withMinBaselines(10))
            .solve(band.sums, 1, 0, ranking(12));
    assertThat(solution.flags().get(0)).isEqualTo(SolutionFlag.NO_DATA);
    assertThat(solution.flags().get(5)).isEqualTo(SolutionFlag.TOO_FEW_BASELINES);
    assertThat(solution.seconds()[0]).isNaN();

    Band noise = new Band(2, 8, even(64, 1e6), 50, 1e4, (p, q, c) -> false);
    DelaySolution none =
        new DelaySolver(noise.hertz, OPTIONS.withMinSnr(6)).solve(noise.sums, 1, 0, ranking(8));
    for (SolutionFlag flag : none.flags()) {
      assertThat(flag).isIn(SolutionFlag.LOW_SNR, SolutionFlag.NOT_CONVERGED);
    }
    DelaySolution unreferred =
        new DelaySolver(band.hertz, OPTIONS).solve(band.sums, 1, 0, List.of(0));
    assertThat(unreferred.reference()).isEqualTo(-1);
    assertThat(unreferred.flags()).containsOnly(SolutionFlag.NO_DATA, SolutionFlag.NO_REFERENCE);
    assertThatThrownBy(() -> new DelaySolver(new double[] {1e9}, OPTIONS))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void gainsOfDelaysTakeThemOut() {
    SyntheticArray array = new SyntheticArray(5, 7, 32, 4, 0.1);
    double[] hertz = IntStream.range(0, 32).mapToDouble(c -> 1.3e9 + c * 1e6).toArray();
    double[] seconds = new Random(5).doubles(7, -2e-7, 2e-7).toArray();
    for (int a = 0; a < 7; a++) {
      for (int c = 0; c < 32; c++) {
        for (int r = 0; r < 2; r++) {
          double angle = 2 * Math.PI * (hertz[c] - 1.3e9) * seconds[a] + a + r;
          array.gains[array.gain(a, c, r)] = 1.5 * Math.cos(angle);
          array.gains[array.gain(a, c, r) + 1] = 1.5 * Math.sin(angle);
        }
      }
    }
    List<Polarization> hands = List.of(Polarization.XX, Polarization.YY);
    SolutionCells cells = SolutionCells.blocks(hands, 32, 1);
    NormalSums sums = new NormalSums(array.baselines, cells.count());
    float[] data = array.data(0);
    sums.add(cells, data, null, null, 0, array.model, 0);
    GainTable table = DiagonalSolverTest.table(array, 1);
    for (int r = 0; r < 2; r++) {
      new DelaySolver(hertz, OPTIONS).solve(sums, 2, r, ranking(7)).write(table, 0, r, 1.31e9);
    }
    assertThat(table.phase(table.index(0, 3, 10, 0))).isZero();
    GainInterpolator gains =
        new GainInterpolator(table, Interpolation.nearest(), Interpolation.nearest(), hertz);
    GainApplier applier = new GainApplier(array.baselines, hands, List.of("X", "Y"), 32);
    applier.gains(gains.at(0));
    applier.apply(data, null, null, 0, 1);
    for (int b = 0; b < array.baselines.count(); b++) {
      double first = Double.NaN;
      for (int c = 0; c < 32; c++) {
        int i = 2 * array.element(b, c, 1);
        double turned =
            Math.atan2(data[i + 1], data[i]) - Math.atan2(array.model[i + 1], array.model[i]);
        first = c == 0 ? turned : first;
        assertThat(Math.IEEEremainder(turned - first, 2 * Math.PI)).isCloseTo(0, within(1e-5));
      }
    }
  }
}
