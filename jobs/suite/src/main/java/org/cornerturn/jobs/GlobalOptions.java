package org.cornerturn.jobs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cornerturn.storage.S3Settings;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * Options that every command takes, on either side of the verb. Settings come, the later winning,
 * from the {@code --config} file, from {@code --master}, and from what follows {@code --}.
 */
public final class GlobalOptions {
  @Option(
      names = "--master",
      paramLabel = "URL",
      scope = ScopeType.INHERIT,
      description = "Where Spark runs: local[*] (the default), spark://host:port, yarn, k8s://...")
  private String master;

  @Option(
      names = "--warehouse",
      paramLabel = "URI",
      scope = ScopeType.INHERIT,
      description = "Folder or prefix of the tables that all products share (./warehouse).")
  private String warehouse;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "Java properties: master, warehouse, log.file, log.level, fs.*, spark.*")
  private Path config;

  @Option(
      names = "--quiet",
      scope = ScopeType.INHERIT,
      description = "No progress and no summary; mistakes and faults are still told.")
  private boolean quiet;

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Results on standard output as JSON, one document.")
  private boolean json;

  @Option(
      names = "--print",
      scope = ScopeType.INHERIT,
      description = "Print the command that would run, and do nothing.")
  private boolean print;

  private Settings settings = Settings.NONE;

  /** Reads the {@code --config} file and Spark's arguments; called once, before the verb runs. */
  void settle(List<String> sparkArguments) {
    Settings file = config == null ? Settings.NONE : Settings.read(config);
    settings = file.with(SparkArguments.parse(sparkArguments));
  }

  /** Spark's master, {@code local[*]} unless told or unless spark-submit has set one. */
  public String master() {
    String submitted = System.getProperty("spark.master");
    return first(master, settings.spark().get("spark.master"), submitted, "local[*]");
  }

  /** Where the shared tables are: a local path or a URI. */
  public String warehouse() {
    return first(warehouse, settings.own("warehouse"), "warehouse");
  }

  /** Every {@code spark.*} setting of the user, the master included. */
  public Map<String, String> spark() {
    Map<String, String> all = new LinkedHashMap<>(settings.spark());
    all.put("spark.master", master());
    return all;
  }

  /**
   * Hadoop settings ({@code fs.*}) for {@link org.cornerturn.storage.Stores#open}: the user's, and
   * ours where these are silent.
   */
  public Map<String, String> hadoop() {
    return S3Settings.completed(settings.hadoop());
  }

  public boolean quiet() {
    return quiet;
  }

  public boolean json() {
    return json;
  }

  /** Arguments that give another command these settings, before its verb. */
  List<String> repeated() {
    List<String> arguments = new ArrayList<>(List.of("--master", master()));
    if (config != null) {
      arguments.addAll(List.of("--config", config.toString()));
    }
    if (quiet) {
      arguments.add("--quiet");
    }
    return arguments;
  }

  boolean print() {
    return print;
  }

  /** The file of the full log, from the configuration or {@code CORNERTURN_LOG}. */
  Optional<Path> logFile() {
    return Optional.ofNullable(first(settings.own("log.file"), System.getenv("CORNERTURN_LOG")))
        .map(Path::of);
  }

  /** Level of the file of the full log, {@code INFO} unless told. */
  String logLevel() {
    return first(settings.own("log.level"), "INFO");
  }

  private static String first(String... candidates) {
    for (String c : candidates) {
      if (c != null && !c.isBlank()) {
        return c;
      }
    }
    return null;
  }
}
