package org.cornerturn.jobs;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An angle, written with its unit: {@code 10arcsec}, {@code 1.5deg}, {@code 0.01rad}. */
public record Angle(double radians) {
  private static final Pattern FORM =
      Pattern.compile("([+-]?\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?)\\s*([a-z]+)");
  private static final double DEGREE = Math.PI / 180;
  private static final Map<String, Double> UNIT =
      Map.of(
          "rad",
          1.0,
          "deg",
          DEGREE,
          "arcmin",
          DEGREE / 60,
          "arcsec",
          DEGREE / 3600,
          "mas",
          DEGREE / 3.6e6,
          "hourangle",
          DEGREE * 15);

  public Angle {
    if (!Double.isFinite(radians)) {
      throw new IllegalArgumentException("not a finite angle: " + radians);
    }
  }

  /**
   * @throws IllegalArgumentException when the text has no known unit or no number
   */
  public static Angle parse(String text) {
    Matcher m = FORM.matcher(text.strip());
    if (!m.matches() || !UNIT.containsKey(m.group(2))) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is not an angle; write a number and one of rad, deg, arcmin, arcsec, mas or"
              + " hourangle, as in 10arcsec");
    }
    return new Angle(Double.parseDouble(m.group(1)) * UNIT.get(m.group(2)));
  }
}
