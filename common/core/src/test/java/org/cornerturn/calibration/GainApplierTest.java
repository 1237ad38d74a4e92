package org.cornerturn.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.cornerturn.radio.Polarization;
import org.junit.jupiter.api.Test;

class GainApplierTest {
  private static final List<String> RECEPTORS = List.of("X", "Y");
  private static final List<Polarization> FOUR =
      List.of(Polarization.XX, Polarization.XY, Polarization.YX, Polarization.YY);

  private static GainGrid random(Random random, GainGrid grid) {
    for (int i = 0; i < grid.values().length; i++) {
      grid.values()[i] += 0.7 * random.nextGaussian();
    }
    return grid;
  }

  /** J_p M J_q^H of (XX, XY, YX, YY), by the definition. */
  private static double[] corrupt(GainGrid grid, int p, int q, int c, float[] model, int at) {
    double[] out = new double[8];
    for (int r = 0; r < 2; r++) {
      for (int s = 0; s < 2; s++) {
        for (int k = 0; k < 2; k++) {
          for (int l = 0; l < 2; l++) {
            double[] g = element(grid, p, c, r, k);
            double[] h = element(grid, q, c, s, l);
            double re = g[0] * h[0] + g[1] * h[1];
            double im = g[1] * h[0] - g[0] * h[1];
            double mr = model[at + 2 * (2 * k + l)];
            double mi = model[at + 2 * (2 * k + l) + 1];
            out[2 * (2 * r + s)] += re * mr - im * mi;
            out[2 * (2 * r + s) + 1] += re * mi + im * mr;
          }
        }
      }
    }
    return out;
  }

  private static double[] element(GainGrid grid, int a, int c, int r, int k) {
    if (!grid.isFull()) {
      int i = grid.index(a, c, r);
      return r == k ? new double[] {grid.values()[i], grid.values()[i + 1]} : new double[] {0, 0};
    }
    int i = grid.index(a, c, 2 * r + k);
    return new double[] {grid.values()[i], grid.values()[i + 1]};
  }

  private static void checkRoundTrip(GainGrid grid, int antennas, int channels, Random random) {
    Baselines baselines = Baselines.all(antennas);
    int elements = baselines.count() * channels * 4;
    int at = 5;
    float[] model = new float[2 * (elements + at)];
    float[] data = new float[model.length];
    for (int i = 0; i < model.length; i++) {
      model[i] = (float) random.nextGaussian();
    }
    for (int b = 0; b < baselines.count(); b++) {
      for (int c = 0; c < channels; c++) {
        int i = 2 * (at + (b * channels + c) * 4);
        double[] v = corrupt(grid, baselines.first(b), baselines.second(b), c, model, i);
        for (int k = 0; k < 8; k++) {
          data[i + k] = (float) v[k];
        }
      }
    }
    GainApplier applier = new GainApplier(baselines, FOUR, RECEPTORS, channels);
    applier.gains(grid);
    assertThat(applier.apply(data, null, null, at, 1)).isZero();
    for (int i = 2 * at; i < data.length; i++) {
      assertThat(data[i]).isCloseTo(model[i], within(2e-3f));
    }
    double squares = 0;
    for (int i = 2 * at; i < data.length; i++) {
      squares += Math.pow(data[i] - model[i], 2) / (2 * elements);
    }
    assertThat(Math.sqrt(squares)).isLessThan(1e-5);
  }

  @Test
  void correctionUndoesCorruption() {
    for (long seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      GainGrid diagonal = GainGrid.diagonal(4, 3, RECEPTORS);
      for (int i = 0; i < diagonal.values().length; i += 2) {
        double size = 0.3 + 3 * random.nextDouble();
        double phase = 7 * random.nextDouble();
        diagonal.values()[i] = size * Math.cos(phase);
        diagonal.values()[i + 1] = size * Math.sin(phase);
      }
      checkRoundTrip(diagonal, 4, 3, random);
      GainGrid full = GainGrid.full(4, 3, RECEPTORS);
      for (int i = 0; i < full.values().length; i++) {
        full.values()[i] += 0.2 * random.nextGaussian();
      }
      checkRoundTrip(full, 4, 3, random);
    }
  }

