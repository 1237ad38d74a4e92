package org.cornerturn.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.cornerturn.prediction.VisibilityPredictor;
import org.cornerturn.radio.HeaderArrays;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.radio.Instrument.Beam;
import org.cornerturn.radio.Polarization;
import org.cornerturn.sky.SkyComponent;
import org.cornerturn.sky.Spectrum;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Observations made by another program, whose sky and gains are known. */
class CalibrationCorpusTest {
  private static final List<Polarization> HANDS = List.of(Polarization.XX, Polarization.YY);

  private Path dsa;

  @BeforeEach
  void findCorpus() {
    String corpus = System.getenv("CORNERTURN_CORPUS");
    assumeTrue(corpus != null, "CORNERTURN_CORPUS is not set");
    dsa = Path.of(corpus, "dsa");
  }

  /** A file's data and what its sources make, (time, baseline, channel, polarization). */
  private static final class Observed {
    final Baselines baselines;
    final int times;
    final int row;
    final double[] hertz;
    final float[] data;
    final float[] model;

    Observed(Path file, Path sky) throws IOException {
      try (HeaderArrays arrays = new HeaderArrays(file)) {
        double[] first = arrays.numbers("ant_1_array");
        double[] second = arrays.numbers("ant_2_array");
        times = (int) arrays.one("Ntimes");
        int count = first.length / times;
        int antennas = (int) arrays.one("Nants_data");
        baselines =
            new Baselines(
                antennas,
                IntStream.range(0, count).map(b -> (int) first[b] - 1).toArray(),
                IntStream.range(0, count).map(b -> (int) second[b] - 1).toArray());
        hertz = arrays.frequencies();
        row = count * hertz.length * 2;
        data = arrays.visibilities();
        model = new float[data.length];
        VisibilityPredictor predictor =
            new VisibilityPredictor(components(sky), hertz, HANDS, Beam.NONE, 0);
        IcrsDirection centre =
            new IcrsDirection(
                arrays.one("phase_center_catalog/0/cat_lon"),
                arrays.one("phase_center_catalog/0/cat_lat"));
        predictor.field(centre, centre);
        for (int t = 0; t < times; t++) {
          predictor.integration(arrays.uvw, 3 * t * count, count, model, 2 * t * row);
        }
      }
    }

    private static List<SkyComponent> components(Path file) throws IOException {
      List<SkyComponent> all = new ArrayList<>();
      List<String> lines = Files.readAllLines(file);
      for (String line : lines.subList(1, lines.size())) {
        String[] v = line.split(",");
        all.add(
            SkyComponent.point(
                v[0],
                IcrsDirection.ofDegrees(Double.parseDouble(v[1]), Double.parseDouble(v[2])),
                Spectrum.powerLaw(Double.parseDouble(v[5]), 1.4e9, Double.parseDouble(v[6]))));
      }
      return all;
    }

    /** Root mean square of real and imaginary parts of data less model, of crosses. */
    double residual() {
      double squares = 0;
      long n = 0;
      for (int i = 0; i < data.length; i++) {
        int baseline = i / 2 % row / (hertz.length * 2);
        if (baselines.isCross(baseline)) {
          squares += Math.pow(data[i] - model[i], 2);
          n++;
        }
      }
      return Math.sqrt(squares / n);
    }

    GainTable table(int intervals) {
      return GainTable.diagonal(
          SolutionAxis.of(IntStream.range(0, intervals).mapToDouble(t -> t).toArray(), 1),
          SolutionAxis.of(hertz, hertz[1] - hertz[0]),
          IntStream.range(0, baselines.antennas()).mapToObj(a -> "A" + a).toList(),
          List.of("X", "Y"));
    }

    NormalSums sums(int first, int count) {
      SolutionCells cells = SolutionCells.blocks(HANDS, hertz.length, 1);
      NormalSums sums = new NormalSums(baselines, cells.count());
      for (int t = first; t < first + count; t++) {
        sums.add(cells, data, null, null, t * row, model, t * row);
      }
      return sums;
    }
  }

