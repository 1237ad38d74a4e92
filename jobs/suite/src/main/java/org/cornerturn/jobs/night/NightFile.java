package org.cornerturn.jobs.night;

import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.cornerturn.UserError;
import org.cornerturn.jobs.ByteSize;
import org.cornerturn.jobs.Durations;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** The YAML file that describes a night; what it leaves out is empty. */
final class NightFile {
  private static final String REMEDY = "Mend it; see docs/commands/night.md";
  private static final Set<String> KEYS =
      Set.of(
          "name",
          "input",
          "output",
          "date",
          "tolerance",
          "subbands",
          "min_subbands",
          "retries",
          "backoff",
          "min_free",
          "disk_patience",
          "stages");

  /** A key of a stage that is no option of its command. */
  private static final String WARN_AFTER = "warn_after";

  private final String source;
  private final Map<?, ?> tree;

  private NightFile(String source, Map<?, ?> tree) {
    this.source = source;
    this.tree = tree;
  }

  /** A file with nothing in it. */
  static NightFile empty() {
    return new NightFile("", Map.of());
  }

  /**
   * @param source name of the text, for messages
   */
  static NightFile parse(String source, String yaml) {
    Object tree;
    try {
      tree = new Load(LoadSettings.builder().setLabel(source).build()).loadFromString(yaml);
    } catch (YamlEngineException e) {
      String fault = e.getMessage().lines().findFirst().orElse("");
      throw new UserError(source, "it is not YAML: " + fault, REMEDY, e);
    }
    if (!(tree instanceof Map<?, ?> map)) {
      throw new UserError(source, "it holds no keys", REMEDY);
    }
    NightFile file = new NightFile(source, map);
    for (Object key : map.keySet()) {
      if (!KEYS.contains(String.valueOf(key))) {
        throw file.fault(
            String.valueOf(key),
            "there is no such key; known are " + String.join(", ", KEYS.stream().sorted().toList()),
            null);
      }
    }
    return file;
  }

  Optional<String> name() {
    return text("name");
  }

  List<String> inputs() {
    return tree.get("input") instanceof List<?> several
        ? several.stream().map(String::valueOf).toList()
        : text("input").map(List::of).orElse(List.of());
  }

  Optional<String> output() {
    return text("output");
  }

  Optional<LocalDate> date() {
    return parsed("date", LocalDate::parse);
  }

  Optional<Duration> tolerance() {
    return parsed("tolerance", Durations::parse);
  }

  Optional<Integer> subbands() {
    return parsed("subbands", Integer::valueOf);
  }

  Optional<Integer> minSubbands() {
    return parsed("min_subbands", Integer::valueOf);
  }

  Optional<Integer> retries() {
    return parsed("retries", Integer::valueOf);
  }

  Optional<Duration> backoff() {
    return parsed("backoff", Durations::parse);
  }

  Optional<ByteSize> minFree() {
    return parsed("min_free", ByteSize::parse);
  }

  Optional<Duration> diskPatience() {
    return parsed("disk_patience", Durations::parse);
  }

  /** Every stage, those that aren't named as they usually are. */
  Map<Stage, StageSettings> stages() {
    Map<Stage, StageSettings> stages = new EnumMap<>(Stage.class);
    for (Stage s : Stage.values()) {
      stages.put(s, StageSettings.usual(s));
    }
    Object named = tree.containsKey("stages") ? tree.get("stages") : Map.of();
    if (!(named instanceof Map<?, ?> map)) {
      throw fault("stages", "it must hold keys", null);
    }
    map.forEach(
        (key, value) -> {
          Stage stage = Stage.named(String.valueOf(key));
          stages.put(stage, settings(stage, value));
        });
    return stages;
  }

  private StageSettings settings(Stage stage, Object value) {
    String place = "stages, " + stage.word();
    if (value == null || Boolean.TRUE.equals(value) || "on".equals(value)) {
      return new StageSettings(true, List.of(), stage.warnAfter());
    }
    if (Boolean.FALSE.equals(value) || "off".equals(value)) {
      return new StageSettings(false, List.of(), stage.warnAfter());
    }
    if (!(value instanceof Map<?, ?> map)) {
      throw fault(place, "it must be on, off, or hold options of the command", null);
    }
    List<String> words = new ArrayList<>();
    Duration[] warnAfter = {stage.warnAfter()};
    map.forEach(
        (key, v) -> {
          if (WARN_AFTER.equals(key)) {
            warnAfter[0] = parsed(place + ", " + WARN_AFTER, v, Durations::parse);
          } else {
            words.addAll(words("--" + key, v));
          }
        });
    return new StageSettings(true, words, warnAfter[0]);
  }

  /** An option as on the command line: a list repeats it, a text may be several words. */
  private static List<String> words(String option, Object value) {
    List<String> words = new ArrayList<>();
    if (value instanceof List<?> several) {
      several.forEach(v -> words.addAll(words(option, v)));
    } else if (Boolean.FALSE.equals(value)) {
      words.add(option.replaceFirst("^--", "--no-"));
    } else {
      words.add(option);
      if (value != null && !Boolean.TRUE.equals(value)) {
        words.addAll(List.of(String.valueOf(value).strip().split("\\s+")));
      }
    }
    return words;
  }

  private Optional<String> text(String key) {
    return Optional.ofNullable(tree.get(key)).map(String::valueOf);
  }

  private <T> Optional<T> parsed(String key, Function<String, T> parser) {
    return Optional.ofNullable(tree.get(key)).map(v -> parsed(key, v, parser));
  }

  private <T> T parsed(String place, Object value, Function<String, T> parser) {
    try {
      return parser.apply(String.valueOf(value));
    } catch (IllegalArgumentException | DateTimeParseException e) {
      throw fault(place, "'" + value + "' is no such value: " + e.getMessage(), e);
    }
  }

  private UserError fault(String place, String reason, Throwable cause) {
    return new UserError(source + ", " + place, reason, REMEDY, cause);
  }
}
