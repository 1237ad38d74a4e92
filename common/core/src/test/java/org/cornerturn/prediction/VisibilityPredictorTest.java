package org.cornerturn.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.radio.Instrument.Beam;
import org.cornerturn.radio.Polarization;
import org.cornerturn.sky.SkyComponent;
import org.cornerturn.sky.SkyComponent.Shape;
import org.cornerturn.sky.Spectrum;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VisibilityPredictorTest {
  private static final double C = 299792458.0;
  private static final IcrsDirection CENTRE = IcrsDirection.ofDegrees(128.7, 55.6);
  private static final List<Polarization> FOUR =
      List.of(Polarization.XX, Polarization.XY, Polarization.YX, Polarization.YY);

  private static double[] even(int channels) {
    return DoubleStream.iterate(1.28e9, f -> f + 244140.625).limit(channels).toArray();
  }

  private static List<SkyComponent> field(Random random, int count) {
    List<SkyComponent> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(
          SkyComponent.point(
              "S" + i,
              CENTRE.at(random.nextDouble() * 0.06 - 0.03, random.nextDouble() * 0.06 - 0.03),
              Spectrum.powerLaw(random.nextDouble(), 1.4e9, random.nextDouble() * 2 - 1.5)));
    }
    return all;
  }

  @ParameterizedTest
  @CsvSource({"1, even", "63, even", "300, even", "64, odd"})
  void sumsAreThoseOfTheEquation(int channels, String axis) {
    Random random = new Random(channels);
    double[] hertz = even(channels);
    if (axis.equals("odd")) {
      Arrays.setAll(hertz, i -> hertz[i] + 1e4 * random.nextDouble());
    }
    List<SkyComponent> sky = field(random, 30);
    double total = sky.stream().mapToDouble(s -> s.spectrum().fluxJy(1.2e9)).sum() * 1.2;
    VisibilityPredictor predictor = new VisibilityPredictor(sky, hertz, FOUR, Beam.NONE, 0);
    predictor.field(CENTRE, CENTRE);
    int baselines = 150;
    double[] uvw = random.doubles(3 * baselines, -3000, 3000).toArray();
    float[] out = new float[2 * baselines * channels * 4 + 6];
    predictor.integration(uvw, 0, baselines, out, 6);
    for (int b = 0; b < baselines; b++) {
      for (int c = 0; c < channels; c += 13) {
        double re = 0;
        double im = 0;
        for (SkyComponent s : sky) {
          double[] lmn = s.direction().cosines(CENTRE);
          double n = Math.sqrt(1 - lmn[0] * lmn[0] - lmn[1] * lmn[1]);
          double path = uvw[3 * b] * lmn[0] + uvw[3 * b + 1] * lmn[1] + uvw[3 * b + 2] * (n - 1);
          double flux =
              s.spectrum().fluxJy() * Math.pow(hertz[c] / 1.4e9, s.spectrum().terms().get(0));
          re += flux * Math.cos(2 * Math.PI * hertz[c] / C * path);
          im += flux * Math.sin(2 * Math.PI * hertz[c] / C * path);
        }
        int i = 6 + ((b * channels + c) * 4) * 2;
        assertThat(out[i]).isCloseTo((float) re, within((float) (1e-7 * total)));
        assertThat(out[i + 1]).isCloseTo((float) im, within((float) (1e-7 * total)));
        assertThat(Arrays.copyOfRange(out, i + 2, i + 6)).containsOnly(0f);
        assertThat(Arrays.copyOfRange(out, i + 6, i + 8)).containsExactly(out[i], out[i + 1]);
      }
    }
  }

  @Test
  void theErrorInDoublePrecisionIsBounded() {
    // Terms of the sum by a reference with turns taken off in exact integer arithmetic.
    Random random = new Random(3);
    double[] hertz = even(768);
    List<SkyComponent> sky = field(random, 20);
    double total = sky.stream().mapToDouble(s -> s.spectrum().fluxJy(1.2e9)).sum() * 1.2;
    VisibilityPredictor predictor = new VisibilityPredictor(sky, hertz, FOUR, Beam.NONE, 0);
    predictor.field(CENTRE, CENTRE);
    double[] re = new double[768];
    double[] im = new double[768];
    for (int trial = 0; trial < 30; trial++) {
      double u = 20000 * random.nextDouble();
      double v = 20000 * random.nextDouble();
      double w = 20000 * random.nextDouble();
      predictor.sum(u, v, w, re, im);
      for (int c = 0; c < 768; c += 37) {
        double a = 0;
        double b = 0;
        for (SkyComponent s : sky) {
          double[] lmn = s.direction().cosines(CENTRE);
          double offset = lmn[0] * lmn[0] + lmn[1] * lmn[1];
          double path = u * lmn[0] + v * lmn[1] - w * offset / (1 + lmn[2]);
          double turns =
              new BigDecimal(path)
                  .multiply(new BigDecimal(hertz[c]))
                  .divide(new BigDecimal(C), new MathContext(40))
                  .remainder(BigDecimal.ONE)
                  .doubleValue();
          double flux = s.spectrum().fluxJy(hertz[c]);
          a += flux * Math.cos(2 * Math.PI * turns);
          b += flux * Math.sin(2 * Math.PI * turns);
        }
        assertThat(Math.hypot(re[c] - a, im[c] - b)).isLessThan(1e-9 * total);
      }
    }
  }

  @Test
  void aSourceAtThePhaseCentreIsItsFluxAndOneBesideItLagsByItsSign() {
    SkyComponent calibrator = SkyComponent.point("C", CENTRE, Spectrum.flat(3));
    double[] hertz = {1.4e9};
    List<Polarization> hands = List.of(Polarization.RR, Polarization.LL);
    VisibilityPredictor there =
        new VisibilityPredictor(List.of(calibrator), hertz, hands, Beam.AIRY, 4.7);
    there.field(CENTRE, CENTRE);
    float[] out = new float[4];
    there.integration(new double[] {100, -2000, 800}, 0, 1, out, 0);
    assertThat(out).containsExactly(3, 0, 3, 0);

    // East of the centre and u positive: the phase advances.
    SkyComponent east = SkyComponent.point("E", CENTRE.at(1e-5, 0), Spectrum.flat(1));
    VisibilityPredictor beside = new VisibilityPredictor(List.of(east), hertz, hands, Beam.NONE, 0);
    beside.field(CENTRE, CENTRE);
    beside.integration(new double[] {1000, 0, 0}, 0, 1, out, 0);
    assertThat(Math.atan2(out[1], out[0])).isCloseTo(2 * Math.PI * 1.4e9 / C * 1e-2, within(1e-6));
  }

  @ParameterizedTest
  @CsvSource({
    "AIRY, 0, 1",
    "AIRY, 0.51449, 0.5",
    "AIRY, 1.21967, 0",
    "COSINE, 0, 1",
    "COSINE, 1.25, 0",
    "GAUSSIAN, 0.51449, 0.5",
    "NONE, 0.7, 1"
  })
  void beamsAttenuateByTheAngleFromThePointing(Beam beam, double widths, double expected) {
    // Places in wavelengths over the dish's diameter: half power of an Airy pattern at 0.514, its
    // first null at 1.22; the cosine's at a = 1.5.
    double hertz = 1.4e9;
    double dish = 4.7;
    double angle = widths * C / hertz / dish;
    double offset = beam == Beam.COSINE ? Math.sin(angle) : angle;
    SkyComponent source = SkyComponent.point("S", CENTRE.at(0, offset), Spectrum.flat(2));
    VisibilityPredictor predictor =
        new VisibilityPredictor(
            List.of(source), new double[] {hertz}, List.of(Polarization.I), beam, dish);
    predictor.field(CENTRE.at(0.01, 0), CENTRE);
    assertThat(predictor.apparentFluxJy(0, 0) / 2).isCloseTo(expected, within(1e-4));
  }

  @Test
  void theCosineBeamHasItsLimitWhereItsFormulaHasNone() {
    double hertz = 1.4e9;
    double dish = 4.7;
    double angle = 0.5 / 1.2 * C / hertz / dish;
    double limit = Math.pow(Math.PI / 4, 4);
    for (double off : new double[] {-1e-5, -1e-9, 0, 1e-9, 1e-5}) {
      SkyComponent source =
          SkyComponent.point("S", CENTRE.at(0, Math.sin(angle * (1 + off))), Spectrum.flat(1));
      VisibilityPredictor predictor =
          new VisibilityPredictor(
              List.of(source), new double[] {hertz}, List.of(Polarization.I), Beam.COSINE, dish);
      predictor.field(CENTRE, CENTRE);
      assertThat(predictor.apparentFluxJy(0, 0))
          .isCloseTo(limit, within(1e-4 * Math.abs(off) * 1e5 + 1e-8));
    }
  }

  @Test
  void extendedComponentsFadeOnLongBaselines() {
    double size = Math.toRadians(20 / 3600.0);
    SkyComponent gauss =
        new SkyComponent("G", CENTRE, Spectrum.flat(1), Shape.GAUSSIAN, size, size, 0);
    double hertz = 1.4e9;
    VisibilityPredictor predictor =
        new VisibilityPredictor(
            List.of(gauss), new double[] {hertz}, List.of(Polarization.I), Beam.NONE, 0);
    predictor.field(CENTRE, CENTRE);
    float[] out = new float[4];
    double u = 1500;
    predictor.integration(new double[] {u, 0, 0, 0, 0, 0}, 0, 2, out, 0);
    double x = size * u * hertz / C;
    assertThat(out[0])
        .isCloseTo((float) Math.exp(-Math.PI * Math.PI * x * x / (4 * Math.log(2))), within(1e-6f));
    assertThat(out[2]).isEqualTo(1);
  }

  @Test
  void whereThereIsNothingItIsSaid() {
    SkyComponent behind =
        SkyComponent.point("B", IcrsDirection.ofDegrees(308.7, -55.6), Spectrum.flat(9));
    SkyComponent none = SkyComponent.point("Z", CENTRE, Spectrum.flat(0));
    VisibilityPredictor predictor =
        new VisibilityPredictor(
            List.of(behind, none), even(4), List.of(Polarization.I), Beam.AIRY, 4.7);
    assertThat(predictor.isSilent()).isTrue();
    predictor.field(CENTRE, CENTRE);
    assertThat(predictor.isSilent()).isTrue();
    float[] out = new float[16];
    Arrays.fill(out, 7);
    predictor.integration(new double[] {Double.NaN, Double.NaN, Double.NaN, 1, 2, 3}, 0, 2, out, 0);
    assertThat(Arrays.copyOf(out, 8)).containsOnly(Float.NaN);
    assertThat(Arrays.copyOfRange(out, 8, 16)).containsOnly(0f);
  }
}
