package org.cornerturn.mosaic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.cornerturn.plane.BeamKernel;
import org.cornerturn.plane.Convolver;
import org.cornerturn.plane.CutOut;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.sky.GaussianBeam;
import org.cornerturn.sky.Projection;
import org.cornerturn.sky.Wcs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LinearMosaicTest {
  private static final double CELL = Math.toRadians(0.01);
  private static final int SIDE = 180;

  /** Tiles about RA 0, each beam about its own pointing. */
  private static List<Wcs> tiles() {
    List<Wcs> out = new ArrayList<>();
    for (int t = 0; t < 5; t++) {
      out.add(
          Wcs.centred(
              IcrsDirection.ofDegrees(((t - 2) * 0.337 + 360) % 360, 54.5 + 0.0117 * t),
              SIDE,
              SIDE,
              CELL));
    }
    return out;
  }

  private static final Wcs GRID =
      new Wcs(Projection.TAN, IcrsDirection.ofDegrees(0.1, 54.5), 200, 110, -CELL, 0, 0, CELL);

  private static final int WIDTH = 400;
  private static final int HEIGHT = 220;

  private static float[] pattern() {
    float[] out = new float[SIDE * SIDE];
    for (int i = 0; i < out.length; i++) {
      double r = Math.hypot(i % SIDE - SIDE / 2, i / SIDE - SIDE / 2) / 60;
      out[i] = (float) Math.exp(-r * r * Math.log(2));
    }
    return out;
  }

  /** The sum of squares of value over sigma is one a pixel, for noise that is white or a beam's. */
  @ParameterizedTest
  @CsvSource({
    "BILINEAR, false",
    "BICUBIC, false",
    "LANCZOS, false",
    "BILINEAR, true",
    "LANCZOS, true"
  })
  void sigmaIsTheNoise(Interpolation interpolation, boolean correlated) {
    GaussianBeam beam = correlated ? new GaussianBeam(4 * CELL, 3 * CELL, 0.6) : null;
    LinearMosaic mosaic = new LinearMosaic(GRID, WIDTH, HEIGHT, 0.1);
    double squares = 0;
    long count = 0;
    Random random = new Random(11);
    float[] pattern = pattern();
    // Noise with the beam's shape has few independent values: several mosaics of it.
    for (int again = 0; again < (correlated ? 8 : 1); again++) {
      mosaic = new LinearMosaic(GRID, WIDTH, HEIGHT, 0.1);
      for (int t = 0; t < 5; t++) {
        double sigma = 1 + 0.5 * t;
        Wcs wcs = tiles().get(t);
        float[] image = noise(random, wcs, beam, sigma);
        mosaic.add(new Reprojection(wcs, SIDE, SIDE, interpolation, beam), image, pattern, sigma);
      }
      float[] value = mosaic.image();
      float[] noise = mosaic.sigma();
      for (int i = 0; i < value.length; i++) {
        if (!Float.isNaN(value[i])) {
          squares += Math.pow(value[i] / noise[i], 2);
          count++;
        }
      }
    }
    assertThat(count).isGreaterThan(40_000);
    assertThat(squares / count).isCloseTo(1, within(0.03));
    float[] coverage = mosaic.coverage();
    assertThat(coverage[110 * WIDTH + 200]).isGreaterThanOrEqualTo(3);
    assertThat(mosaic.sigma()[0]).isNaN();
  }

  private static float[] noise(Random random, Wcs wcs, GaussianBeam beam, double sigma) {
    float[] out = new float[SIDE * SIDE];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) (sigma * random.nextGaussian());
    }
    if (beam != null) {
      BeamKernel kernel = BeamKernel.of(beam, wcs);
      double power = 0;
      for (float k : kernel.values()) {
        power += k * k;
      }
      Convolver convolver = new Convolver(SIDE, SIDE, kernel.reach());
      // Less beyond the edges would be less noise near them, so it's made as wide as it comes.
      convolver.convolve(
          out, convolver.transform(kernel.values(), kernel.side(), kernel.side()), out);
      for (int i = 0; i < out.length; i++) {
        int edge =
            Math.min(
                Math.min(i % SIDE, SIDE - 1 - i % SIDE), Math.min(i / SIDE, SIDE - 1 - i / SIDE));
        out[i] = edge < kernel.reach() ? Float.NaN : (float) (out[i] / Math.sqrt(power));
      }
    }
    return out;
  }

  /** A source has its flux, whichever beams it is seen through. */
  @Test
  void fluxesAreThoseOfTheSky() {
    IcrsDirection source = IcrsDirection.ofDegrees(359.95, 54.61);
    GaussianBeam beam = new GaussianBeam(6 * CELL, 5 * CELL, 0.3);
    float[] pattern = pattern();
    LinearMosaic mosaic = new LinearMosaic(GRID, WIDTH, HEIGHT, 0.1);
    for (int t = 0; t < 5; t++) {
      Wcs wcs = tiles().get(t);
      double[] at = wcs.pixel(source);
      float[] image = new float[SIDE * SIDE];
      for (int i = 0; i < image.length; i++) {
        double v = beam.value(-(i % SIDE - at[0]) * CELL, (i / SIDE - at[1]) * CELL);
        image[i] = (float) (2.5 * pattern[i] * v);
      }
      mosaic.add(
          new Reprojection(wcs, SIDE, SIDE, Interpolation.LANCZOS, beam),
          image,
          pattern,
          0.01 * (1 + t));
    }
    float[] out = mosaic.image();
    double[] at = GRID.pixel(source);
    for (int dy = -4; dy <= 4; dy++) {
      for (int dx = -4; dx <= 4; dx++) {
        int x = (int) Math.rint(at[0]) + dx;
        int y = (int) Math.rint(at[1]) + dy;
        double expected = 2.5 * beam.value(-(x - at[0]) * CELL, (y - at[1]) * CELL);
        assertThat((double) out[y * WIDTH + x]).isCloseTo(expected, within(0.02));
      }
    }
  }

  @Test
  void partsAreEqualToTheWhole() {
    Random random = new Random(5);
    Wcs wcs = tiles().get(1);
    float[] image = noise(random, wcs, null, 1);
    Reprojection tile = new Reprojection(wcs, SIDE, SIDE, Interpolation.BICUBIC, null);
    LinearMosaic whole = new LinearMosaic(GRID, WIDTH, HEIGHT, 0.1);
    whole.add(tile, image, pattern(), 1);
    LinearMosaic part = new LinearMosaic(GRID.shifted(150, 60), 80, 50, 0.1);
    part.add(tile, image, pattern(), 1);
    float[] all = whole.image();
    float[] some = part.image();
    for (int y = 0; y < 50; y++) {
      for (int x = 0; x < 80; x++) {
        assertThat(Float.compare(some[y * 80 + x], all[(y + 60) * WIDTH + x + 150])).isZero();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Interpolation.class)
  void windowsAreEnough(Interpolation interpolation) {
    Random random = new Random(7);
    for (Wcs wcs : tiles()) {
      float[] image = noise(random, wcs, null, 1);
      Wcs part = GRID.shifted(170, 70);
      CutOut window =
          Reprojection.window(wcs, SIDE, SIDE, interpolation, part, 60, 40).orElseThrow();
      assertThat(window.width() * window.height()).isLessThan(SIDE * SIDE / 2);
      float[] whole =
          new Reprojection(wcs, SIDE, SIDE, interpolation, null).onto(image, part, 60, 40);
      float[] some =
          new Reprojection(wcs, SIDE, SIDE, window, interpolation, null)
              .onto(window.of(image, SIDE, SIDE), part, 60, 40);
      assertThat(some).isEqualTo(whole);
    }
    // Where none of it is, and where the grid is wider than the hemisphere.
    Wcs wcs = tiles().get(0);
    assertThat(Reprojection.window(wcs, SIDE, SIDE, interpolation, GRID.shifted(9000, 0), 50, 50))
        .isEmpty();
    Wcs wide = new Wcs(Projection.TAN, IcrsDirection.ofDegrees(80, 0), 20, 20, -0.2, 0, 0, 0.2);
    assertThat(Reprojection.window(wcs, SIDE, SIDE, interpolation, wide, 40, 40))
        .contains(new CutOut(0, 0, SIDE, SIDE));
  }

  @ParameterizedTest
  @EnumSource(Interpolation.class)
  void shiftedGridsTakePixelsAsTheyAre(Interpolation interpolation) {
    Wcs wcs = tiles().get(0);
    Random random = new Random(2);
    float[] image = noise(random, wcs, null, 1);
    image[90 * SIDE + 90] = Float.NaN;
    Reprojection tile = new Reprojection(wcs, SIDE, SIDE, interpolation, null);
    float[] out = tile.onto(image, wcs.shifted(10, -5), SIDE, SIDE);
    for (int y = 5; y < SIDE; y++) {
      for (int x = 0; x < SIDE - 10; x++) {
        assertThat(Float.compare(out[y * SIDE + x], image[(y - 5) * SIDE + x + 10])).isZero();
      }
    }
    assertThat(out[2 * SIDE + 20]).isNaN();
    assertThat(out[20 * SIDE + SIDE - 3]).isNaN();
  }

  /** Smooth images come out as they are at places between pixels; better with more neighbours. */
  @Test
  void interpolatesSmoothImages() {
    Wcs wcs = tiles().get(2);
    float[] image = new float[SIDE * SIDE];
    for (int i = 0; i < image.length; i++) {
      image[i] = (float) (Math.cos(0.5 * (i % SIDE)) * Math.sin(0.4 * (i / SIDE)));
    }
    double[] worst = new double[3];
    for (Interpolation interpolation : Interpolation.values()) {
      float[] out =
          new Reprojection(wcs, SIDE, SIDE, interpolation, null)
              .onto(image, wcs.shifted(0.37, 0.61), SIDE, SIDE);
      for (int y = 10; y < SIDE - 10; y++) {
        for (int x = 10; x < SIDE - 10; x++) {
          double truth = Math.cos(0.5 * (x + 0.37)) * Math.sin(0.4 * (y + 0.61));
          worst[interpolation.ordinal()] =
              Math.max(worst[interpolation.ordinal()], Math.abs(out[y * SIDE + x] - truth));
        }
      }
    }
    assertThat(worst[0]).isBetween(0.02, 0.06);
    assertThat(worst[1]).isLessThan(0.01);
    assertThat(worst[2]).isLessThan(0.01);
  }

  @Test
  void refusesTilesWithoutNoise() {
    LinearMosaic mosaic = new LinearMosaic(GRID, 10, 10, 0.1);
    Reprojection tile = new Reprojection(tiles().get(0), SIDE, SIDE, Interpolation.BILINEAR, null);
    for (double sigma : new double[] {0, Double.NaN, -1}) {
      assertThatThrownBy(() -> mosaic.add(tile, new float[SIDE * SIDE], pattern(), sigma))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> mosaic.add(tile, new float[4], pattern(), 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
