package org.cornerturn.imagequality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.cornerturn.imagequality.CatalogMatch.Source;
import org.cornerturn.radio.IcrsDirection;
import org.junit.jupiter.api.Test;

class ImageQualityTest {
  private static final int SIDE = 300;
  private static final double ARCSEC = Math.toRadians(1 / 3600.0);

  private static float[] noise(double sigma) {
    Random random = new Random(4);
    float[] out = new float[SIDE * SIDE];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) (sigma * random.nextGaussian());
    }
    return out;
  }

  private static void source(float[] plane, double x, double y, double flux) {
    for (int i = 0; i < plane.length; i++) {
      double r2 = Math.pow(i % SIDE - x, 2) + Math.pow(i / SIDE - y, 2);
      plane[i] += (float) (flux * Math.exp(-r2 / 8));
    }
  }

  @Test
  void measuresWhatIsThere() {
    float[] plane = noise(0.01);
    source(plane, 100, 50, 2);
    for (int i = 0; i < 90; i++) {
      plane[i] = i < 40 ? Float.NaN : 0;
    }
    ImageQuality q = ImageQuality.measure(plane, SIDE, SIDE);
    assertThat(q.rms()).isCloseTo(0.01, within(2e-4));
    assertThat(q.blank()).isEqualTo(40);
    assertThat(q.zeros()).isEqualTo(50);
    assertThat(q.infinite()).isZero();
    assertThat(q.peak()).isCloseTo(2, within(0.05));
    assertThat(q.peakX()).isEqualTo(100);
    assertThat(q.peakY()).isEqualTo(50);
    assertThat(q.dynamicRange()).isCloseTo(200, within(8.0));
    assertThat(q.noiseOverTheory(0.008)).isCloseTo(1.25, within(0.03));
    assertThat(q.above5()).isBetween(60L, 120L);
    assertThat(q.below5()).isZero();
    assertThat(q.negativeFraction()).isCloseTo(0.00135, within(0.0005));
    assertThat(q.edgeRatio()).isCloseTo(1, within(0.03));
    assertThat(q.banding()).isCloseTo(1, within(0.15));
  }

  @Test
  void seesStripesEdgesAndBowls() {
    float[] plane = noise(0.01);
    for (int i = 0; i < plane.length; i++) {
      plane[i] += (float) (0.01 * Math.sin(0.5 * (i / SIDE)));
      int edge = Math.min(i % SIDE, SIDE - 1 - i % SIDE);
      plane[i] *= edge < 30 ? 3 : 1;
    }
    source(plane, 150, 150, 1);
    for (int i = 0; i < plane.length; i++) {
      double r = Math.hypot(i % SIDE - 150, i / SIDE - 150);
      plane[i] -= r > 8 && r < 20 ? 0.05f : 0;
    }
    ImageQuality q = ImageQuality.measure(plane, SIDE, SIDE);
    assertThat(q.banding()).isGreaterThan(3);
    assertThat(q.edgeRatio()).isGreaterThan(1.5);
    assertThat(ImageQuality.bowl(plane, SIDE, SIDE, 150, 150, 9, 19, 0.014))
        .isCloseTo(-0.05, within(0.005));
  }

  @Test
  void blankPlanesHaveNothingToMeasure() {
    float[] blank = new float[64];
    Arrays.fill(blank, Float.NaN);
    ImageQuality q = ImageQuality.measure(blank, 8, 8);
    assertThat(q.blank()).isEqualTo(64);
    assertThat(q.rms()).isNaN();
    assertThat(q.peak()).isNaN();
    assertThat(q.negativeFraction()).isNaN();
    assertThat(LocalMaxima.above(blank, 8, 8, 0, 10)).isEmpty();
  }

  @Test
  void findsPeaksBetweenPixels() {
    float[] plane = new float[SIDE * SIDE];
    source(plane, 100.3, 50.2, 2);
    source(plane, 200, 220.4, 1);
    source(plane, 20, 20, 0.1);
    List<LocalMaxima.Peak> peaks = LocalMaxima.above(plane, SIDE, SIDE, 0.5, 10);
    assertThat(peaks).hasSize(2);
    assertThat(peaks.get(0).x()).isCloseTo(100.3, within(0.03));
    assertThat(peaks.get(0).y()).isCloseTo(50.2, within(0.03));
    assertThat(peaks.get(0).value()).isCloseTo(2, within(0.01));
    assertThat(peaks.get(1).y()).isCloseTo(220.4, within(0.03));
    assertThat(LocalMaxima.above(plane, SIDE, SIDE, 0.05, 1)).hasSize(1);
    // A plateau has one peak.
    float[] flat = new float[25];
    flat[12] = 1;
    flat[13] = 1;
    assertThat(LocalMaxima.above(flat, 5, 5, 0.5, 9)).hasSize(1);
  }

  @Test
  void offsetsAndFluxScaleAreThoseThatWereMade() {
    Random random = new Random(6);
    List<Source> catalog = new ArrayList<>();
    List<Source> peaks = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      IcrsDirection at =
          IcrsDirection.ofDegrees((359.5 + random.nextDouble()) % 360, 60 + random.nextDouble());
      double flux = 0.01 + random.nextDouble();
      catalog.add(new Source(at, flux));
      if (i % 10 != 0) {
        // 1.5 arcsec to the east on the sky, 0.5 to the south, 10 per cent too bright.
        peaks.add(new Source(at.at(1.5 * ARCSEC, -0.5 * ARCSEC), 1.1 * flux));
      }
    }
    for (int i = 0; i < 20; i++) {
      peaks.add(new Source(IcrsDirection.ofDegrees(180 + i, -10), 1));
    }
    CatalogMatch match = CatalogMatch.of(peaks, catalog, 10 * ARCSEC);
    assertThat(match.missed()).hasSize(20);
    assertThat(match.unknown()).containsExactlyElementsOf(peaks.subList(180, 200));
    CatalogCheck check = match.check();
    assertThat(check.matched()).isEqualTo(180);
    assertThat(check.medianRatio()).isCloseTo(1.1, within(1e-9));
    assertThat(check.scatterRatio()).isCloseTo(0, within(1e-9));
    assertThat(check.eastRad()).isCloseTo(1.5 * ARCSEC, within(1e-4 * ARCSEC));
    assertThat(check.northRad()).isCloseTo(-0.5 * ARCSEC, within(1e-4 * ARCSEC));
    assertThat(check.rmsRad()).isCloseTo(Math.sqrt(2.5) * ARCSEC, within(1e-4 * ARCSEC));
    assertThat(check.completeness()).isCloseTo(0.9, within(1e-12));
    assertThat(check.falseRate()).isCloseTo(0.1, within(1e-12));
    assertThat(CatalogMatch.of(peaks, List.of(), ARCSEC).check().medianRatio()).isNaN();
  }
}
