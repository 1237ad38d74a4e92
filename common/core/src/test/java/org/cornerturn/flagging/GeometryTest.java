package org.cornerturn.flagging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.cornerturn.radio.Geodetic;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.radio.JulianDate;
import org.cornerturn.radio.LocalSky;
import org.junit.jupiter.api.Test;

class GeometryTest {
  private static final double C = 299_792_458;

  @Test
  void theAntennaBehindIsShadowed() {
    int[] one = {0, 0, 0, 1};
    int[] two = {0, 1, 2, 2};
    double[] diameters = {4, 5, 4};
    // Antenna 1 is 4.4 m beside antenna 0 and nearer to the source; 2 is far away.
    double[] uvw = {0, 0, 0, 4.4, 0, 3, 100, 0, -5, 95.6, 0, -8};
    assertThat(Geometry.shadowed(uvw, one, two, diameters)).containsExactly(true, false, false);
    uvw[5] = -3;
    assertThat(Geometry.shadowed(uvw, one, two, diameters)).containsExactly(false, true, false);
    uvw[3] = 4.6;
    assertThat(Geometry.shadowed(uvw, one, two, diameters)).containsOnly(false);
    uvw[3] = Double.NaN;
    assertThat(Geometry.shadowed(uvw, one, two, diameters)).containsOnly(false);
    uvw[3] = 1;
    diameters[0] = Double.NaN;
    assertThat(Geometry.shadowed(uvw, one, two, diameters)).containsOnly(false);
  }

  @Test
  void lengthsInWavelengthsGoByChannel() {
    double[] frequencies = {1e9, 1.1e9, 1.2e9, 1.3e9};
    double metres = 100 * C / 1e9; // 100, 110, 120, 130 wavelengths.
    double most = Double.POSITIVE_INFINITY;
    assertThat(Geometry.channelsWithin(metres, 0, most, frequencies)).containsExactly(0, 4);
    assertThat(Geometry.channelsWithin(metres, 105, 125, frequencies)).containsExactly(1, 3);
    assertThat(Geometry.channelsWithin(metres, 131, most, frequencies)).containsExactly(4, 4);
    assertThat(Geometry.channelsWithin(metres, 0, 99, frequencies)).containsExactly(0, 0);
    int[] unknown = Geometry.channelsWithin(Double.NaN, 0, most, frequencies);
    assertThat(unknown[0]).isEqualTo(unknown[1]);
  }

  @Test
  void scansAreQuackedAtTheirEnds() {
    double[] seconds = {5, 15, 25, 35, 45, 55};
    String[] scans = {"1", "1", "1", "2", "2", "2"};
    assertThat(Geometry.quacked(seconds, 10, scans, 2, 0))
        .containsExactly(true, false, false, true, false, false);
    assertThat(Geometry.quacked(seconds, 10, scans, 10, 0))
        .containsExactly(true, false, false, true, false, false);
    assertThat(Geometry.quacked(seconds, 10, scans, 10.1, 0))
        .containsExactly(true, true, false, true, true, false);
    assertThat(Geometry.quacked(seconds, 10, scans, 0, 11))
        .containsExactly(false, true, true, false, true, true);
    assertThat(Geometry.quacked(seconds, 10, scans, 0, 0)).containsOnly(false);
  }

  @Test
  void elevationIsThatOfTheMeridian() {
    Geodetic site = Geodetic.ofDegrees(-118.28, 37.23, 1182);
    JulianDate at = new JulianDate(2459599, 0.85);
    LocalSky sky = LocalSky.over(site, at);
    for (double degrees : new double[] {37.23, 10, -20, 80}) {
      IcrsDirection direction = sky.onMeridian(Math.toRadians(degrees));
      double expected = 90 - Math.abs(degrees - 37.23);
      assertThat(Math.toDegrees(Geometry.elevationRad(site, at, direction)))
          .isCloseTo(expected, within(1e-3));
    }
  }
}
