package org.cornerturn.jobs;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes as people write it: {@code 64MiB}, {@code 1.5GB}, {@code 4096}. Units with an
 * {@code i} are powers of 1024, the others of 1000.
 */
public record ByteSize(long bytes) {
  private static final Pattern FORM =
      Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(B|[kKMGTP]B?|[KMGTP]iB?)?");
  private static final Map<Character, Integer> POWER =
      Map.of('K', 1, 'M', 2, 'G', 3, 'T', 4, 'P', 5);

  public ByteSize {
    if (bytes < 0) {
      throw new IllegalArgumentException("negative size: " + bytes);
    }
  }

  /**
   * @throws IllegalArgumentException when the text is not a size, or not a whole number of bytes
   *     below 2^63
   */
  public static ByteSize parse(String text) {
    Matcher m = FORM.matcher(text.strip());
    if (!m.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a size; write a number and a unit, as in 64MiB, 1.5GB or 4096");
    }
    String unit = m.group(2) == null ? "" : m.group(2).toUpperCase(Locale.ROOT);
    int power = unit.isEmpty() ? 0 : POWER.getOrDefault(unit.charAt(0), 0);
    BigDecimal factor = BigDecimal.valueOf(unit.contains("I") ? 1024 : 1000).pow(power);
    try {
      return new ByteSize(new BigDecimal(m.group(1)).multiply(factor).longValueExact());
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a whole number of bytes below 8 EiB", e);
    }
  }

  /** With at most one decimal and a unit of 1000s, as in {@code 240 MB}; for people, not exact. */
  public static String inWords(long bytes) {
    if (bytes < 1000) {
      return bytes + " B";
    }
    double value = bytes;
    int power = 0;
    while (value >= 999.95 && power < 5) {
      value /= 1000;
      power++;
    }
    String digits =
        value < 10
            ? String.format(Locale.ROOT, "%.1f", value)
            : String.format(Locale.ROOT, "%.0f", value);
    return digits + " " + "kMGTP".charAt(power - 1) + "B";
  }

  @Override
  public String toString() {
    return inWords(bytes);
  }
}
