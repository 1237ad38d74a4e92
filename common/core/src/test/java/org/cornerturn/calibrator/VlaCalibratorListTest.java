package org.cornerturn.calibrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.cornerturn.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VlaCalibratorListTest {
  private static final String LIST =
      """
      IAU NAME EQUINOX  PC RA(hh,mm,ss)    DEC(ddd,mm,ss)   POS.REF ALT.NAME
      ===================================================================

      1111+222   J2000  A 11h11m12.500000s  22d30'36.000000"  Aug01  4C22
      1108+225   B1950  B 11h08m34.000000s  22d46'54.000000"
      -----------------------------------------------------
      BAND        A B C D    FLUX(Jy)    UVMIN(kL)  UVMAX(kL)
      =====================================================
       90cm P  S S S X      26.00                       visplot
       20cm    L  X S P c       8.00                       45
        6cm    C  P P P P          4           12          100
      3.7cm X  W W W W         ?                      400   visplot
       90cm    P  X S S            7            1           5

      0001-005   J2000  T 00h01m00.00s   -00d30'00.0"
      -----------------------------------------------------
        2cm    U                0.00
      """;

  private static List<VlaCalibrator> parsed(String text) {
    return VlaCalibratorList.parse("list.txt", text.lines().toList());
  }

  @Test
  void placesNamesAndBandsAreRead() {
    List<VlaCalibrator> all = parsed(LIST);
    assertThat(all).hasSize(2);
    VlaCalibrator a = all.get(0);
    assertThat(a.name()).isEqualTo("1111+222");
    assertThat(a.positionCode()).isEqualTo("A");
    assertThat(a.positionReference()).isEqualTo("Aug01");
    assertThat(a.otherName()).isEqualTo("4C22");
    assertThat(a.aliases()).containsExactly("4C22", "1108+225 (B1950)");
    assertThat(Math.toDegrees(a.direction().raRad())).isCloseTo(167.8020833333, within(1e-9));
    assertThat(Math.toDegrees(a.direction().decRad())).isCloseTo(22.51, within(1e-12));
    assertThat(a.b1950().orElseThrow().raDegrees()).isCloseTo(167.1416666667, within(1e-9));
    assertThat(a.bands()).containsOnlyKeys(VlaBand.P, VlaBand.L, VlaBand.C, VlaBand.X);
    VlaCalibrator.Band l = a.bands().get(VlaBand.L);
    assertThat(l.codes()).isEqualTo("XSPC");
    assertThat(l.leastKiloWavelengths()).isNaN();
    assertThat(l.mostKiloWavelengths()).isEqualTo(45);
    VlaCalibrator.Band c = a.bands().get(VlaBand.C);
    assertThat(c.leastKiloWavelengths()).isEqualTo(12);
    assertThat(c.mostKiloWavelengths()).isEqualTo(100);
    assertThat(a.flux(VlaBand.X)).isEmpty();
    assertThat(a.bands().get(VlaBand.P).fluxJy()).as("the first line counts").isEqualTo(26);
    assertThat(l.compactness(2)).isEqualTo(1);
    assertThat(l.compactness(3)).isZero();
    VlaCalibrator b = all.get(1);
    assertThat(b.b1950()).isEmpty();
    assertThat(b.aliases()).isEmpty();
    assertThat(Math.toDegrees(b.direction().decRad())).isCloseTo(-0.5, within(1e-12));
    assertThat(b.bands().get(VlaBand.U).codes()).isEqualTo("????");
    assertThat(b.bands().get(VlaBand.U).compactness(0)).isNaN();
    assertThat(b.flux(VlaBand.U)).isEmpty();
  }

  @Test
  void spectraAreOfTheNeighbouringBands() {
    VlaCalibrator a = parsed(LIST).get(0);
    double lToC = Math.log(4.0 / 8) / Math.log(4.885 / 1.465);
    double pToL = Math.log(8 / 26.0) / Math.log(1.465 / 0.327);
    assertThat(a.spectralIndex(VlaBand.L)).isCloseTo(lToC, within(1e-12));
    assertThat(a.spectralIndex(VlaBand.P)).isCloseTo(pToL, within(1e-12));
    assertThat(a.spectralIndex(VlaBand.C)).as("the last two").isCloseTo(lToC, within(1e-12));
    assertThat(a.spectralIndex(VlaBand.Q)).isCloseTo(lToC, within(1e-12));
    assertThat(parsed(LIST).get(1).spectralIndex(VlaBand.L)).isNaN();
  }

  @Test
  void aBandMakesACalibratorOfIt() {
    Calibrator c = Calibrator.of(parsed(LIST).get(0), VlaBand.L, 2);
    assertThat(c.fluxJy()).isEqualTo(8);
    assertThat(c.compactness()).isEqualTo(1);
    assertThat(c.isRegistered()).isFalse();
    assertThat(c.isCalled("j1111+222")).isTrue();
    assertThat(c.isCalled("B1108+225")).isTrue();
    assertThat(c.bands()).hasSize(4);
    Calibrator none = Calibrator.of(parsed(LIST).get(1), VlaBand.L, 2);
    assertThat(none.fluxJy()).isNaN();
    assertThat(none.score()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "IAU NAME EQUINOX",
        " 20cm    L  X S P P       8.00",
        "some text",
        "1111+222   J2000  A 11h11m12.5s  22d30'36.0\"\n 20cm    Z  X S P P       8.00",
        "1111+222   J2000  Z 11h11m12.5s  22d30'36.0\"",
        "name,ra,dec,flux"
      })
  void whatIsNoSuchListIsTold(String text) {
    assertThatThrownBy(() -> parsed(text))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("list.txt");
  }

  @Test
  void theWholeListIsRead() throws IOException {
    String corpus = System.getenv("CORNERTURN_CORPUS");
    assumeTrue(corpus != null, "CORNERTURN_CORPUS is not set");
    List<VlaCalibrator> all =
        parsed(
            Files.readString(
                Path.of(corpus, "catalogs/vlacalibrators.txt"), StandardCharsets.ISO_8859_1));
    assertThat(all).hasSize(1865);
    assertThat(all.stream().mapToInt(v -> v.bands().size()).sum()).isBetween(5_530, 5_550);
    assertThat(all).allMatch(v -> v.b1950().isPresent());
    Map<String, VlaCalibrator> byAlias =
        all.stream()
            .filter(v -> !v.otherName().isEmpty())
            .collect(Collectors.toMap(VlaCalibrator::otherName, v -> v, (a, b) -> a));
    // The program's own five have their places from here.
    for (Calibrator c : RegisteredCalibrators.all()) {
      List<VlaCalibrator> same =
          all.stream().filter(v -> v.direction().separationRad(c.direction()) < 1e-9).toList();
      assertThat(same).as(c.name()).hasSize(1);
      assertThat(c.isCalled(same.get(0).name())).isTrue();
      assertThat(c.isCalled(same.get(0).b1950Name())).isTrue();
      assertThat(same.get(0).spectralIndex(VlaBand.L)).isCloseTo(c.spectralIndex(), within(6e-4));
      assertThat(same.get(0).bands().get(VlaBand.L).compactness(2)).isEqualTo(c.compactness());
    }
    assertThat(byAlias.get("3C286").flux(VlaBand.L)).contains(15.0);
    assertThat(byAlias.get("3C48").bands().get(VlaBand.L).mostKiloWavelengths()).isEqualTo(40);
  }
}
