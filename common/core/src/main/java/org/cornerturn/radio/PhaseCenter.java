package org.cornerturn.radio;

import java.io.Serializable;
import java.util.List;

/**
 * A direction to which visibilities are phased, as a phase centre catalog has it.
 *
 * @param id by which rows name it
 * @param frame {@code icrs}, {@code fk5}, {@code gcrs}, {@code altaz}, ...; empty where none is
 *     stated
 * @param epoch years, 2000 for J2000; NaN where none is stated
 * @param directions one for all times; of an {@link Kind#EPHEMERIS} one for each of its times
 * @param properMotionRaMasPerYear with cos(dec); NaN where none is stated
 * @param properMotionDecMasPerYear NaN where none is stated
 * @param distanceParsec NaN where none is stated
 * @param radialVelocityKmPerSecond NaN where none is stated
 * @param source where the direction came from, {@code user} or {@code file} say
 */
public record PhaseCenter(
    int id,
    String name,
    Kind kind,
    String frame,
    double epoch,
    List<Direction> directions,
    double properMotionRaMasPerYear,
    double properMotionDecMasPerYear,
    double distanceParsec,
    double radialVelocityKmPerSecond,
    String source)
    implements Serializable {

  /** What kind of a direction it is. */
  public enum Kind {
    /** Fixed among the stars. */
    SIDEREAL,
    /** A table of directions by time. */
    EPHEMERIS,
    /** Fixed to the ground: a direction in azimuth and altitude, or hour angle and declination. */
    DRIFTSCAN,
    /** Not phased at all; old files say {@code drift}. */
    UNPROJECTED
  }

  /**
   * @param julianDate of an ephemeris' entry; NaN for others
   * @param longitudeRad right ascension, azimuth
   * @param latitudeRad declination, altitude
   */
  public record Direction(double julianDate, double longitudeRad, double latitudeRad)
      implements Serializable {}

  public PhaseCenter {
    directions = List.copyOf(directions);
    if (directions.isEmpty()) {
      throw new IllegalArgumentException("phase centre " + id + " has no direction");
    }
  }

  /** A direction among the stars. */
  public static PhaseCenter sidereal(
      int id, String name, String frame, double raRad, double decRad) {
    return of(id, name, Kind.SIDEREAL, frame, 2000.0, raRad, decRad);
  }

  /** The zenith, to which nothing is phased. */
  public static PhaseCenter unprojected(int id, String name) {
    return of(id, name, Kind.UNPROJECTED, "altaz", Double.NaN, 0, Math.PI / 2);
  }

  private static PhaseCenter of(
      int id, String name, Kind kind, String frame, double epoch, double lon, double lat) {
    double none = Double.NaN;
    List<Direction> one = List.of(new Direction(none, lon, lat));
    return new PhaseCenter(id, name, kind, frame, epoch, one, none, none, none, none, "user");
  }

  /** Longitude of the direction, or of the first of several. */
  public double longitudeRad() {
    return directions.get(0).longitudeRad();
  }

  /** Latitude of the direction, or of the first of several. */
  public double latitudeRad() {
    return directions.get(0).latitudeRad();
  }
}
