package org.cornerturn.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.cornerturn.sky.GaussianBeam;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BeamFitTest {
  private static final ImageGeometry GEOMETRY = new ImageGeometry(128, 96, 1e-5);

  private static float[] gaussian(double major, double minor, double angle) {
    float[] pixels = new float[128 * 96];
    for (int y = 0; y < 96; y++) {
      for (int x = 0; x < 128; x++) {
        double east = GEOMETRY.l(x);
        double north = GEOMETRY.m(y);
        double along = (east * Math.sin(angle) + north * Math.cos(angle)) / major;
        double across = (east * Math.cos(angle) - north * Math.sin(angle)) / minor;
        pixels[y * 128 + x] =
            (float) Math.exp(-4 * Math.log(2) * (along * along + across * across));
      }
    }
    return pixels;
  }

  @ParameterizedTest
  @CsvSource({"7, 5, 0.4", "6, 2.5, 2.2", "4, 3.9, 1.5", "20, 3, 3.0", "8, 4, 0", "3, 2, 1.0"})
  void findsGaussians(double major, double minor, double angle) {
    GaussianBeam fit =
        BeamFit.of(GEOMETRY, gaussian(major * 1e-5, minor * 1e-5, angle)).orElseThrow();
    assertThat(fit.majorRad()).isCloseTo(major * 1e-5, within(1e-9));
    assertThat(fit.minorRad()).isCloseTo(minor * 1e-5, within(1e-9));
    assertThat(Math.abs(Math.sin(fit.positionAngleRad() - angle))).isLessThan(1e-4);
  }

  /** Antennas at regular distances have sidelobes that are nearly as high as the middle. */
  @ParameterizedTest
  @CsvSource({"0.6, true", "0.4, false"})
  void highSidelobesAreNoneOfTheBeam(double height, boolean isHigh) {
    float[] middle = gaussian(7e-5, 5e-5, 0.4);
    float[] pixels = middle.clone();
    for (int y = 10; y < 96 - 10; y++) {
      for (int x = 0; x < 128; x++) {
        double sides = middle[(y - 10) * 128 + x] + middle[(y + 10) * 128 + x];
        pixels[y * 128 + x] += (float) (height * sides);
      }
    }
    GaussianBeam fit = BeamFit.of(GEOMETRY, pixels).orElseThrow();
    if (isHigh) {
      assertThat(fit.majorRad()).isCloseTo(7e-5, within(0.05 * 7e-5));
      assertThat(fit.minorRad()).isCloseTo(5e-5, within(0.05 * 5e-5));
    } else {
      assertThat(fit.majorRad()).isGreaterThan(7.5e-5);
    }
  }

  @Test
  void roundBeamsHaveEqualAxes() {
    GaussianBeam fit = BeamFit.of(GEOMETRY, gaussian(5e-5, 5e-5, 0)).orElseThrow();
    assertThat(fit.majorRad()).isCloseTo(fit.minorRad(), within(1e-9));
  }

  @Test
  void whatIsNoPointSpreadFunctionHasNoBeam() {
    assertThat(BeamFit.of(GEOMETRY, new float[128 * 96])).isEmpty();
    float[] flat = new float[128 * 96];
    java.util.Arrays.fill(flat, 1);
    assertThat(BeamFit.of(GEOMETRY, flat)).isEmpty();
  }
}
