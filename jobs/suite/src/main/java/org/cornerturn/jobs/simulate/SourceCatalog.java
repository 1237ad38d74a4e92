package org.cornerturn.jobs.simulate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.cornerturn.UserError;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.simulate.LightCurve;
import org.cornerturn.simulate.SkySource;
import org.cornerturn.sky.SkyComponent;
import org.cornerturn.sky.SkyComponent.Shape;
import org.cornerturn.sky.Spectrum;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Sources as a file lists them: CSV with a line of names, or YAML, a list of maps of the same names
 * (see docs/commands/simulate.md).
 */
public final class SourceCatalog {
  private static final double STANDARD_HZ = 1.4e9;
  private static final String REMEDY = "Mend it; see docs/commands/simulate.md";

  /** Other programs' names. */
  private static final Map<String, String> ALIASES =
      Map.of(
          "id", "name",
          "ra", "ra_deg",
          "dec", "dec_deg",
          "flux_1p4ghz_jy", "flux_jy",
          "alpha", "spectral_index");

  private static final Set<String> NAMES =
      Set.of(
          "name",
          "ra_deg",
          "dec_deg",
          "flux_jy",
          "reference_hz",
          "spectral_index",
          "shape",
          "major_arcsec",
          "minor_arcsec",
          "pa_deg",
          "light_curve");

  private final String file;

  private SourceCatalog(String file) {
    this.file = file;
  }

  /**
   * Reads a catalogue.
   *
   * @param file its name, which also tells whether it is YAML
   * @throws UserError naming file and entry where something is wrong
   */
  static List<SkySource> parse(String file, String text) {
    SourceCatalog catalog = new SourceCatalog(file);
    boolean yaml = file.endsWith(".yaml") || file.endsWith(".yml");
    List<SkySource> all = new ArrayList<>();
    for (Map<String, Object> entry : yaml ? catalog.yaml(text) : catalog.csv(text)) {
      all.add(catalog.source(entry, all.size() + 1));
    }
    return all;
  }

  /**
   * Reads a catalogue as components of a steady sky.
   *
   * @param file its name, which also tells whether it is YAML
   * @throws UserError naming file and entry where something is wrong, or a source varies
   */
  public static List<SkyComponent> components(String file, String text) {
    List<SkyComponent> all = new ArrayList<>();
    for (SkySource s : parse(file, text)) {
      if (!s.lightCurve().equals(LightCurve.STEADY)) {
        throw new UserError(file, s.name() + " has a light curve", "Leave it out of a model");
      }
      all.add(s.component());
    }
    return all;
  }

  /** The brightest sources of a region, brightest first where their number is bounded. */
  static List<SkySource> select(
      List<SkySource> all, IcrsDirection centre, double radiusRad, double minFluxJy, Integer most) {
    List<SkySource> chosen = new ArrayList<>();
    for (SkySource s : all) {
      boolean inside = centre == null || s.direction().separationRad(centre) <= radiusRad;
      if (inside && s.fluxJy() >= minFluxJy) {
        chosen.add(s);
      }
    }
    if (most != null && chosen.size() > most) {
      chosen.sort(Comparator.comparingDouble((SkySource s) -> -s.fluxJy()));
      return chosen.subList(0, most);
    }
    return chosen;
  }

  /** The catalogue as CSV; light curves have no place in it. */
  static String csv(List<SkySource> sources) {
    StringBuilder out =
        new StringBuilder(
            "name,ra_deg,dec_deg,flux_jy,reference_hz,spectral_index,shape,major_arcsec,"
                + "minor_arcsec,pa_deg\n");
    for (SkySource s : sources) {
      SkyComponent c = s.component();
      out.append(
          String.format(
              Locale.ROOT,
              "%s,%.10f,%.10f,%.9g,%.0f,%.6g,%s,%.9g,%.9g,%.6g%n",
              s.name(),
              Math.toDegrees(s.direction().raRad()),
              Math.toDegrees(s.direction().decRad()),
              s.fluxJy(),
              c.spectrum().referenceHz(),
              c.spectrum().index(),
              c.shape().name().toLowerCase(Locale.ROOT),
              Math.toDegrees(c.majorRad()) * 3600,
              Math.toDegrees(c.minorRad()) * 3600,
              Math.toDegrees(c.positionAngleRad())));
    }
    return out.toString();
  }

