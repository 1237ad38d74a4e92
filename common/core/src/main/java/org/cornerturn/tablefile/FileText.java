package org.cornerturn.tablefile;

import java.util.Arrays;

/** Numbers as text and back. */
final class FileText {
  private FileText() {}

  /** NaN where a text is none, or no number. */
  static double number(String text) {
    if (text == null || text.isBlank()) {
      return Double.NaN;
    }
    try {
      return Double.parseDouble(text.strip());
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  static String[] of(long[] wholes) {
    return Arrays.stream(wholes)
        .mapToObj(w -> w == Long.MIN_VALUE ? null : Long.toString(w))
        .toArray(String[]::new);
  }

  static String[] of(double[] reals) {
    return Arrays.stream(reals)
        .mapToObj(r -> Double.isNaN(r) ? null : Double.toString(r))
        .toArray(String[]::new);
  }

  static long[] wholes(double[] reals) {
    return Arrays.stream(reals)
        .mapToLong(r -> Double.isNaN(r) ? Long.MIN_VALUE : Math.round(r))
        .toArray();
  }
}