  /** Channels one by one come out as all at once, with and without gains for some. */
  @Test
  void someChannelsAreCorrectedAsAllAre() {
    Random random = new Random(5);
    Baselines baselines = Baselines.all(5);
    int channels = 7;
    for (GainGrid grid :
        new GainGrid[] {
          GainGrid.diagonal(5, channels, RECEPTORS), GainGrid.full(5, channels, RECEPTORS)
        }) {
      for (int i = 0; i < grid.values().length; i++) {
        grid.values()[i] += random.nextInt(20) == 0 ? Double.NaN : 0.2 * random.nextGaussian();
      }
      GainApplier applier = new GainApplier(baselines, FOUR, RECEPTORS, channels);
      applier.gains(grid);
      int n = baselines.count() * channels * 4;
      float[] v = new float[2 * n];
      float[] w = new float[n];
      for (int i = 0; i < v.length; i++) {
        v[i] = random.nextFloat();
        w[i / 2] = random.nextFloat();
      }
      short[] f = new short[n];
      long without = 0;
      float[][] vs = new float[channels][2 * n / channels];
      float[][] ws = new float[channels][n / channels];
      short[][] fs = new short[channels][n / channels];
      for (int c = 0; c < channels; c++) {
        for (int b = 0; b < baselines.count(); b++) {
          System.arraycopy(v, 8 * (b * channels + c), vs[c], 8 * b, 8);
          System.arraycopy(w, 4 * (b * channels + c), ws[c], 4 * b, 4);
        }
        without += applier.apply(vs[c], ws[c], fs[c], 0, new GainApplier.Part(0, 2, c, 1), 9);
        int rest = baselines.count() - 2;
        without += applier.apply(vs[c], ws[c], fs[c], 8, new GainApplier.Part(2, rest, c, 1), 9);
      }
      assertThat(applier.apply(v, w, f, 0, 9)).isEqualTo(without).isPositive();
      for (int i = 0; i < n; i++) {
        int b = i / 4 / channels;
        int c = i / 4 % channels;
        // Boxed, so that no number equals no number.
        assertThat(Float.valueOf(vs[c][8 * b + 2 * (i % 4)])).isEqualTo(Float.valueOf(v[2 * i]));
        assertThat(Float.valueOf(vs[c][8 * b + 2 * (i % 4) + 1]))
            .isEqualTo(Float.valueOf(v[2 * i + 1]));
        assertThat(ws[c][4 * b + i % 4]).isEqualTo(w[i]);
        assertThat(fs[c][4 * b + i % 4]).isEqualTo(f[i]);
      }
    }
  }

  @Test
  void weightsBecomeWhatTheCorrectedDataAreWorth() {
    Baselines baselines = new Baselines(2, new int[] {0}, new int[] {1});
    GainGrid grid = GainGrid.diagonal(2, 1, RECEPTORS);
    grid.values()[grid.index(0, 0, 0)] = 2;
    grid.values()[grid.index(1, 0, 0)] = 0;
    grid.values()[grid.index(1, 0, 0) + 1] = 3;
    grid.values()[grid.index(1, 0, 1)] = 0.5;
    float[] weights = {1, 1, 10, 1};
    float[] data = {6, 0, 1, 0, 1, 0, 1, 0};
    GainApplier applier = new GainApplier(baselines, FOUR, RECEPTORS, 1);
    applier.gains(grid);
    applier.apply(data, weights, null, 0, 1);
    // XX: 2 and 3i; XY: 2 and 0.5; YX: 1 and 3i; YY: 1 and 0.5.
    assertThat(weights).containsExactly(36, 1, 90, 0.25f);
    assertThat(data[0]).isZero();
    assertThat(data[1]).isEqualTo(1);

    // A full matrix that is diagonal does the same.
    float[] same = {1, 1, 10, 1};
    float[] again = {6, 0, 1, 0, 1, 0, 1, 0};
    applier.gains(GainGrid.full(2, 1, RECEPTORS).multiply(grid));
    applier.apply(again, same, null, 0, 1);
    for (int i = 0; i < 4; i++) {
      assertThat(same[i]).isCloseTo(weights[i], within(1e-5f));
      assertThat(again[2 * i]).isCloseTo(data[2 * i], within(1e-6f));
      assertThat(again[2 * i + 1]).isCloseTo(data[2 * i + 1], within(1e-6f));
    }
  }

  @Test
  void withoutAGainNothingGoesOutUncorrected() {
    Baselines baselines = Baselines.all(3);
    GainGrid grid = GainGrid.diagonal(3, 2, RECEPTORS);
    int i = grid.index(1, 1, 0);
    grid.values()[i] = Double.NaN;
    grid.values()[i + 1] = Double.NaN;
    grid.values()[grid.index(2, 0, 1)] = 0;
    float[] data = new float[2 * 3 * 2 * 4];
    Arrays.fill(data, 1);
    float[] weights = new float[24];
    Arrays.fill(weights, 1);
    short[] flags = new short[24];
    flags[0] = 4;
    GainApplier applier = new GainApplier(baselines, FOUR, RECEPTORS, 2);
    applier.gains(grid);
    long without = applier.apply(data, weights, flags, 0, 0x8000);
    int marked = 0;
    for (int e = 0; e < 24; e++) {
      boolean bad = (flags[e] & 0x8000) != 0;
      marked += bad ? 1 : 0;
      assertThat(Float.isNaN(data[2 * e])).isEqualTo(bad);
      assertThat(weights[e]).isEqualTo(bad ? 0 : 1);
    }
    assertThat(flags[0]).isEqualTo((short) 4);
    // Antenna 1 lacks X in channel 1: as second antenna XX and YX, as first XX and XY. Antenna 2,
    // always second, lacks Y in channel 0: XY and YY of two baselines.
    assertThat(marked).isEqualTo(8);
    assertThat(without).isEqualTo(8);

    GainGrid none = GainGrid.full(3, 2, RECEPTORS);
    Arrays.fill(none.values(), none.index(0, 0, 0), none.index(0, 0, 3) + 2, 0);
    applier.gains(none);
    Arrays.fill(flags, (short) 0);
    flags[23] = 2;
    assertThat(applier.apply(new float[48], new float[24], flags, 0, 0x8000)).isEqualTo(8);
    assertThat(Arrays.copyOfRange(flags, 0, 4)).containsOnly((short) 0x8000);
    assertThat(Arrays.copyOfRange(flags, 20, 24)).containsOnly((short) 2);
  }

