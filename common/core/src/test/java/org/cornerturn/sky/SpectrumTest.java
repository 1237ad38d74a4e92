package org.cornerturn.sky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.cornerturn.sky.Spectrum.Form;
import org.junit.jupiter.api.Test;

class SpectrumTest {
  @Test
  void termsMeanWhatTheirFormSays() {
    assertThat(Spectrum.flat(2).fluxJy(5e9)).isEqualTo(2);
    assertThat(Spectrum.powerLaw(2, 1e9, -1).fluxJy(4e9)).isCloseTo(0.5, within(1e-15));
    Spectrum curved = new Spectrum(3, 1e9, List.of(-0.5, 0.25), Form.LOGARITHMIC);
    // At ten times the reference: log10 = 1, so the exponent is -0.5 + 0.25.
    assertThat(curved.fluxJy(1e10)).isCloseTo(3 * Math.pow(10, -0.25), within(1e-14));
    assertThat(curved.index()).isEqualTo(-0.5);
    Spectrum ordinary = new Spectrum(3, 1e9, List.of(2.0, -1.0), Form.ORDINARY);
    assertThat(ordinary.fluxJy(3e9)).isCloseTo(3 + 2 * 2 - 1 * 4, within(1e-14));
    assertThat(ordinary.fluxJy(1e9)).isEqualTo(3);
  }

  @Test
  void whatIsNoSpectrumIsRefused() {
    assertThatThrownBy(() -> Spectrum.powerLaw(1, 0, -0.7))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Spectrum.flat(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
