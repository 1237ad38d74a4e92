package org.cornerturn.calibrator;

import org.cornerturn.radio.JulianDate;

/**
 * A source on the meridian, on the side of the pole where it is highest.
 *
 * @param utc when
 * @param siderealTimeRad local apparent sidereal time then: its apparent right ascension
 * @param apparentDecRad its declination then
 * @param elevationRad above the horizon, without refraction; negative for a source that never rises
 */
public record Transit(
    JulianDate utc, double siderealTimeRad, double apparentDecRad, double elevationRad) {
  /** Earth rotation angle at 2000-01-01T12:00 UT1, turns (IAU 2000, 1.8 (15)). */
  private static final double TURNS_IN_2000 = 0.7790572732640;

  /** Turns of the Earth in a day of UT1. */
  private static final double TURNS_PER_DAY = 1.00273781191135448;

  /**
   * Counts the transits of a source over a site, from about 2000 on: the same for the same transit,
   * from wherever it was found, and one more for the next.
   *
   * @param longitudeRad of the site, east positive
   */
  public long number(double longitudeRad) {
    double days = utc.day() - 2451545L + utc.fraction();
    double turn = 2 * Math.PI;
    return Math.round(
        TURNS_IN_2000 + TURNS_PER_DAY * days + (longitudeRad - siderealTimeRad) / turn);
  }
}