  private JsonNode truth() throws IOException {
    return new ObjectMapper().readTree(dsa.resolve("s20c.truth.json").toFile());
  }

  /** The true gain, (real, imaginary). */
  private static double[] gain(JsonNode truth, int t, int a, int c, int r) {
    JsonNode b = truth.path("bandpass");
    JsonNode g = truth.path("gain");
    double br = b.path(0).path(a).path(c).path(r).asDouble();
    double bi = b.path(1).path(a).path(c).path(r).asDouble();
    double gr = g.path(0).path(t).path(a).path(r).asDouble();
    double gi = g.path(1).path(t).path(a).path(r).asDouble();
    return new double[] {br * gr - bi * gi, br * gi + bi * gr};
  }

  @Test
  void dataWithoutGainsAreThePredictionAndNoise() throws IOException {
    Observed o = new Observed(dsa.resolve("s20.uvh5"), dsa.resolve("s20.sky.csv"));
    double sigma = truth().path("noise_sigma").asDouble();
    assertThat(o.residual()).isCloseTo(sigma, within(0.005 * sigma));
  }

  @Test
  void gainsOfEachTimeAndChannelAreTheTrueOnesUpToTheNoise() throws IOException {
    Observed o = new Observed(dsa.resolve("s20c.uvh5"), dsa.resolve("s20c.sky.csv"));
    JsonNode truth = truth();
    GainTable table = o.table(o.times);
    DiagonalSolver solver = new DiagonalSolver(SolverOptions.USUAL);
    for (int t = 0; t < o.times; t++) {
      solver.solve(o.sums(t, 1), table, t);
    }
    assertThat(table.flags()).containsOnly(SolutionFlag.GOOD.code());
    PhaseReferencing.refer(table, List.of(0));
    double squares = 0;
    double expected = 0;
    for (int t = 0; t < o.times; t++) {
      for (int c = 0; c < o.hertz.length; c++) {
        for (int r = 0; r < 2; r++) {
          double[] reference = gain(truth, t, 0, c, r);
          double turn = Math.atan2(reference[1], reference[0]);
          double own = 1 / Math.pow(table.snr()[table.index(t, 0, c, r)], 2);
          for (int a = 1; a < o.baselines.antennas(); a++) {
            int i = table.index(t, a, c, r);
            double[] g = gain(truth, t, a, c, r);
            double size = Math.hypot(g[0], g[1]);
            squares += Math.pow(table.amplitude(i) / size - 1, 2);
            double apart = table.phase(i) - (Math.atan2(g[1], g[0]) - turn);
            squares += Math.pow(Math.IEEEremainder(apart, 2 * Math.PI), 2);
            // The phase has the reference's error as well.
            expected += 2 / Math.pow(table.snr()[i], 2) + own;
          }
        }
      }
    }
    assertThat(Math.sqrt(squares / expected)).isBetween(0.9, 1.1);

    // Applied, they leave the model and the noise.
    GainInterpolator gains =
        new GainInterpolator(table, Interpolation.nearest(), Interpolation.nearest(), o.hertz);
    GainApplier applier = new GainApplier(o.baselines, HANDS, table.receptors(), o.hertz.length);
    float[] weights = new float[o.data.length / 2];
    Arrays.fill(weights, 1);
    for (int t = 0; t < o.times; t++) {
      applier.gains(gains.at(t));
      assertThat(applier.apply(o.data, weights, null, t * o.row, 1)).isZero();
    }
    double chi = 0;
    double sigma = truth.path("noise_sigma").asDouble();
    long n = 0;
    for (int e = 0; e < weights.length; e++) {
      if (o.baselines.isCross(e % o.row / (o.hertz.length * 2))) {
        for (int i = 2 * e; i < 2 * e + 2; i++) {
          chi += weights[e] * Math.pow((o.data[i] - o.model[i]) / sigma, 2);
          n++;
        }
      }
    }
    // 20 antennas of 190 baselines: the gains took 39 of 380 numbers.
    assertThat(chi / n).isCloseTo(1 - 39 / 380.0, within(0.01));
  }
}
