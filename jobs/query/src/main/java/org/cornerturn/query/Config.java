package org.cornerturn.query;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.cornerturn.UserError;
import org.cornerturn.query.root.RootSetting;

/**
 * How the service is set up.
 *
 * @param port 0 for a free one
 * @param warehouse folder or prefix of the shared tables
 * @param stores Hadoop settings ({@code fs.*})
 * @param cacheBytes memory of all caches together
 * @param requestMemoryBytes memory of all requests together
 * @param corsOrigins origins whose pages may read answers; {@code *} for any
 * @param limits ceilings that differ from the defaults, by name
 * @param access who may ask
 * @param rates requests a minute that a principal has
 * @param threads most requests that are answered at the same time
 * @param log what is logged, and where
 */
public record Config(
    String host,
    int port,
    String warehouse,
    List<RootSetting> roots,
    Map<String, String> stores,
    long cacheBytes,
    long requestMemoryBytes,
    List<String> corsOrigins,
    Map<String, Long> limits,
    Access access,
    Rates rates,
    int threads,
    Log log) {

  /**
   * Who may ask.
   *
   * @param keys file of API keys, or null
   * @param issuer OpenID Connect issuer, or null
   * @param audience what a token must be meant for
   * @param jwks address of the issuer's keys, or null: found through the issuer
   * @param algorithms of signatures that are accepted
   * @param insecure serve anybody, on any address
   */
  public record Access(
      Path keys,
      String issuer,
      String audience,
      String jwks,
      List<String> algorithms,
      boolean insecure) {
    public boolean isOn() {
      return keys != null || issuer != null;
    }
  }

  /**
   * Requests a minute; 0 for no limit.
   *
   * @param isDefault whether nobody has set any
   */
  public record Rates(int read, int write, int heavy, boolean isDefault) {}

  /**
   * @param file or null for standard error
   * @param level as log4j names it
   * @param format {@code json}, {@code text}, or {@code auto}: text on a terminal
   */
  public record Log(Path file, String level, String format) {}

  public Config {
    roots = List.copyOf(roots);
    stores = Map.copyOf(stores);
    corsOrigins = List.copyOf(corsOrigins);
    limits = Map.copyOf(limits);
  }

  /** Settings by name, with what each is for; the defaults. */
  private static final Map<String, String> DEFAULTS = new TreeMap<>();

  static {
    DEFAULTS.put("host", "127.0.0.1");
    DEFAULTS.put("port", "8420");
    DEFAULTS.put("warehouse", "warehouse");
    DEFAULTS.put("roots", "");
    DEFAULTS.put("cache.bytes", Long.toString(Runtime.getRuntime().maxMemory() / 3));
    DEFAULTS.put("memory.bytes", Long.toString(Runtime.getRuntime().maxMemory() / 3));
    DEFAULTS.put("cors.origins", "");
    DEFAULTS.put("auth.keys", "");
    DEFAULTS.put("auth.oidc.issuer", "");
    DEFAULTS.put("auth.oidc.audience", "");
    DEFAULTS.put("auth.oidc.jwks", "");
    DEFAULTS.put("auth.oidc.algorithms", "RS256,ES256");
    DEFAULTS.put("insecure", "false");
    DEFAULTS.put("rate.read", "6000");
    DEFAULTS.put("rate.write", "120");
    DEFAULTS.put("rate.heavy", "60");
    DEFAULTS.put("threads", "64");
    DEFAULTS.put("log.file", "");
    DEFAULTS.put("log.level", "INFO");
    DEFAULTS.put("log.format", "auto");
  }

  /** Names of the settings that are not families of names. */
  static Set<String> names() {
    return Set.copyOf(DEFAULTS.keySet());
  }

  /** The defaults: this folder as the one root, {@code ./warehouse}, loopback. */
  public static Config defaults() {
    return of(Map.of(), Map.of(), Map.of());
  }

  /**
   * Settings from three places, the earlier winning.
   *
   * @param flags by setting name; {@code root.NAME} names a root, {@code fs.*} is the stores',
   *     {@code limit.NAME} a ceiling
   * @param environment variables: {@code CORNERTURN_PORT} is {@code port}; {@code CORNERTURN_ROOTS}
   *     is a list of roots with commas between
   * @param file what a configuration file says
   */
  public static Config of(
      Map<String, String> flags, Map<String, String> environment, Map<String, String> file) {
    Map<String, String> fromEnvironment = new LinkedHashMap<>();
    for (String name : DEFAULTS.keySet()) {
      String v = environment.get("CORNERTURN_" + name.toUpperCase(Locale.ROOT).replace('.', '_'));
      if (v != null && !v.isBlank()) {
        fromEnvironment.put(name, v.strip());
      }
    }
    Map<String, String> all = new LinkedHashMap<>(DEFAULTS);
    List<RootSetting> roots = List.of();
    for (Map<String, String> place : List.of(file, fromEnvironment, flags)) {
      checkNames(place);
      all.putAll(place);
      List<RootSetting> here = roots(place);
      roots = here.isEmpty() ? roots : here;
    }
    if (roots.isEmpty()) {
      roots = List.of(RootSetting.parse("files=" + Path.of("").toAbsolutePath()));
    }
    return new Config(
        all.get("host"),
        whole(all, "port", 0, 65_535),
        all.get("warehouse"),
        roots,
        starting(all, "fs.", true),
        bytes(all, "cache.bytes"),
        bytes(all, "memory.bytes"),
        list(all.get("cors.origins")),
        longs(starting(all, "limit.", false)),
        new Access(
            blankIsNull(all.get("auth.keys"), Path::of),
            blankIsNull(all.get("auth.oidc.issuer"), s -> s),
            blankIsNull(all.get("auth.oidc.audience"), s -> s),
            blankIsNull(all.get("auth.oidc.jwks"), s -> s),
            list(all.get("auth.oidc.algorithms")),
            Boolean.parseBoolean(all.get("insecure"))),
        new Rates(
            whole(all, "rate.read", 0, Integer.MAX_VALUE),
            whole(all, "rate.write", 0, Integer.MAX_VALUE),
            whole(all, "rate.heavy", 0, Integer.MAX_VALUE),
            DEFAULTS.entrySet().stream()
                .filter(d -> d.getKey().startsWith("rate."))
                .allMatch(d -> d.getValue().equals(all.get(d.getKey())))),
        whole(all, "threads", 4, 10_000),
        new Log(
            blankIsNull(all.get("log.file"), Path::of),
            oneOf(all, "log.level", "OFF", "ERROR", "WARN", "INFO", "DEBUG", "TRACE"),
            oneOf(all, "log.format", "auto", "json", "text")));
  }

  /** A flat file of {@code name=value} lines in UTF-8 (Java properties). */
  public static Map<String, String> read(Path file) {
    Properties p = new Properties();
    try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      p.load(in);
    } catch (IOException | IllegalArgumentException e) {
      throw new UserError(
          "Can't read the configuration " + file,
          e.getMessage() == null ? e.toString() : e.getMessage(),
          "Give --config a readable file of NAME=VALUE lines in UTF-8",
          e);
    }
    Map<String, String> values = new LinkedHashMap<>();
    p.stringPropertyNames().stream()
        .sorted()
        .forEach(name -> values.put(name, p.getProperty(name).strip()));
    return values;
  }

  private static void checkNames(Map<String, String> settings) {
    for (String name : settings.keySet()) {
      // One file may serve the commands of the suite as well.
      boolean isOfTheSuite = name.equals("master") || name.startsWith("spark.");
      if (!DEFAULTS.containsKey(name)
          && !isOfTheSuite
          && !name.startsWith("fs.")
          && !name.startsWith("root.")
          && !name.startsWith("limit.")) {
        throw new UserError(
            "There is no setting " + name,
            "it is none of " + String.join(", ", DEFAULTS.keySet()),
            "Use one of these, root.NAME, limit.NAME or fs.*");
      }
    }
  }

  private static List<RootSetting> roots(Map<String, String> settings) {
    List<RootSetting> roots = new ArrayList<>();
    list(settings.getOrDefault("roots", "")).forEach(r -> roots.add(RootSetting.parse(r)));
    starting(settings, "root.", false)
        .forEach((name, uri) -> roots.add(new RootSetting(name, uri)));
    return roots;
  }

  private static Map<String, String> starting(
      Map<String, String> settings, String prefix, boolean withPrefix) {
    Map<String, String> found = new LinkedHashMap<>();
    settings.forEach(
        (k, v) -> {
          if (k.startsWith(prefix)) {
            found.put(withPrefix ? k : k.substring(prefix.length()), v);
          }
        });
    return found;
  }

  private static Map<String, Long> longs(Map<String, String> texts) {
    Map<String, Long> numbers = new LinkedHashMap<>();
    texts.forEach((k, v) -> numbers.put(k, bytes(Map.of("limit." + k, v), "limit." + k)));
    return numbers;
  }

  private static List<String> list(String text) {
    List<String> parts = new ArrayList<>();
    for (String part : text.split(",")) {
      if (!part.isBlank()) {
        parts.add(part.strip());
      }
    }
    return parts;
  }

  private static <T> T blankIsNull(String text, Function<String, T> reader) {
    return text.isBlank() ? null : reader.apply(text);
  }

  private static int whole(Map<String, String> settings, String name, int least, int most) {
    try {
      int v = Integer.parseInt(settings.get(name));
      if (v >= least && v <= most) {
        return v;
      }
    } catch (NumberFormatException e) {
      throw wrong(name, settings.get(name), "a whole number", e);
    }
    throw wrong(name, settings.get(name), "a number from " + least + " to " + most, null);
  }

  private static String oneOf(Map<String, String> settings, String name, String... words) {
    String value = settings.get(name);
    if (!List.of(words).contains(value)) {
      throw wrong(name, value, "one of " + String.join(", ", words), null);
    }
    return value;
  }

  private static long bytes(Map<String, String> settings, String name) {
    String text = settings.get(name);
    String number = text.replaceFirst("(?i)\\s*[kmg]i?b?$", "");
    String unit = text.substring(number.length()).strip().toLowerCase(Locale.ROOT);
    long factor = unit.startsWith("k") ? 1L << 10 : unit.startsWith("m") ? 1L << 20 : 1L << 30;
    try {
      long v = Math.multiplyExact(Long.parseLong(number), unit.isEmpty() ? 1 : factor);
      if (v > 0) {
        return v;
      }
    } catch (NumberFormatException | ArithmeticException e) {
      throw wrong(name, text, "a positive number, with or without K, M or G", e);
    }
    throw wrong(name, text, "a positive number", null);
  }

  private static UserError wrong(String name, String value, String right, Throwable cause) {
    return new UserError(
        "The setting " + name + " is '" + value + "'", "it must be " + right, "Correct it", cause);
  }
}
