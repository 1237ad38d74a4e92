package org.cornerturn.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.cornerturn.UserError;
import org.cornerturn.radio.Antenna;
import org.cornerturn.radio.Instrument;
import org.cornerturn.radio.Instrument.Layout;
import org.cornerturn.radio.InstrumentFile;
import org.junit.jupiter.api.Test;

class AntennaLayoutTest {
  private static final Instrument DSA = InstrumentFile.bundled("dsa-110");

  @Test
  void layoutsHaveTheirShape() {
    Instrument generic = InstrumentFile.bundled("generic");
    assertThat(AntennaLayout.antennas(generic, generic.layout(), 27, 1))
        .hasSize(27)
        .allMatch(a -> distance(a) <= 1590.001)
        .anyMatch(a -> distance(a) > 1589.9);
    Layout disk = new Layout.Scattered(40, 300);
    assertThat(AntennaLayout.antennas(DSA, disk, 40, 1))
        .hasSize(40)
        .allMatch(a -> distance(a) < 300);
    assertThat(AntennaLayout.antennas(DSA, disk, 40, 2))
        .isNotEqualTo(AntennaLayout.antennas(DSA, disk, 40, 1));
    assertThatThrownBy(() -> AntennaLayout.antennas(DSA, DSA.layout(), 200, 1))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("116");
    assertThatThrownBy(() -> AntennaLayout.antennas(DSA, new Layout.Scattered(40, 10), 40, 1))
        .isInstanceOf(UserError.class);
  }

  private static double distance(Antenna a) {
    return Math.sqrt(
        a.position().xMetres() * a.position().xMetres()
            + a.position().yMetres() * a.position().yMetres()
            + a.position().zMetres() * a.position().zMetres());
  }
}
