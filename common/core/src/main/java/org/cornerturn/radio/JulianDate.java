package org.cornerturn.radio;

import java.io.Serializable;

/**
 * A Julian date as whole day and fraction, since one double has steps of 40 microseconds today. The
 * time scale is the caller's (UTC in UVH5).
 *
 * @param day whole days; they begin at noon
 * @param fraction of a day, 0 (included) to 1 (excluded)
 */
public record JulianDate(long day, double fraction)
    implements Serializable, Comparable<JulianDate> {
  /** Julian date of 1970-01-01T00:00. */
  public static final double UNIX_EPOCH = 2440587.5;

  private static final long UNIX_DAY = 2440587;
  private static final double HALF_DAY_SECONDS = 43200;
  private static final double DAY_SECONDS = 86400;

  public JulianDate {
    if (!(fraction >= 0 && fraction < 1)) {
      throw new IllegalArgumentException("fraction of a day: " + fraction);
    }
  }

  /**
   * The date exactly as the double says it.
   *
   * @throws IllegalArgumentException for NaN and infinities
   */
  public static JulianDate of(double julianDate) {
    if (!Double.isFinite(julianDate)) {
      throw new IllegalArgumentException("not a Julian date: " + julianDate);
    }
    double day = Math.floor(julianDate);
    return new JulianDate((long) day, julianDate - day);
  }

  /** The date of a number of UTC seconds since 1970, leap seconds not counted. */
  public static JulianDate ofUnixSeconds(double seconds) {
    double days = Math.floor((seconds + HALF_DAY_SECONDS) / DAY_SECONDS);
    double rest = (seconds - days * DAY_SECONDS) + HALF_DAY_SECONDS;
    double fraction = rest / DAY_SECONDS;
    long day = UNIX_DAY + (long) days;
    if (fraction >= 1) {
      return new JulianDate(day + 1, 0);
    }
    return new JulianDate(day, Math.max(0, fraction));
  }

  /** Seconds since 1970, leap seconds not counted; within 0.2 microseconds until 2038. */
  public double unixSeconds() {
    return (day - UNIX_DAY) * DAY_SECONDS + (fraction * DAY_SECONDS - HALF_DAY_SECONDS);
  }

  /** Seconds since 1970 of a date in one double. */
  public static double unixSeconds(double julianDate) {
    return of(julianDate).unixSeconds();
  }

  /** The date in one double, to 40 microseconds. */
  public double toDouble() {
    return day + fraction;
  }

  /** Modified Julian date in one double, to a microsecond. */
  public double modified() {
    return (day - 2400000) + (fraction - 0.5);
  }

  /** A later date; the sum is made of parts, so that nothing is lost. */
  public JulianDate plusSeconds(double seconds) {
    double days = seconds / DAY_SECONDS;
    double whole = Math.floor(days);
    double part = (seconds - whole * DAY_SECONDS) / DAY_SECONDS + fraction;
    double carry = Math.floor(part);
    return new JulianDate(
        day + (long) whole + (long) carry, Math.min(part - carry, Math.nextDown(1.0)));
  }

  @Override
  public int compareTo(JulianDate other) {
    int c = Long.compare(day, other.day);
    return c != 0 ? c : Double.compare(fraction, other.fraction);
  }
}
