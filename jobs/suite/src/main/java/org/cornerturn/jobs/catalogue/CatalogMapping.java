package org.cornerturn.jobs.catalogue;

import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.StructField;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.cornerturn.UserError;
import org.cornerturn.catalogue.Expression;
import org.cornerturn.jobs.TextFile;
import org.cornerturn.radio.CelestialFrame;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * How a catalogue's columns become those of {@link CatalogTables#SOURCES}: YAML, as
 * docs/commands/catalog.md has it.
 *
 * @param survey name of the catalogue
 * @param texts columns of texts by ours: survey_id
 * @param values formulas by our column
 * @param units of formulas, by our column, where the file's columns don't tell
 * @param constants texts that all rows have: size_kind
 * @param where rows that are taken; null for all
 * @param blank values that mean none
 */
record CatalogMapping(
    String survey,
    CelestialFrame frame,
    Map<String, String> texts,
    Map<String, Expression> values,
    Map<String, String> units,
    Map<String, String> constants,
    Expression where,
    List<Double> blank) {
  /** Those that travel with the program. */
  static final List<String> BUNDLED =
      List.of(
          "atnf", "first", "gleam", "lotss", "nvss", "racs", "sumss", "tgss", "vlass", "generic");

  private static final String REMEDY = "Mend it; see docs/commands/catalog.md";
  private static final Set<String> KEYS =
      Set.of("survey", "description", "frame", "columns", "units", "size_kind", "where", "blank");

  /**
   * @param name of a bundled one, or a YAML file
   */
  static CatalogMapping of(String name, Map<String, String> hadoop) throws IOException {
    if (!name.endsWith(".yaml") && !name.endsWith(".yml")) {
      String resource = "mappings/" + name.toLowerCase(Locale.ROOT) + ".yaml";
      try (InputStream in = CatalogMapping.class.getResourceAsStream(resource)) {
        if (in == null || !BUNDLED.contains(name.toLowerCase(Locale.ROOT))) {
          throw new UserError(
              "--mapping " + name,
              "none of this name travels with the program",
              "Use one of " + String.join(", ", BUNDLED) + ", vla, or the path of a YAML file");
        }
        return parse(resource, new String(in.readAllBytes(), StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return parse(name, TextFile.read(name, hadoop));
  }

  static CatalogMapping parse(String source, String yaml) {
    Object tree;
    try {
      tree = new Load(LoadSettings.builder().setLabel(source).build()).loadFromString(yaml);
    } catch (YamlEngineException e) {
      throw new UserError(
          source, "it is not YAML: " + e.getMessage().lines().findFirst().orElse(""), REMEDY, e);
    }
    if (!(tree instanceof Map<?, ?> map)) {
      throw new UserError(source, "it is no mapping", REMEDY);
    }
    for (Object key : map.keySet()) {
      if (!KEYS.contains(String.valueOf(key))) {
        throw new UserError(source, "there is no '" + key + "'", REMEDY);
      }
    }
    Map<String, String> columns = texts(source, map.get("columns"), "columns");
    Map<String, String> ids = new LinkedHashMap<>();
    Map<String, Expression> values = new LinkedHashMap<>();
    columns.forEach(
        (ours, formula) -> {
          if (ours.equals("survey_id")) {
            ids.put(ours, formula);
          } else if (isNumber(ours)) {
            try {
              values.put(ours, new Expression(formula));
            } catch (IllegalArgumentException e) {
              throw new UserError(source + ", " + ours, e.getMessage(), REMEDY, e);
            }
          } else {
            throw new UserError(source, "our form has no column of numbers " + ours, REMEDY);
          }
        });
    if (!values.containsKey("ra_deg") || !values.containsKey("dec_deg")) {
      throw new UserError(source, "ra_deg and dec_deg are missing", REMEDY);
    }
    Object survey = map.get("survey");
    if (survey == null || !String.valueOf(survey).matches("[\\w.+-]+")) {
      throw new UserError(source, "survey is missing, or no name", REMEDY);
    }
    String frame = String.valueOf(map.containsKey("frame") ? map.get("frame") : "icrs");
    Map<String, String> constants =
        map.containsKey("size_kind")
            ? Map.of("size_kind", String.valueOf(map.get("size_kind")))
            : Map.of();
    try {
      List<?> blank = map.get("blank") instanceof List<?> l ? l : List.of();
      return new CatalogMapping(
          String.valueOf(survey),
          CelestialFrame.valueOf(frame.toUpperCase(Locale.ROOT)),
          ids,
          values,
          map.containsKey("units") ? texts(source, map.get("units"), "units") : Map.of(),
          constants,
          map.containsKey("where") ? new Expression(String.valueOf(map.get("where"))) : null,
          blank.stream().map(b -> Double.valueOf(String.valueOf(b))).toList());
    } catch (IllegalArgumentException e) {
      throw new UserError(source, e.getMessage(), REMEDY, e);
    }
  }

  private static boolean isNumber(String column) {
    if (CatalogTables.SOURCES.schema().indexOf(column) < 0) {
      return false;
    }
    StructField field = CatalogTables.SOURCES.schema().get(column);
    return field.getDataType() instanceof DoubleType || column.equals("quality_flag");
  }

  private static Map<String, String> texts(String source, Object value, String key) {
    if (!(value instanceof Map<?, ?> map)) {
      throw new UserError(source, key + " is missing, or no map", REMEDY);
    }
    Map<String, String> all = new LinkedHashMap<>();
    map.forEach((k, v) -> all.put(String.valueOf(k), String.valueOf(v)));
    return all;
  }
}
