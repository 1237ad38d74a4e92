package org.cornerturn.jobs.catalogue;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** What values of one unit are multiplied by to be in another. */
final class UnitFactor {
  private static final Map<String, Double> ANGLE =
      Map.of(
          "deg",
          3600.0,
          "degrees",
          3600.0,
          "arcmin",
          60.0,
          "arcsec",
          1.0,
          "arcs",
          1.0,
          "mas",
          1e-3,
          "rad",
          648000 / Math.PI,
          "h",
          54000.0,
          "hourangle",
          54000.0,
          "s",
          15.0);
  private static final Map<String, Double> FLUX =
      Map.of("jy", 1e3, "mjy", 1.0, "ujy", 1e-3, "njy", 1e-6);
  private static final Map<String, Double> FREQUENCY =
      Map.of("hz", 1.0, "khz", 1e3, "mhz", 1e6, "ghz", 1e9);
  private static final Map<String, Double> TIME =
      Map.of("d", 1.0, "day", 1.0, "yr", 365.25, "a", 365.25);

  private UnitFactor() {}

  /** Empty where the two don't measure the same, or a unit is not known. */
  static OptionalDouble of(String from, String to) {
    String a = plain(from);
    String b = plain(to);
    if (a.equals(b)) {
      return OptionalDouble.of(1);
    }
    for (Map<String, Double> family : List.of(ANGLE, FLUX, FREQUENCY, TIME)) {
      if (family.containsKey(a) && family.containsKey(b)) {
        return OptionalDouble.of(family.get(a) / family.get(b));
      }
    }
    return OptionalDouble.empty();
  }

  /** Without the beam, which both have or one leaves unsaid. */
  private static String plain(String unit) {
    return unit.strip()
        .toLowerCase(Locale.ROOT)
        .replaceAll("\\s*(/|\\s)\\s*beam(-1|\\^-1)?$|\\.beam-1$|[\"']", "");
  }
}
