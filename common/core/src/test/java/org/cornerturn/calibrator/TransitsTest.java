package org.cornerturn.calibrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.cornerturn.radio.Geodetic;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.radio.JulianDate;
import org.cornerturn.radio.LocalSky;
import org.junit.jupiter.api.Test;

class TransitsTest {
  private static final Geodetic OVRO = Geodetic.ofDegrees(-118.2834051, 37.2333752, 1182.6);
  private static final Transits TRANSITS = new Transits(OVRO);
  private static final double SIDEREAL_DAY_SECONDS = 86164.0905;

  @Property(tries = 60)
  void aTransitIsWhereTheHourAngleIsNoneAndNotFarAway(
      @ForAll @DoubleRange(min = 0, max = 359.99) double ra,
      @ForAll @DoubleRange(min = -52, max = 89.9) double dec,
      @ForAll @DoubleRange(min = 51_544, max = 61_000) double mjd) {
    IcrsDirection source = IcrsDirection.ofDegrees(ra, dec);
    JulianDate about = JulianDate.of(2_400_000.5 + mjd);
    Transit t = TRANSITS.nearest(source, about);
    LocalSky sky = LocalSky.over(OVRO, t.utc());
    assertThat(sky.place(source).hourAngleRad()).isCloseTo(0, within(1e-9));
    assertThat(Math.abs(t.utc().unixSeconds() - about.unixSeconds()))
        .isLessThan(SIDEREAL_DAY_SECONDS / 2 + 60);
    Transit next = TRANSITS.next(source, about);
    double later = next.utc().unixSeconds() - about.unixSeconds();
    assertThat(later).isBetween(-1e-3, SIDEREAL_DAY_SECONDS + 1);
    assertThat(next.number(OVRO.longitudeRad()) - t.number(OVRO.longitudeRad())).isIn(0L, 1L);
  }

  /**
   * The hour angle by other means: mean sidereal time of 1982 and the precession of Newcomb's
   * formulae, good to some seconds.
   */
  @Test
  void agreesWithTheAlmanacsFormulae() {
    double ra = 202.7845332667;
    double dec = 30.5091552361;
    double days = 9_400.25;
    Transit t =
        TRANSITS.nearest(IcrsDirection.ofDegrees(ra, dec), JulianDate.of(2_451_545.0 + days));
    double d = t.utc().day() - 2_451_545L + t.utc().fraction();
    double years = d / 365.25;
    double shift =
        (3.07496 + 1.33621 * Math.sin(Math.toRadians(ra)) * Math.tan(Math.toRadians(dec)));
    double raOfDate = ra + 15 * shift * years / 3600;
    double sidereal = (280.46061837 + 360.98564736629 * d - 118.2834051) % 360;
    double secondsApart = Math.IEEEremainder(sidereal - raOfDate, 360) / 15 * 3600;
    assertThat(secondsApart).isCloseTo(0, within(4.0));
    assertThat(Math.toDegrees(t.elevationRad())).isCloseTo(90 - 37.2333752 + 30.38, within(0.02));
    assertThat(Math.toDegrees(t.siderealTimeRad())).isCloseTo(raOfDate, within(0.02));
  }

  @Test
  void theyFollowEachOtherASiderealDayApart() {
    IcrsDirection source = RegisteredCalibrators.all().get(1).direction();
    JulianDate from = JulianDate.of(2_460_676.5);
    List<Transit> all = TRANSITS.between(source, from, from.plusSeconds(10 * 86_400), 20);
    assertThat(all).hasSizeBetween(10, 11);
    long first = all.get(0).number(OVRO.longitudeRad());
    for (int i = 1; i < all.size(); i++) {
      double apart = all.get(i).utc().unixSeconds() - all.get(i - 1).utc().unixSeconds();
      assertThat(apart).isCloseTo(86_400 / Transits.SIDEREAL_FACTOR, within(0.2));
      assertThat(all.get(i).number(OVRO.longitudeRad())).isEqualTo(first + i);
    }
    assertThat(TRANSITS.next(source, all.get(3).utc().plusSeconds(1)).number(OVRO.longitudeRad()))
        .isEqualTo(first + 4);
    assertThatThrownBy(() -> TRANSITS.between(source, from, from.plusSeconds(10 * 86_400), 3))
        .hasMessageContaining("more than 3");
  }

  @Test
  void nearAndSoonComesFirst() {
    assertThat(TransitPriority.of(0, 0, true)).isEqualTo(100);
    assertThat(TransitPriority.of(-1.5, 12, true)).isEqualTo(73);
    assertThat(TransitPriority.of(1.5, 12, false)).isEqualTo(68);
  }
}
