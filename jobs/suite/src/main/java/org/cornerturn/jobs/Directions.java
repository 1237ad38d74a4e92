package org.cornerturn.jobs;

import org.cornerturn.UserError;
import org.cornerturn.radio.IcrsDirection;

/** Directions as options name them: {@code 128.7deg,55.57deg}. */
public final class Directions {
  private Directions() {}

  /**
   * A right ascension and a declination, ICRS.
   *
   * @param option that the text belongs to
   * @throws UserError when the text is no direction
   */
  public static IcrsDirection parse(String option, String text) {
    String[] parts = text.split(",", -1);
    try {
      if (parts.length == 2) {
        double ra = Angle.parse(parts[0]).radians();
        double dec = Angle.parse(parts[1]).radians();
        if (Math.abs(dec) <= Math.PI / 2) {
          return new IcrsDirection(ra, dec);
        }
      }
    } catch (IllegalArgumentException e) {
      throw new UserError(option + " " + text, e.getMessage(), "Write 128.7deg,55.57deg", e);
    }
    throw new UserError(option + " " + text, "it is no direction", "Write 128.7deg,55.57deg");
  }
}
