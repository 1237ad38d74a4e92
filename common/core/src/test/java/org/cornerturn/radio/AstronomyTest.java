package org.cornerturn.radio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.cornerturn.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AstronomyTest {
  private static final Geodetic OVRO = Geodetic.ofDegrees(-118.28321, 37.23334, 1182.6);
  private static final JulianDate NIGHT = new JulianDate(2459599, 0.8543019616);

  @Test
  void earthOrientationIsThatOfTheSeries() {
    EarthOrientationTable table = EarthOrientationTable.bundled();
    // 2022-01-20 and -21, 0h: 59599 and 59600.
    EarthOrientation day = table.at(new JulianDate(2459599, 0.5)).orElseThrow();
    EarthOrientation next = table.at(new JulianDate(2459600, 0.5)).orElseThrow();
    EarthOrientation noon = table.at(new JulianDate(2459600, 0.0)).orElseThrow();
    assertThat(day.dut1Seconds()).isBetween(-0.12, -0.10);
    assertThat(noon.dut1Seconds())
        .isCloseTo((day.dut1Seconds() + next.dut1Seconds()) / 2, within(1e-12));
    assertThat(table.firstDay()).isEqualTo(41683);
    assertThat(table.lastDay()).isEqualTo(59912);
    assertThat(table.at(new JulianDate(2459913, 0.0))).isEmpty();
    assertThat(table.at(new JulianDate(2441683, 0.0))).isEmpty();
    assertThat(table.at(new JulianDate(2459912, 0.5))).isPresent();
  }

  @Test
  void aLeapSecondIsNoPartOfTheSlope() {
    // The leap second at the end of 2016 (57753 to 57754) lifts UT1 - UTC by a second.
    EarthOrientationTable table = EarthOrientationTable.bundled();
    double before = table.at(new JulianDate(2457753, 0.5)).orElseThrow().dut1Seconds();
    double noon = table.at(new JulianDate(2457754, 0.0)).orElseThrow().dut1Seconds();
    double after = table.at(new JulianDate(2457754, 0.5)).orElseThrow().dut1Seconds();
    assertThat(after - before).isBetween(0.99, 1.0);
    assertThat(noon - before).isBetween(-0.002, 0.0);
  }

  @Test
  void outsideTheTableUtcStandsForUt1() {
    JulianDate future = new JulianDate(2470000, 0.25);
    assertThat(LocalSky.over(OVRO, future).siderealTimeRad())
        .isEqualTo(new LocalSky(OVRO, future, EarthOrientation.UNKNOWN).siderealTimeRad());
  }

  @Test
  void placesGoThereAndBack() {
    LocalSky sky = LocalSky.over(OVRO, NIGHT);
    Random random = new Random(1);
    for (int i = 0; i < 200; i++) {
      IcrsDirection d =
          new IcrsDirection(random.nextDouble() * 6.28, Math.asin(2 * random.nextDouble() - 1));
      ApparentPlace p = sky.place(d);
      assertThat(sky.direction(p.raRad(), p.decRad()).separationRad(d)).isLessThan(1e-10);
      assertThat(Math.IEEEremainder(sky.siderealTimeRad() - p.raRad(), 2 * Math.PI))
          .isCloseTo(p.hourAngleRad(), within(1e-12));
    }
  }

  @Test
  void theMeridianIsAtHourAngleZero() {
    LocalSky sky = LocalSky.over(OVRO, NIGHT);
    ApparentPlace p = sky.place(sky.onMeridian(0.97));
    assertThat(p.hourAngleRad()).isCloseTo(0, within(1e-10));
    assertThat(p.decRad()).isCloseTo(0.97, within(1e-10));
  }

  @Test
  void frameAngleIsTheBearingOfIcrsNorth() {
    // A step to ICRS north lies in the tangent frame where the angle says.
    LocalSky sky = LocalSky.over(OVRO, NIGHT);
    IcrsDirection centre = new IcrsDirection(2.246741402141277, 0.9699230985645487);
    ApparentPlace p = sky.place(centre);
    // By a one-sided step of 1e-5 rad with erfa.
    assertThat(p.framePositionAngleRad()).isCloseTo(0.003079559923541171, within(2e-9));
    ApparentPlace north = sky.place(new IcrsDirection(centre.raRad(), centre.decRad() + 1e-6));
    double[] s = UvwFrame.vector(north.hourAngleRad(), north.decRad());
    double[] lmn = UvwFrame.towards(p).project(s);
    assertThat(lmn[0]).isCloseTo(0, within(1e-12));
    assertThat(lmn[1]).isCloseTo(1e-6, within(1e-10));
  }

  @Test
  void tangentFrameGoesThereAndBack() {
    IcrsDirection centre = IcrsDirection.ofDegrees(359.5, 88);
    for (double l : new double[] {-0.05, 0, 0.03}) {
      for (double m : new double[] {-0.04, 0, 0.06}) {
        double[] c = centre.at(l, m).cosines(centre);
        assertThat(c[0]).isCloseTo(l, within(1e-14));
        assertThat(c[1]).isCloseTo(m, within(1e-14));
        assertThat(c[2]).isCloseTo(Math.sqrt(1 - l * l - m * m), within(1e-14));
      }
    }
  }

  @Test
  void zenithFrameIsEastNorthUp() {
    Geodetic east = new Geodetic(OVRO.longitudeRad() + 1e-6, OVRO.latitudeRad(), 1182.6);
    Geodetic north = new Geodetic(OVRO.longitudeRad(), OVRO.latitudeRad() + 1e-6, 1182.6);
    Geodetic up = new Geodetic(OVRO.longitudeRad(), OVRO.latitudeRad(), 1192.6);
    UvwFrame frame = UvwFrame.zenith(OVRO);
    double[] e = enu(frame, east);
    assertThat(e[0]).isBetween(5.0, 5.2);
    assertThat(Math.hypot(e[1], e[2])).isLessThan(1e-5);
    double[] n = enu(frame, north);
    assertThat(n[1]).isBetween(6.3, 6.4);
    assertThat(Math.hypot(n[0], n[2])).isLessThan(1e-5);
    assertThat(enu(frame, up)[2]).isCloseTo(10, within(1e-8));
  }

  private static double[] enu(UvwFrame frame, Geodetic place) {
    return frame.project(UvwFrame.meridianAxes(place.toEcef().minus(OVRO.toEcef()), OVRO));
  }

  @Test
  void rephasingThereAndBackIsNothing() {
    LocalSky sky = LocalSky.over(OVRO, NIGHT);
    PhaseReference a = new PhaseReference.Meridian(0.96);
    PhaseReference b = new PhaseReference.Sidereal(new IcrsDirection(2.2, 0.95));
    double[] uvw = {100, -200, 30, 1500, 900, -700};
    double[] before = uvw.clone();
    double[] there = new double[2];
    double[] back = new double[2];
    Rephasing.between(a, b, OVRO, sky).apply(uvw, 0, 2, there);
    assertThat(there[1]).isCloseTo(uvw[5] - before[5], within(1e-9));
    Rephasing.between(b, a, OVRO, sky).apply(uvw, 0, 2, back);
    assertThat(uvw).containsExactly(before, within(1e-9));
    assertThat(back[0]).isCloseTo(-there[0], within(1e-9));
  }

  @Test
  void antennasReplaceStatedUvw() {
    LocalSky sky = LocalSky.over(OVRO, NIGHT);
    List<Antenna> antennas =
        List.of(
            Antenna.at(3, "a", new Ecef(0, 0, 0)),
            Antenna.at(5, "b", new Ecef(120, -40, 75)),
            Antenna.at(9, "c", new Ecef(-800, 310, 22)));
    BaselineVectors all =
        BaselineVectors.of(OVRO, antennas, new int[] {3, 3, 5, 9}, new int[] {5, 9, 9, 9});
    PhaseReference a = new PhaseReference.Meridian(0.96);
    PhaseReference b = new PhaseReference.Sidereal(new IcrsDirection(2.2, 0.95));
    double[] before = all.uvw(a.frame(OVRO, sky));
    double[] after = all.uvw(b.frame(OVRO, sky));
    assertThat(before[0] + before[6]).isCloseTo(before[3], within(1e-9));
    assertThat(Math.sqrt(before[0] * before[0] + before[1] * before[1] + before[2] * before[2]))
        .isCloseTo(Math.sqrt(120 * 120 + 40 * 40 + 75 * 75), within(1e-9));
    double[] stated = before.clone();
    stated[2] += 5e-5; // Rounding.
    stated[5] += 2; // A delay that the antennas don't have.
    stated[6] = Double.NaN;
    stated[7] = Double.NaN;
    stated[8] = Double.NaN;
    double[] shift = new double[4];
    Rephasing.between(a, b, OVRO, sky).replace(all, stated, 0, shift);
    assertThat(Arrays.copyOf(stated, 6)).containsExactly(Arrays.copyOf(after, 6), within(0.0));
    assertThat(Arrays.copyOfRange(stated, 6, 9)).containsOnly(Double.NaN);
    assertThat(shift[0]).isCloseTo(after[2] - before[2], within(1e-12));
    assertThat(shift[1]).isCloseTo(after[5] - before[5] - 2, within(1e-12));
    assertThat(shift[2]).isNaN();
    assertThat(shift[3]).isZero();
    // Not phased: whatever w is stated, none was taken out.
    double[] anything = {1, 2, 3};
    double[] none = new double[1];
    PhaseReference zenith = new PhaseReference.Unprojected();
    Rephasing.between(zenith, zenith, OVRO, sky).replace(all.part(1, 1), anything, 0, none);
    assertThat(none[0]).isZero();
    assertThat(anything)
        .containsExactly(Arrays.copyOfRange(all.uvw(UvwFrame.zenith(OVRO)), 3, 6), within(0.0));
    assertThatThrownBy(() -> BaselineVectors.of(OVRO, antennas, new int[] {3}, new int[] {4}))
        .hasMessage("no antenna 4");
  }

  @ParameterizedTest
  @CsvSource({
    "100, 100.00009, true",
    "100, 100.0002, false",
    "3000.000244140625, 3000.0004, true",
    "3000.0001, 3000.0004, false",
    "-3000.000244140625, -3000.001, false"
  })
  void roundingIsNoDelay(double stated, double computed, boolean agree) {
    assertThat(BaselineVectors.agree(stated, computed)).isEqualTo(agree);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 48, 63, 64, 65, 768, 5000})
  void phasorsAreExactOnEvenAxes(int channels) {
    double[] up = new double[channels];
    double[] down = new double[channels];
    for (int c = 0; c < channels; c++) {
      up[c] = 1.31e9 + (c + 0.5) * 244140.625;
      down[channels - 1 - c] = up[c];
    }
    for (double delay : new double[] {0, 1e-9, -3.3e-6, 1e-5}) {
      assertPhasors(up, delay, 1e-9);
      assertPhasors(down, delay, 1e-9);
    }
  }

  @Test
  void phasorsAreExactOnUnevenAxes() {
    assertPhasors(new double[] {1.4e9, 1.4001e9, 1.5e9, 1.30003e9}, 2e-6, 1e-9);
  }

  private static void assertPhasors(double[] frequency, double delay, double tolerance) {
    double[] cos = new double[frequency.length];
    double[] sin = new double[frequency.length];
    new ChannelPhasors(frequency).fill(delay, cos, sin);
    for (int c = 0; c < frequency.length; c++) {
      double turns = frequency[c] * delay;
      double angle = 2 * Math.PI * (turns - Math.rint(turns));
      assertThat(cos[c]).isCloseTo(Math.cos(angle), within(tolerance));
      assertThat(sin[c]).isCloseTo(Math.sin(angle), within(tolerance));
    }
  }

  @Test
  void rotationTurnsAgainstW() {
    // A quarter of a wavelength more of w turns 1 into -i.
    double[] frequency = {FringeRotator.SPEED_OF_LIGHT};
    float[] v = {1, 0, 0, 2};
    new FringeRotator(frequency, 2).rotate(v, 0, 0.25);
    assertThat(v).containsExactly(new float[] {0, -1, 2, 0}, within(1e-6f));
  }

  @Test
  void bundledInstruments() {
    Instrument dsa = InstrumentFile.bundled("dsa-110");
    assertThat(dsa.dishDiameterMetres()).isEqualTo(4.65);
    assertThat(dsa.band().channels()).isEqualTo(768);
    assertThat(dsa.band().frequencyHz(0)).isEqualTo(1311250000 + 122070.3125);
    assertThat(dsa.descending()).isTrue();
    Instrument.Layout.Stations stations = (Instrument.Layout.Stations) dsa.layout();
    assertThat(stations.antennas()).hasSize(116);
    Antenna first = stations.antennas().get(0);
    assertThat(first.name()).isEqualTo("DSA-001");
    double[] enu =
        UvwFrame.zenith(dsa.telescope().location())
            .project(UvwFrame.meridianAxes(first.position(), dsa.telescope().location()));
    // 2.2357e-3 degrees of longitude to the west.
    assertThat(enu[0]).isBetween(-198.5, -198.0);
    // 28 K make the SEFD of a 4.65 m dish.
    assertThat(dsa.sefdJy(28)).isBetween(6400.0, 6600.0);
    assertThat(InstrumentFile.bundled("generic").layout())
        .isEqualTo(new Instrument.Layout.Wye(27, 1590));
  }

  @Test
  void faultsOfInstrumentFilesNameTheKey() {
    assertThatThrownBy(() -> InstrumentFile.bundled("alma"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("dsa-110");
    assertThatThrownBy(() -> InstrumentFile.parse("a.yaml", "name: ["))
        .hasMessageContaining("a.yaml");
    assertThatThrownBy(() -> InstrumentFile.parse("a.yaml", "name: x\nsite: {latitude_deg: 1}"))
        .hasMessageContaining("a.yaml, site.longitude_deg");
  }
}
