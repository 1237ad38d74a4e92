package org.cornerturn.jobs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.cornerturn.UserError;

/**
 * What follows {@code --} on our command line, in spark-submit's own words. Only what is a setting
 * can be honoured in a JVM that already runs; jars and packages need spark-submit itself, and the
 * launcher hands them to it.
 */
final class SparkArguments {
  private static final Map<String, String> SETTING =
      Map.ofEntries(
          Map.entry("--name", "spark.app.name"),
          Map.entry("--driver-cores", "spark.driver.cores"),
          Map.entry("--driver-memory", "spark.driver.memory"),
          Map.entry("--executor-memory", "spark.executor.memory"),
          Map.entry("--executor-cores", "spark.executor.cores"),
          Map.entry("--num-executors", "spark.executor.instances"),
          Map.entry("--total-executor-cores", "spark.cores.max"));

  private SparkArguments() {}

  /**
   * @throws UserError for an argument that is not a setting
   */
  static Map<String, String> parse(List<String> arguments) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (int i = 0; i < arguments.size(); i++) {
      String name = arguments.get(i);
      String value = null;
      int equals = name.indexOf('=');
      if (name.startsWith("--") && equals > 0) {
        value = name.substring(equals + 1);
        name = name.substring(0, equals);
      }
      if (!name.equals("--conf") && !name.equals("-c") && !SETTING.containsKey(name)) {
        throw new UserError(
            "Can't hand " + arguments.get(i) + " to Spark",
            "without spark-submit only --conf NAME=VALUE and "
                + String.join(", ", new TreeSet<>(SETTING.keySet()))
                + " can follow --",
            "Set SPARK_HOME to a Spark distribution to use everything that spark-submit takes");
      }
      if (value == null) {
        i++;
        if (i == arguments.size()) {
          throw new UserError(
              "Spark's argument " + name + " has no value",
              "the command line ends there",
              "Write " + name + " VALUE");
        }
        value = arguments.get(i);
      }
      if (SETTING.containsKey(name)) {
        settings.put(SETTING.get(name), value);
      } else {
        conf(value, settings);
      }
    }
    return settings;
  }

  private static void conf(String pair, Map<String, String> settings) {
    int equals = pair.indexOf('=');
    if (equals <= 0 || !pair.startsWith("spark.")) {
      throw new UserError(
          "--conf " + pair + " is no setting of Spark",
          "it must be spark.NAME=VALUE",
          "Write, for example, --conf spark.local.dir=/scratch");
    }
    settings.put(pair.substring(0, equals), pair.substring(equals + 1));
  }

  /** The spark-submit command line that does the same, quoted for a shell. */
  static String submission(Map<String, String> settings, List<String> command) {
    List<String> words = new ArrayList<>(List.of("spark-submit", "--class", Main.class.getName()));
    new TreeMap<>(settings)
        .forEach(
            (k, v) ->
                words.addAll(
                    k.equals("spark.master")
                        ? List.of("--master", v)
                        : List.of("--conf", k + "=" + v)));
    words.add("cornerturn.jar");
    command.stream().filter(w -> !w.equals("--print")).forEach(words::add);
    return words.stream().map(SparkArguments::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
