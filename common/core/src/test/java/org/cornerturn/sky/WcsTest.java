package org.cornerturn.sky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.cornerturn.radio.IcrsDirection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WcsTest {
  private static final double CELL = Math.toRadians(2.5 / 3600);

  static List<Wcs> systems() {
    IcrsDirection centre = IcrsDirection.ofDegrees(0.3, 54.5);
    return List.of(
        Wcs.centred(centre, 4096, 4096, CELL),
        Wcs.centred(IcrsDirection.ofDegrees(120, 90), 101, 64, CELL),
        Wcs.centred(IcrsDirection.ofDegrees(200, -89.99), 4096, 4096, CELL),
        new Wcs(Projection.TAN, centre, 10.25, -3, -CELL, 0.2 * CELL, 0.1 * CELL, CELL),
        new Wcs(Projection.northCelestialPole(0.9), centre, 0, 0, -CELL, 0, 0, CELL),
        new Wcs(new Projection.Orthographic(0.1, -0.2), centre, 5, 5, -CELL, 0, 0, CELL));
  }

  @ParameterizedTest
  @MethodSource("systems")
  void pixelsComeBack(Wcs wcs) {
    for (double x = 0; x < 4096; x += 511.3) {
      for (double y = 0; y < 4096; y += 477.7) {
        IcrsDirection there = wcs.direction(x, y);
        double[] pixel = wcs.pixel(there);
        assertThat(pixel[0]).isCloseTo(x, within(1e-7));
        assertThat(pixel[1]).isCloseTo(y, within(1e-7));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("systems")
  void referenceIsAtItsPixel(Wcs wcs) {
    IcrsDirection there = wcs.direction(wcs.referenceX(), wcs.referenceY());
    assertThat(there.separationRad(wcs.reference())).isLessThan(1e-14);
  }

  @Test
  void eastIsAtLowerColumnsAndNorthAtHigherRows() {
    IcrsDirection centre = IcrsDirection.ofDegrees(0, 30);
    Wcs wcs = Wcs.centred(centre, 512, 512, CELL);
    double[] east = wcs.pixel(IcrsDirection.ofDegrees(0.1, 30));
    double[] north = wcs.pixel(IcrsDirection.ofDegrees(0, 30.1));
    assertThat(east[0]).isCloseTo(256 - 144 * Math.cos(Math.toRadians(30)), within(1e-3));
    assertThat(north[1]).isCloseTo(256 + 144, within(1e-3));
    assertThat(north[0]).isCloseTo(256, within(1e-9));
  }

  @Test
  void otherSideOfTheSkyIsNotShown() {
    Wcs wcs = Wcs.centred(IcrsDirection.ofDegrees(10, 10), 100, 100, 0.1);
    assertThat(wcs.pixel(IcrsDirection.ofDegrees(190, 0))).containsOnly(Double.NaN);
    assertThat(wcs.direction(0, 0).raRad()).isNaN();
    assertThat(wcs.cosines(99, 99, new double[3])).isFalse();
  }

  @Test
  void partsAndBinsShowTheSameSky() {
    Wcs wcs = systems().get(3);
    assertThat(wcs.shifted(30, 40).direction(2, 3).separationRad(wcs.direction(32, 43)))
        .isLessThan(1e-13);
    // The middle of a pixel of 4 x 4 is that of the sixteen.
    assertThat(wcs.binned(4).direction(2, 3).separationRad(wcs.direction(9.5, 13.5)))
        .isLessThan(1e-13);
    assertThat(wcs.binned(4).pixelArea()).isCloseTo(16 * wcs.pixelArea(), within(1e-20));
  }

  @Test
  void refusesWhatCanNotBeInverted() {
    assertThatThrownBy(
            () ->
                new Wcs(
                    Projection.SIN, IcrsDirection.ofDegrees(0, 0), 0, 0, CELL, CELL, CELL, CELL))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Projection.northCelestialPole(0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
