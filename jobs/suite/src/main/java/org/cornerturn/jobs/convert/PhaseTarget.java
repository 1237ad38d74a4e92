package org.cornerturn.jobs.convert;

import org.cornerturn.UserError;
import org.cornerturn.jobs.Angle;

/**
 * Where visibilities are phased to.
 *
 * @param raRad right ascension, ICRS; only of {@link Kind#DIRECTION}
 * @param decRad declination, ICRS; only of {@link Kind#DIRECTION}
 */
record PhaseTarget(Kind kind, double raRad, double decRad) {
  enum Kind {
    /** Drift scans to the meridian, everything else as it is. */
    AUTO,
    /** As it is. */
    NONE,
    /** For each integration the direction that is on the meridian then. */
    MERIDIAN,
    /** One direction for all. */
    DIRECTION
  }

  static final PhaseTarget AUTO = new PhaseTarget(Kind.AUTO, 0, 0);

  /**
   * @param text {@code auto}, {@code none}, {@code meridian}, or two angles with their units,
   *     {@code 128.7deg,55.5deg}; numbers without unit are degrees
   */
  static PhaseTarget parse(String text) {
    switch (text) {
      case "auto":
        return AUTO;
      case "none":
        return new PhaseTarget(Kind.NONE, 0, 0);
      case "meridian":
        return new PhaseTarget(Kind.MERIDIAN, 0, 0);
      default:
    }
    String[] parts = text.split(",");
    try {
      if (parts.length == 2) {
        double ra = angle(parts[0]);
        double dec = angle(parts[1]);
        if (Math.abs(dec) <= Math.PI / 2) {
          return new PhaseTarget(Kind.DIRECTION, ra, dec);
        }
      }
    } catch (IllegalArgumentException e) {
      throw wrong(text, e);
    }
    throw wrong(text, null);
  }

  private static double angle(String text) {
    String t = text.strip();
    return t.matches("[-+0-9.eE]+")
        ? Math.toRadians(Double.parseDouble(t))
        : Angle.parse(t).radians();
  }

  private static UserError wrong(String text, Exception cause) {
    return new UserError(
        "--phase " + text,
        "no such direction",
        "Use auto, none, meridian, or right ascension and declination as in 128.7deg,55.5deg",
        cause);
  }
}
