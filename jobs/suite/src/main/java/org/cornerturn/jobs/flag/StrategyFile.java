package org.cornerturn.jobs.flag;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cornerturn.UserError;
import org.cornerturn.flagging.FlagStrategy;
import org.cornerturn.flagging.FlagStrategy.Clip;
import org.cornerturn.flagging.FlagStrategy.Masks;
import org.cornerturn.flagging.FlagStrategy.Rank;
import org.cornerturn.flagging.FlagStrategy.Threshold;
import org.cornerturn.flagging.FlagStrategy.Totals;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads a {@link FlagStrategy} from its YAML. */
public final class StrategyFile {
  /** Strategies that travel with the program. */
  public static final List<String> BUNDLED = List.of("standard", "aggressive", "gentle");

  private static final String REMEDY = "Mend it; see docs/commands/flag.md";

  private final String source;

  private StrategyFile(String source) {
    this.source = source;
  }

  /**
   * A strategy that travels with the program.
   *
   * @param name one of {@link #BUNDLED}
   */
  public static FlagStrategy bundled(String name) {
    String resource = name + ".yaml";
    try (InputStream in = StrategyFile.class.getResourceAsStream(resource)) {
      if (!BUNDLED.contains(name) || in == null) {
        throw new UserError(
            "strategy " + name,
            "none of this name travels with the program",
            "Use one of " + String.join(", ", BUNDLED) + ", or the path of a YAML file");
      }
      return parse(resource, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A strategy from a user's YAML.
   *
   * @param source the file's name, for what is said of faults in it
   * @throws UserError naming file and key where something is wrong
   */
  public static FlagStrategy parse(String source, String yaml) {
    Object tree;
    try {
      tree = new Load(LoadSettings.builder().setLabel(source).build()).loadFromString(yaml);
    } catch (YamlEngineException e) {
      String fault = e.getMessage().lines().findFirst().orElse("");
      throw new UserError(source, "it is not YAML: " + fault, REMEDY, e);
    }
    StrategyFile file = new StrategyFile(source);
    if (!(tree instanceof Map<?, ?> map)) {
      throw file.fault("", "it holds no keys", null);
    }
    return file.strategy(map);
  }

  private FlagStrategy strategy(Map<?, ?> root) {
    known(
        root,
        "",
        Set.of(
            "name",
            "masks",
            "sumthreshold",
            "clip",
            "rank_operator",
            "join_polarizations",
            "totals"));
    Map<?, ?> rank = section(root, "rank_operator", Set.of("time", "frequency"));
    Map<?, ?> totals = section(root, "totals", Set.of("cell", "channel", "time", "antenna"));
    return new FlagStrategy(
        String.valueOf(root.containsKey("name") ? root.get("name") : source),
        masks(section(root, "masks", MASKS)),
        root.containsKey("sumthreshold")
            ? threshold(section(root, "sumthreshold", THRESHOLD))
            : null,
        root.containsKey("clip") ? clip(section(root, "clip", CLIP)) : null,
        checked("rank_operator", () -> new Rank(real(rank, "time", 0), real(rank, "frequency", 0))),
        truth(root, "join_polarizations", false),
        checked(
            "totals",
            () ->
                new Totals(
                    real(totals, "cell", 1),
                    real(totals, "channel", 1),
                    real(totals, "time", 1),
                    real(totals, "antenna", 1))));
  }

  private static final Set<String> MASKS =
      Set.of("autocorrelations", "shadow", "quack_s", "quack_end_s", "elevation_deg");

  private Masks masks(Map<?, ?> m) {
    return checked(
        "masks",
        () ->
            new Masks(
                truth(m, "autocorrelations", true),
                truth(m, "shadow", false),
                real(m, "quack_s", 0),
                real(m, "quack_end_s", 0),
                real(m, "elevation_deg", -90)));
  }

  private static final Set<String> THRESHOLD =
      Set.of(
          "iterations",
          "sensitivity",
          "first",
          "step",
          "base",
          "longest_times",
          "longest_channels",
          "smooth_times",
          "smooth_channels");

  private Threshold threshold(Map<?, ?> m) {
    return checked(
        "sumthreshold",
        () ->
            new Threshold(
                whole(m, "iterations", 3),
                real(m, "sensitivity", 1),
                real(m, "first", 6),
                real(m, "step", 2),
                real(m, "base", 1.5),
                whole(m, "longest_times", 64),
                whole(m, "longest_channels", 64),
                real(m, "smooth_times", 2.5),
                real(m, "smooth_channels", 5)));
  }

  private static final Set<String> CLIP = Set.of("deviations", "below", "above");

  private Clip clip(Map<?, ?> m) {
    return checked(
        "clip",
        () ->
            new Clip(
                real(m, "deviations", 0),
                real(m, "below", 0),
                real(m, "above", Double.POSITIVE_INFINITY)));
  }

  private interface Part<T> {
    T make();
  }

  private <T> T checked(String section, Part<T> part) {
    try {
      return part.make();
    } catch (IllegalArgumentException e) {
      throw fault(section, e.getMessage(), e);
    }
  }

  private UserError fault(String key, String reason, Throwable cause) {
    return new UserError(key.isEmpty() ? source : source + ", " + key, reason, REMEDY, cause);
  }

  private void known(Map<?, ?> map, String section, Set<String> keys) {
    for (Object key : map.keySet()) {
      if (!keys.contains(String.valueOf(key))) {
        throw fault(
            section,
            "there is no key '"
                + key
                + "'; known are "
                + String.join(", ", keys.stream().sorted().toList()),
            null);
      }
    }
  }

  private Map<?, ?> section(Map<?, ?> root, String key, Set<String> keys) {
    Object value = root.containsKey(key) ? root.get(key) : Map.of();
    if (!(value instanceof Map<?, ?> map)) {
      throw fault(key, "it must hold keys", null);
    }
    known(map, key, keys);
    return map;
  }

  private boolean truth(Map<?, ?> in, String key, boolean otherwise) {
    Object v = in.containsKey(key) ? in.get(key) : (Object) otherwise;
    if (v instanceof Boolean b) {
      return b;
    }
    throw fault(key, "it must be true or false", null);
  }

  private double real(Map<?, ?> in, String key, double otherwise) {
    Object v = in.containsKey(key) ? in.get(key) : (Object) otherwise;
    if (v instanceof Number n && !Double.isNaN(n.doubleValue())) {
      return n.doubleValue();
    }
    throw fault(key, "it must be a number", null);
  }

  private int whole(Map<?, ?> in, String key, int otherwise) {
    Object v = in.containsKey(key) ? in.get(key) : (Object) otherwise;
    if (v instanceof Integer n) {
      return n;
    }
    throw fault(key, "it must be a whole number", null);
  }
}
