package org.cornerturn.jobs;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.cornerturn.UserError;

/** Named settings of a run, from a properties file or a command line, sorted by what they are. */
record Settings(Map<String, String> values) {
  static final Settings NONE = new Settings(Map.of());
  private static final Set<String> OWN = Set.of("master", "warehouse", "log.file", "log.level");
  private static final Set<String> LEVELS =
      Set.of("OFF", "ERROR", "WARN", "INFO", "DEBUG", "TRACE");
  private static final String HADOOP_IN_SPARK = "spark.hadoop.";

  Settings {
    values = Collections.unmodifiableMap(new TreeMap<>(values));
  }

  static Settings read(Path file) {
    Properties p = new Properties();
    try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      p.load(in);
    } catch (IOException | IllegalArgumentException e) {
      throw new UserError(
          "Can't read the configuration " + file,
          e.getMessage() == null ? e.toString() : e.getMessage(),
          "Give --config a readable Java properties file in UTF-8",
          e);
    }
    Map<String, String> values = new LinkedHashMap<>();
    p.stringPropertyNames().forEach(k -> values.put(k, p.getProperty(k).strip()));
    for (String key : values.keySet()) {
      if (!OWN.contains(key) && !key.startsWith("fs.") && !key.startsWith("spark.")) {
        throw new UserError(
            "The configuration " + file + " has an unknown setting",
            key,
            "Known are " + String.join(", ", new TreeSet<>(OWN)) + ", fs.* and spark.*");
      }
    }
    String level = values.getOrDefault("log.level", "INFO");
    if (!LEVELS.contains(level)) {
      throw new UserError(
          "The configuration " + file + " has a wrong log.level",
          level,
          "Use one of OFF, ERROR, WARN, INFO, DEBUG, TRACE");
    }
    return new Settings(values);
  }

  /** These settings, with others laid over them. */
  Settings with(Map<String, String> others) {
    Map<String, String> all = new LinkedHashMap<>(values);
    all.putAll(others);
    return new Settings(all);
  }

  /** A setting of our own, or null. */
  String own(String name) {
    return values.get(name);
  }

  /** What Spark is told: {@code spark.*}, the master, and {@code fs.*} under Spark's prefix. */
  Map<String, String> spark() {
    Map<String, String> spark = new TreeMap<>();
    values.forEach(
        (k, v) -> {
          if (k.startsWith("spark.")) {
            spark.put(k, v);
          } else if (k.startsWith("fs.")) {
            spark.put(HADOOP_IN_SPARK + k, v);
          } else if (k.equals("master")) {
            spark.putIfAbsent("spark.master", v);
          }
        });
    return spark;
  }

  /** What Hadoop's file systems are told: {@code fs.*} and {@code spark.hadoop.*}. */
  Map<String, String> hadoop() {
    Map<String, String> hadoop = new TreeMap<>();
    System.getProperties().stringPropertyNames().stream()
        .filter(k -> k.startsWith(HADOOP_IN_SPARK))
        .forEach(k -> hadoop.put(k.substring(HADOOP_IN_SPARK.length()), System.getProperty(k)));
    spark()
        .forEach(
            (k, v) -> {
              if (k.startsWith(HADOOP_IN_SPARK)) {
                hadoop.put(k.substring(HADOOP_IN_SPARK.length()), v);
              }
            });
    return hadoop;
  }
}
