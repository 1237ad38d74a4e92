package org.cornerturn.jobs.night;

import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cornerturn.UserError;
import org.cornerturn.jobs.ByteSize;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.TextFile;
import org.cornerturn.jobs.Verb;
import org.cornerturn.observation.GroupingRule;
import org.cornerturn.storage.Stores;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cornerturn night}: from the files of a night to its light curves. */
@Command(
    name = "night",
    description = {
      "Take a night's observations through all stages: index, convert, flag, calibrate, apply, image,"
          + " find sources, measure their fluxes, associate them, and report.",
      "CONFIG is a YAML file that names input, output and the stages' options; or name INPUT and"
          + " OUTPUT alone. What is done is not done again: stop it whenever you like, the same"
          + " command goes on."
    },
    footer = {
      "",
      "Examples:",
      "  cornerturn night /data/incoming /data/products --date 2026-11-21",
      "  cornerturn night night.yaml --from image --to image",
      "  cornerturn night night.yaml --redrive"
    })
public final class NightCommand extends Verb {
  private static final Duration TOLERANCE = Duration.ofSeconds(60);
  private static final int SUBBANDS = 16;
  private static final int RETRIES = 2;
  private static final Duration BACKOFF = Duration.ofSeconds(10);
  private static final ByteSize MIN_FREE = ByteSize.parse("2GB");
  private static final Duration DISK_PATIENCE = Duration.ofMinutes(10);

  @Parameters(
      paramLabel = "CONFIG | INPUT... OUTPUT",
      arity = "1..*",
      description = "A YAML file; or where the UVH5 files are, then the folder of the products.")
  private List<String> words = new ArrayList<>();

  @Option(
      names = "--date",
      paramLabel = "DAY",
      description = "Only observations that begin on this day (UTC), as in 2026-11-21.")
  private String date;

  @Option(names = "--name", description = "Of the night in the ledger; default the day, or night.")
  private String name;

  @Option(
      names = "--from",
      paramLabel = "STAGE",
      description = "Begin here: what comes before must be done.")
  private String from;

  @Option(names = "--to", paramLabel = "STAGE", description = "End here.")
  private String to;

  @Option(names = "--redrive", description = "Try again what was refused or has failed.")
  private boolean redrive;

  @Option(
      names = "--retries",
      paramLabel = "N",
      description = "How often what failed is tried again at once (2).")
  private Integer retries;

  @Option(
      names = "--min-free",
      paramLabel = "SIZE",
      description = "Wait while less than this is free on the output's disk (2GB).")
  private ByteSize minFree;

  @Option(
      names = "--dry-run",
      description =
          "Tell what would be done to the observations that are known. Nothing is written.")
  private boolean dryRun;

  @Override
  protected ExitCode run() throws IOException, InterruptedException {
    NightParameters parameters = parameters();
    NightJob.Span span =
        new NightJob.Span(
            from == null ? Stage.INDEX : Stage.named(from),
            to == null ? Stage.REPORT : Stage.named(to),
            redrive);
    if (span.from().compareTo(span.to()) > 0) {
      throw new UserError(
          "--from " + from + " --to " + to,
          "the first stage comes after the last",
          "Exchange them");
    }
    NightJob job =
        new NightJob(
            parameters,
            span,
            global(),
            console(),
            err(),
            (line, err) -> command(line, Map.of(), err));
    return dryRun ? job.dryRun() : job.run();
  }

  private NightParameters parameters() throws IOException {
    NightFile file = NightFile.empty();
    List<String> inputs = new ArrayList<>(words.subList(0, words.size() - 1));
    String output = words.get(words.size() - 1);
    if (words.size() == 1) {
      file = NightFile.parse(output, TextFile.read(output, global().hadoop()));
      inputs.addAll(file.inputs());
      if (inputs.isEmpty() || file.output().isEmpty()) {
        throw new UserError(
            output, "it names no input or no output", "Add the keys input and output");
      }
      output = file.output().get();
    }
    Optional<LocalDate> day = date == null ? file.date() : Optional.of(day(date));
    String called =
        name != null ? name : file.name().orElse(day.map(LocalDate::toString).orElse("night"));
    if (!called.matches("[A-Za-z0-9._-]{1,100}")) {
      throw new UserError(
          "the name '" + called + "'",
          "it becomes part of files' names",
          "Use letters, digits, '.', '_' and '-'");
    }
    int tries = retries != null ? retries : file.retries().orElse(RETRIES);
    int subbands = file.subbands().orElse(SUBBANDS);
    int least = file.minSubbands().orElse(1);
    if (tries < 0 || subbands < 1 || subbands > GroupingRule.MOST_SUBBANDS || least > subbands) {
      throw new UserError(
          "retries " + tries + ", subbands " + subbands + ", min_subbands " + least,
          "out of range",
          "Use 0 or more retries, 1 to " + GroupingRule.MOST_SUBBANDS + " subbands");
    }
    return new NightParameters(
        called,
        inputs,
        Stores.isLocal(output)
            ? Stores.localPath(output).toAbsolutePath().normalize().toString()
            : output.replaceAll("/+$", ""),
        day,
        new GroupingRule(file.tolerance().orElse(TOLERANCE), subbands),
        least,
        file.stages(),
        tries,
        file.backoff().orElse(BACKOFF),
        (minFree != null ? minFree : file.minFree().orElse(MIN_FREE)).bytes(),
        file.diskPatience().orElse(DISK_PATIENCE));
  }

  private static LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new UserError("--date " + text, "it is no day", "Write it as in 2026-11-21", e);
    }
  }
}
