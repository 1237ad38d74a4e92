package org.cornerturn.sky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.cornerturn.radio.IcrsDirection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WscleanComponentsTest {
  private static final String FORMAT =
      "Format = Name, Type, Ra, Dec, I, SpectralIndex, LogarithmicSI, ReferenceFrequency='1.4e9',"
          + " MajorAxis, MinorAxis, Orientation\n";

  @Test
  void componentsAreReadAsTheyAreWritten() {
    List<SkyComponent> all =
        WscleanComponents.parse(
            "# a comment\n"
                + FORMAT
                + "\n"
                + "s0c0,POINT,08:28:05.152,39.35.08.511,0.75,[-0.7,0.1],true,1.5e9,,,\n"
                + "s0c1,GAUSSIAN,-00:00:01.5,-00.30.00,0.25,[0.5,-0.25],false,,20,83.5,10\n"
                + ",,patch,00:00:00,00.00.00\n"
                + "s0c2,POINT,23:59:59,+89.00.00.25,-1e-3,[]\n");
    assertThat(all).extracting(SkyComponent::name).containsExactly("s0c0", "s0c1", "s0c2");
    SkyComponent point = all.get(0);
    assertThat(Math.toDegrees(point.direction().raRad()))
        .isCloseTo(15 * (8 + 28 / 60.0 + 5.152 / 3600), within(1e-12));
    assertThat(Math.toDegrees(point.direction().decRad()))
        .isCloseTo(39 + 35 / 60.0 + 8.511 / 3600, within(1e-12));
    assertThat(point.shape()).isEqualTo(SkyComponent.Shape.POINT);
    assertThat(point.spectrum().fluxJy(1.5e9)).isEqualTo(0.75);
    // log10 S = log10 S0 + c0 log10 x + c1 log10^2 x.
    double lg = Math.log10(1.3e9 / 1.5e9);
    assertThat(point.spectrum().fluxJy(1.3e9))
        .isCloseTo(0.75 * Math.pow(10, -0.7 * lg + 0.1 * lg * lg), within(1e-14));
    SkyComponent gaussian = all.get(1);
    assertThat(Math.toDegrees(gaussian.direction().raRad())).isCloseTo(359.99375, within(1e-12));
    assertThat(Math.toDegrees(gaussian.direction().decRad())).isCloseTo(-0.5, within(1e-14));
    // The longer axis is the major one.
    assertThat(Math.toDegrees(gaussian.majorRad()) * 3600).isCloseTo(83.5, within(1e-12));
    assertThat(Math.toDegrees(gaussian.minorRad()) * 3600).isCloseTo(20, within(1e-12));
    assertThat(Math.toDegrees(gaussian.positionAngleRad())).isCloseTo(100, within(1e-12));
    // S = S0 + c0 (x - 1) + c1 (x - 1)^2, at the format's frequency.
    assertThat(gaussian.spectrum().fluxJy(2.8e9)).isCloseTo(0.25 + 0.5 - 0.25, within(1e-15));
    assertThat(all.get(2).spectrum().fluxJy(3e9)).isEqualTo(-1e-3);
  }

  @Test
  void otherTextsAreNone() {
    assertThat(WscleanComponents.isOne("\n# x\n" + FORMAT)).isTrue();
    assertThat(WscleanComponents.isOne("name,ra_deg,dec_deg\n")).isFalse();
    assertThat(WscleanComponents.isOne("")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "a,DISK,1:2:3,4.5.6,1; no type of component",
        "a,POINT,1.5,4.5.6,1; ra is no angle",
        "a,POINT,1:2:3,4.5.6,; I is no number",
        "a,POINT,1:2:3,4.5.6,NaN; I is not finite",
        "a,POINT,1:2:3,4.5.6,1,-0.7; no list in brackets",
        "a,GAUSSIAN,1:2:3,4.5.6,1; axes of NaN",
        "a,POINT,1:2:3,4.5.6,1,[],true,0,,,,,7; 13 values"
      })
  void whatIsWrongIsToldWithItsLine(String line, String why) {
    assertThatThrownBy(() -> WscleanComponents.parse(FORMAT + line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("line 2")
        .hasMessageContaining(why);
  }

  @Test
  void whatIsPolarisedIsRefused() {
    assertThatThrownBy(
            () ->
                WscleanComponents.parse(
                    "Format = Name, Type, Ra, Dec, I, Q\na,POINT,1:2:3,4.5.6,1,0.1"))
        .hasMessageContaining("Stokes q is not 0");
    assertThatThrownBy(() -> WscleanComponents.parse("Format = Name, Type, Ra, Dec\n"))
        .hasMessageContaining("lacks the column i");
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    List<SkyComponent> all =
        List.of(
            SkyComponent.point(
                "a",
                IcrsDirection.ofDegrees(359.99999999999, -0.25),
                new Spectrum(-0.125, 1.4e9, List.of(), Spectrum.Form.LOGARITHMIC)),
            new SkyComponent(
                "b",
                IcrsDirection.ofDegrees(128.7288, 55.5725),
                new Spectrum(1e-7, 1.3e9, List.of(-0.7, 0.1), Spectrum.Form.ORDINARY),
                SkyComponent.Shape.GAUSSIAN,
                1e-4,
                5e-5,
                0.5));
    List<SkyComponent> read = WscleanComponents.parse(WscleanComponents.format(all));
    assertThat(read).hasSize(2);
    for (int i = 0; i < 2; i++) {
      assertThat(read.get(i).spectrum()).isEqualTo(all.get(i).spectrum());
      assertThat(read.get(i).name()).isEqualTo(all.get(i).name());
      assertThat(read.get(i).direction().separationRad(all.get(i).direction())).isLessThan(1e-12);
      assertThat(read.get(i).majorRad()).isCloseTo(all.get(i).majorRad(), within(1e-17));
    }
    SkyComponent disk =
        new SkyComponent(
            "c", all.get(0).direction(), all.get(0).spectrum(), SkyComponent.Shape.DISK, 1, 1, 0);
    assertThatThrownBy(() -> WscleanComponents.format(List.of(disk)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