  @Test
  void aReceptorThatWasNotSolvedForIsWithoutGain() {
    GainApplier applier = new GainApplier(Baselines.all(2), FOUR, List.of("X"), 1);
    applier.gains(GainGrid.diagonal(2, 1, List.of("X")));
    short[] flags = new short[4];
    assertThat(applier.apply(new float[8], null, flags, 0, 1)).isEqualTo(3);
    assertThat(flags).containsExactly((short) 0, (short) 1, (short) 1, (short) 1);
    assertThatThrownBy(() -> new GainApplier(Baselines.all(2), FOUR, List.of("R"), 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new GainApplier(Baselines.all(2), List.of(Polarization.Q), List.of("X"), 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void termsMultiplyInTheOrderOfTheirChain() {
    Random random = new Random(4);
    GainGrid bandpass = random(random, GainGrid.full(2, 1, RECEPTORS));
    GainGrid gain = random(random, GainGrid.full(2, 1, RECEPTORS));
    float[] model = {1, 0, 0.2f, 0.1f, -0.3f, 0.4f, 2, 0};
    double[] inner = corrupt(gain, 0, 1, 0, model, 0);
    float[] rounded = new float[8];
    for (int i = 0; i < 8; i++) {
      rounded[i] = (float) inner[i];
    }
    double[] outer = corrupt(bandpass, 0, 1, 0, rounded, 0);
    double[] product = corrupt(bandpass.multiply(gain), 0, 1, 0, model, 0);
    for (int i = 0; i < 8; i++) {
      assertThat(product[i]).isCloseTo(outer[i], within(1e-5));
    }
    GainGrid diagonal = random(random, GainGrid.diagonal(2, 1, RECEPTORS));
    assertThatThrownBy(() -> diagonal.multiply(gain)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void sumsAreCorrectedAsSamplesAre() {
    Random random = new Random(11);
    List<Polarization> hands = List.of(Polarization.XX, Polarization.YY);
    Baselines baselines = Baselines.all(5);
    int channels = 3;
    GainGrid gains = random(random, GainGrid.diagonal(5, channels, RECEPTORS));
    gains.values()[gains.index(3, 1, 0)] = Double.NaN;
    SolutionCells cells = SolutionCells.blocks(hands, channels, 1);
    NormalSums sums = new NormalSums(baselines, cells.count());
    NormalSums corrected = new NormalSums(baselines, cells.count());
    GainApplier applier = new GainApplier(baselines, hands, RECEPTORS, channels);
    applier.gains(gains);
    int elements = baselines.count() * channels * 2;
    for (int t = 0; t < 4; t++) {
      float[] model = new float[2 * elements];
      float[] data = new float[2 * elements];
      float[] weights = new float[elements];
      for (int i = 0; i < model.length; i++) {
        model[i] = (float) random.nextGaussian();
        data[i] = (float) random.nextGaussian();
        weights[i / 2] = random.nextInt(3);
      }
      sums.add(cells, data, weights, null, 0, model, 0);
      short[] flags = new short[elements];
      applier.apply(data, weights, flags, 0, 1);
      corrected.add(cells, data, weights, flags, 0, model, 0);
    }
    sums.correct(gains);
    for (int b = 0; b < baselines.count(); b++) {
      for (int c = 0; c < cells.count(); c++) {
        double scale = Math.sqrt(sums.modelPower(b, c) * sums.dataPower(b, c));
        assertThat(sums.samples(b, c)).isEqualTo(corrected.samples(b, c));
        assertThat(sums.real(b, c)).isCloseTo(corrected.real(b, c), within(1e-6 * scale));
        assertThat(sums.imaginary(b, c)).isCloseTo(corrected.imaginary(b, c), within(1e-6 * scale));
        assertThat(sums.modelPower(b, c))
            .isCloseTo(corrected.modelPower(b, c), within(1e-6 * sums.modelPower(b, c)));
        assertThat(sums.dataPower(b, c))
            .isCloseTo(corrected.dataPower(b, c), within(1e-5 * sums.dataPower(b, c)));
      }
    }
  }
}
