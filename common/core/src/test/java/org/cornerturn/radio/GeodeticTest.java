package org.cornerturn.radio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class GeodeticTest {
  /** The half axes of WGS84 are its definition. */
  @Test
  void theEllipsoidHasItsAxes() {
    Ecef equator = Geodetic.ofDegrees(0, 0, 0).toEcef();
    assertThat(equator.xMetres()).isCloseTo(6378137.0, within(1e-9));
    Ecef pole = Geodetic.ofDegrees(45, 90, 0).toEcef();
    assertThat(pole.zMetres()).isCloseTo(6356752.314245, within(1e-5));
    assertThat(Math.hypot(pole.xMetres(), pole.yMetres())).isCloseTo(0, within(1e-8));
    assertThat(Geodetic.ofDegrees(90, 0, 100).toEcef().yMetres())
        .isCloseTo(6378237.0, within(1e-9));
  }

  @Property
  void placesComeBack(
      @ForAll @DoubleRange(min = -180, max = 180) double longitude,
      @ForAll @DoubleRange(min = -90, max = 90) double latitude,
      @ForAll @DoubleRange(min = -1000, max = 1e6) double height) {
    Geodetic place = Geodetic.ofDegrees(longitude, latitude, height);
    Ecef at = place.toEcef();
    Ecef again = at.toGeodetic().toEcef();
    Ecef off = again.minus(at);
    assertThat(Math.abs(off.xMetres()) + Math.abs(off.yMetres()) + Math.abs(off.zMetres()))
        .isLessThan(1e-6);
    assertThat(at.toGeodetic().heightMetres()).isCloseTo(height, within(1e-6));
    assertThat(at.toGeodetic().latitudeRad()).isCloseTo(place.latitudeRad(), within(1e-12));
  }

  @Test
  void antennasAddToTheirTelescope() {
    Ecef origin = new Ecef(1, 2, 3);
    assertThat(origin.plus(new Ecef(10, 20, 30))).isEqualTo(new Ecef(11, 22, 33));
  }
}
