package org.cornerturn.catalogue;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Angles as hours or degrees, minutes and seconds. */
public final class Sexagesimal {
  private static final Pattern PARTS =
      Pattern.compile(
          "([+-]?)\\s*(\\d+(?:\\.\\d*)?)[hd:\\s°]*(?:(\\d+(?:\\.\\d*)?)[m:'\\s]*)?"
              + "(?:(\\d+(?:\\.\\d*)?)[s\"]*)?");

  private Sexagesimal() {}

  /**
   * Hours or degrees of a text such as {@code 12:34:56.7} or {@code -01 02 03}; NaN where it is no
   * such text.
   */
  public static double parse(String text) {
    if (text == null) {
      return Double.NaN;
    }
    Matcher m = PARTS.matcher(text.strip());
    if (!m.matches()) {
      return Double.NaN;
    }
    double minutes = m.group(3) == null ? 0 : Double.parseDouble(m.group(3));
    double seconds = m.group(4) == null ? 0 : Double.parseDouble(m.group(4));
    if (minutes >= 60 || seconds >= 60.0000001) {
      return Double.NaN;
    }
    double value = Double.parseDouble(m.group(2)) + minutes / 60 + seconds / 3600;
    return m.group(1).equals("-") ? -value : value;
  }
}
