package org.cornerturn.jobs.watch;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cornerturn.UserError;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.LastWords;
import org.cornerturn.jobs.Verb;
import org.cornerturn.observation.GroupingRule;
import org.cornerturn.storage.Stores;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cornerturn watch}. */
@Command(
    name = "watch",
    description = {
      "Convert observations as their UVH5 files arrive: each once, when all its subbands are there.",
      "INPUT is a folder, prefix or glob. OUTPUT is the folder of the products,"
          + " <start UTC>.ps.zarr. Stop it whenever you like; the same command goes on."
    },
    footer = {
      "",
      "Examples:",
      "  cornerturn watch /data/incoming /data/products/",
      "  cornerturn watch s3a://lake/raw s3a://lake/products/ --once --patience 30min"
    })
public final class WatchCommand extends Verb {
  @Parameters(
      paramLabel = "INPUT... OUTPUT",
      arity = "2..*",
      description = "What to watch, then the folder of the products.")
  private List<String> paths = new ArrayList<>();

  @Option(
      names = "--stable-for",
      defaultValue = "30s",
      description = "A file counts when it has not changed for so long (${DEFAULT-VALUE}).")
  private Duration stableFor;

  @Option(
      names = "--patience",
      defaultValue = "10min",
      description =
          "Convert without the subbands that are missing when none has come for so long (${DEFAULT-VALUE}).")
  private Duration patience;

  @Option(
      names = "--interval",
      defaultValue = "30s",
      description = "From one look to the next (${DEFAULT-VALUE}).")
  private Duration interval;

  @Option(names = "--once", description = "Convert what is there and end.")
  private boolean once;

  @Option(
      names = "--tolerance",
      defaultValue = "60s",
      description =
          "How much later than the first file of an observation another may start (${DEFAULT-VALUE}).")
  private Duration tolerance;

  @Option(
      names = "--subbands",
      defaultValue = "16",
      description = "Subbands of a whole observation (${DEFAULT-VALUE}).")
  private int subbands;

  @Option(
      names = "--min-subbands",
      defaultValue = "1",
      description = "Don't convert observations of fewer subbands (${DEFAULT-VALUE}).")
  private int minSubbands;

  @Option(
      names = "--phase",
      paramLabel = "WHERE",
      description = "As for convert: auto, none, meridian, or a direction.")
  private String phase;

  @Option(
      names = "--sefd",
      paramLabel = "JY",
      description = "As for convert: system equivalent flux density.")
  private Double sefd;

  @Option(
      names = "--uvw-from-antennas",
      description = "As for convert: compute uvw from the antennas' positions.")
  private boolean uvwFromAntennas;

  @Override
  protected ExitCode run() throws IOException, InterruptedException {
    require(
        subbands >= 1 && subbands <= GroupingRule.MOST_SUBBANDS,
        "--subbands " + subbands,
        "Use 1 to " + GroupingRule.MOST_SUBBANDS);
    require(
        minSubbands >= 1 && minSubbands <= subbands,
        "--min-subbands " + minSubbands,
        "Use 1 to " + subbands);
    require(!interval.isZero(), "--interval 0s", "Use 1s or more");
    List<String> options = new ArrayList<>();
    if (phase != null) {
      options.addAll(List.of("--phase", phase));
    }
    if (sefd != null) {
      options.addAll(List.of("--sefd", sefd.toString()));
    }
    if (uvwFromAntennas) {
      options.add("--uvw-from-antennas");
    }
    WatchParameters parameters =
        new WatchParameters(
            paths.subList(0, paths.size() - 1),
            folder(paths.get(paths.size() - 1)),
            new GroupingRule(tolerance, subbands),
            minSubbands,
            stableFor,
            patience,
            interval,
            options);
    WatchJob job = new WatchJob(parameters, global(), console(), this::convert);
    return once ? job.once() : job.watch();
  }

  private Conversions.Ended convert(List<String> words) {
    LastWords said = new LastWords(err());
    ExitCode code = command(words, Map.of(), new PrintStream(said, true, StandardCharsets.UTF_8));
    return new Conversions.Ended(code, said.fault());
  }

  private static void require(boolean right, String option, String remedy) {
    if (!right) {
      throw new UserError(option, "no such value", remedy);
    }
  }

  private static String folder(String output) {
    return Stores.isLocal(output)
        ? Stores.localPath(output).toAbsolutePath().normalize().toString()
        : output.replaceAll("/+$", "");
  }
}
