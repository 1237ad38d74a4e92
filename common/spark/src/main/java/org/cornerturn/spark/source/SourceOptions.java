package org.cornerturn.spark.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.cornerturn.UserError;
import org.cornerturn.storage.S3Settings;

/**
 * The options of a table.
 *
 * @param format name of the format, for errors
 * @param paths what {@code path} or {@code load(...)} names
 * @param values the other options by lower-case name
 * @param hadoop settings of stores: the session's, with the options that start with {@code fs.}
 */
record SourceOptions(
    String format, List<String> paths, Map<String, String> values, Map<String, String> hadoop)
    implements Serializable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PERMISSIVE = "permissive";

  SourceOptions {
    paths = List.copyOf(paths);
    values = Map.copyOf(values);
    hadoop = Map.copyOf(hadoop);
  }

  /**
   * @param given what Spark hands over; names in any case
   * @param known names of the format's options besides those that all have
   * @param session settings of stores
   * @throws UserError for an unknown option, or where no path is given
   */
  static SourceOptions of(
      String format, Map<String, String> given, List<String> known, Map<String, String> session) {
    Map<String, String> hadoop = new TreeMap<>(session);
    Map<String, String> values = new TreeMap<>();
    List<String> paths = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    names.addAll(known);
    names.addAll(List.of("mode", "hidden"));
    for (Map.Entry<String, String> e : new TreeMap<>(given).entrySet()) {
      String name = e.getKey().toLowerCase(Locale.ROOT);
      if (name.equals("path")) {
        paths.add(0, e.getValue());
      } else if (name.equals("paths")) {
        paths.addAll(list(format, e.getValue()));
      } else if (name.startsWith("fs.")) {
        hadoop.put(e.getKey(), e.getValue());
      } else if (names.contains(name)) {
        values.put(name, e.getValue());
      } else {
        throw new UserError(
            "option " + e.getKey(),
            "format " + format + " has no such option",
            "Its options are path, " + String.join(", ", names));
      }
    }
    if (paths.isEmpty()) {
      throw new UserError(
          "format " + format,
          "no path is given",
          "Name a file, folder or pattern with load(...) or the option path");
    }
    SourceOptions options = new SourceOptions(format, paths, values, S3Settings.completed(hadoop));
    options.permissive(); // A mistake shows now.
    return options;
  }

  private static List<String> list(String format, String json) {
    try {
      return List.of(JSON.readValue(json, String[].class));
    } catch (JsonProcessingException e) {
      throw new UserError(
          "format " + format, "paths are no list in JSON: " + json, "Use load(...)", e);
    }
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name.toLowerCase(Locale.ROOT))).filter(v -> !v.isBlank());
  }

  /**
   * An option that has one of a few values, the first where it isn't given.
   *
   * @throws UserError for another value
   */
  String choice(String name, String... allowed) {
    String value = text(name).orElse(allowed[0]).toLowerCase(Locale.ROOT);
    if (!List.of(allowed).contains(value)) {
      throw new UserError(
          "option " + name,
          "it is " + value + " for format " + format,
          "Give one of " + String.join(", ", allowed));
    }
    return value;
  }

  /** Items of a list in commas. */
  List<String> list(String name) {
    List<String> items = new ArrayList<>();
    for (String item : text(name).orElse("").split(",")) {
      if (!item.isBlank()) {
        items.add(item.strip());
      }
    }
    return items;
  }

  /** Whether unreadable files and regions are left out. */
  boolean permissive() {
    return choice("mode", "failfast", PERMISSIVE).equals(PERMISSIVE);
  }
}