  private List<Map<String, Object>> csv(String text) {
    List<String> lines = text.lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
    if (lines.isEmpty()) {
      throw new UserError(file, "it is empty", REMEDY);
    }
    String[] names = lines.get(0).split("\\s*,\\s*", -1);
    List<Map<String, Object>> all = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] values = line.split("\\s*,\\s*", -1);
      if (values.length != names.length) {
        throw new UserError(
            file + ", entry " + (all.size() + 1),
            "it has " + values.length + " values, the first line " + names.length + " names",
            REMEDY);
      }
      Map<String, Object> entry = new LinkedHashMap<>();
      for (int i = 0; i < names.length; i++) {
        String name = names[i].toLowerCase(Locale.ROOT);
        String known = ALIASES.getOrDefault(name, name);
        // Other columns are somebody else's.
        if (NAMES.contains(known) && !values[i].isEmpty()) {
          entry.put(known, values[i]);
        }
      }
      all.add(entry);
    }
    return all;
  }

  private List<Map<String, Object>> yaml(String text) {
    Object tree;
    try {
      tree = new Load(LoadSettings.builder().setLabel(file).build()).loadFromString(text);
    } catch (YamlEngineException e) {
      throw new UserError(
          file, "it is not YAML: " + e.getMessage().lines().findFirst().orElse(""), REMEDY, e);
    }
    if (!(tree instanceof List<?> list)) {
      throw new UserError(file, "it is no list of sources", REMEDY);
    }
    List<Map<String, Object>> all = new ArrayList<>();
    for (Object o : list) {
      if (!(o instanceof Map<?, ?> map)) {
        throw new UserError(file + ", entry " + (all.size() + 1), "it holds no names", REMEDY);
      }
      Map<String, Object> entry = new TreeMap<>();
      map.forEach((k, v) -> entry.put(String.valueOf(k), v));
      entry.keySet().stream()
          .filter(k -> !NAMES.contains(k))
          .findFirst()
          .ifPresent(
              k -> {
                throw new UserError(
                    file + ", entry " + (all.size() + 1), "there is no '" + k + "'", REMEDY);
              });
      all.add(entry);
    }
    return all;
  }

  private SkySource source(Map<String, Object> entry, int place) {
    String where = file + ", entry " + place;
    String shape = String.valueOf(entry.getOrDefault("shape", "point")).toUpperCase(Locale.ROOT);
    double major = Math.toRadians(number(entry, where, "major_arcsec", 0.0) / 3600);
    double minor =
        Math.toRadians(number(entry, where, "minor_arcsec", Math.toDegrees(major) * 3600) / 3600);
    try {
      return new SkySource(
          new SkyComponent(
              String.valueOf(entry.getOrDefault("name", "S" + place)),
              IcrsDirection.ofDegrees(
                  number(entry, where, "ra_deg", null), number(entry, where, "dec_deg", null)),
              Spectrum.powerLaw(
                  number(entry, where, "flux_jy", null),
                  number(entry, where, "reference_hz", STANDARD_HZ),
                  number(entry, where, "spectral_index", 0.0)),
              Shape.valueOf(shape),
              major,
              minor,
              Math.toRadians(number(entry, where, "pa_deg", 0.0))),
          lightCurve(entry.get("light_curve"), where));
    } catch (IllegalArgumentException e) {
      throw new UserError(where, e.getMessage(), REMEDY, e);
    }
  }

  private static double number(
      Map<String, Object> entry, String where, String name, Double standard) {
    Object value = entry.get(name);
    if (value == null && standard != null) {
      return standard;
    }
    try {
      double v = Double.parseDouble(String.valueOf(value));
      if (Double.isFinite(v)) {
        return v;
      }
    } catch (NumberFormatException e) {
      throw fault(where, name, value, e);
    }
    throw fault(where, name, value, null);
  }

  private static UserError fault(String where, String name, Object value, Throwable cause) {
    return new UserError(
        where,
        value == null ? name + " is missing" : name + " is no number: " + value,
        REMEDY,
        cause);
  }

  private static LightCurve lightCurve(Object value, String where) {
    if (value == null) {
      return LightCurve.STEADY;
    }
    List<LightCurve.Point> points = new ArrayList<>();
    for (Object o : value instanceof List<?> list ? list : List.of(value)) {
      if (!(o instanceof List<?> pair)
          || pair.size() != 2
          || !pair.stream().allMatch(Number.class::isInstance)) {
        throw new UserError(where, "light_curve is no list of [seconds, factor]", REMEDY);
      }
      points.add(
          new LightCurve.Point(
              ((Number) pair.get(0)).doubleValue(), ((Number) pair.get(1)).doubleValue()));
    }
    return new LightCurve(points);
  }
}
