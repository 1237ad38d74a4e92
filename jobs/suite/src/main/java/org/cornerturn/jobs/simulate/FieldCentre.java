package org.cornerturn.jobs.simulate;

import org.cornerturn.radio.ApparentPlace;
import org.cornerturn.radio.Geodetic;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.radio.JulianDate;
import org.cornerturn.radio.LocalSky;

/**
 * A field and the time at which it is observed.
 *
 * @param start of the observation, UTC
 */
record FieldCentre(IcrsDirection direction, JulianDate start) {
  /** Sidereal seconds pass in so many seconds of time. */
  private static final double SIDEREAL = 1.00273790935;

  private static final double DAY_SECONDS = 86400;
  private static final int STEPS = 5;

  /** The field of a declination that is on the meridian in the observation's middle. */
  static FieldCentre onMeridian(
      Geodetic site, JulianDate start, double durationSeconds, double decRad) {
    LocalSky sky = LocalSky.over(site, start.plusSeconds(durationSeconds / 2));
    double ra = sky.onMeridian(decRad).raRad();
    for (int i = 0; i < STEPS; i++) {
      double rest = sky.place(new IcrsDirection(ra, decRad)).hourAngleRad();
      ra = (ra + rest + 2 * Math.PI) % (2 * Math.PI);
    }
    return new FieldCentre(new IcrsDirection(ra, decRad), start);
  }

  /** The field, at its transit nearest to the time asked for. */
  static FieldCentre atTransit(
      Geodetic site, JulianDate start, double durationSeconds, IcrsDirection field) {
    JulianDate middle = start.plusSeconds(durationSeconds / 2);
    for (int i = 0; i < STEPS; i++) {
      ApparentPlace place = LocalSky.over(site, middle).place(field);
      middle = middle.plusSeconds(-place.hourAngleRad() / (2 * Math.PI) * DAY_SECONDS / SIDEREAL);
    }
    return new FieldCentre(field, middle.plusSeconds(-durationSeconds / 2));
  }
}
