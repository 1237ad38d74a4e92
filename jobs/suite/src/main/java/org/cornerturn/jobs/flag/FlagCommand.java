package org.cornerturn.jobs.flag;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.cornerturn.UserError;
import org.cornerturn.flagging.FlagStrategy;
import org.cornerturn.flagging.FlagStrategy.Masks;
import org.cornerturn.jobs.Angle;
import org.cornerturn.jobs.ByteSize;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.Verb;
import org.cornerturn.jobs.datagroup.OpenSet;
import org.cornerturn.measurementset.FlagBit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cornerturn flag}. */
@Command(
    name = FlagJob.VERB,
    description = {
      "Flag interference, missing data and what is not to be used in a processing set.",
      "The flags become the data group 'flagged' beside the old ones, with the reason of each; what"
          + " the input had flagged stays so. Flagging again makes a new version."
    },
    footer = {
      "",
      "Examples:",
      "  cornerturn flag night.ps.zarr",
      "  cornerturn flag night.ps.zarr --strategy aggressive --antennas 17,103 --channels 0..7",
      "  cornerturn flag night.ps.zarr --undo RFI_EXTENSION"
    })
public final class FlagCommand extends Verb {
  @Parameters(paramLabel = "PRODUCT", description = "A processing set (.ps.zarr).")
  private String product;

  @Option(
      names = "--strategy",
      paramLabel = "NAME|FILE",
      defaultValue = "standard",
      description = "standard, aggressive, gentle, or a YAML file (${DEFAULT-VALUE}).")
  private String strategy;

  @Option(
      names = "--data-group",
      paramLabel = "NAME",
      defaultValue = "base",
      description = "Visibilities to search and flags to keep (${DEFAULT-VALUE}).")
  private String dataGroup;

  @Option(
      names = "--antennas",
      paramLabel = "NAME",
      split = ",",
      description = "Flag these antennas.")
  private List<String> antennas = List.of();

  @Option(
      names = "--baselines",
      paramLabel = "A&B",
      split = ",",
      description = "Flag these baselines.")
  private List<String> baselines = List.of();

  @Option(
      names = "--channels",
      paramLabel = "RANGE",
      split = ",",
      description =
          "Flag these channels: numbers from 0, or frequencies, as in 0..7,1.40GHz..1.42GHz.")
  private List<String> channels = List.of();

  @Option(
      names = "--uv-range",
      paramLabel = "RANGE",
      description = "Keep baselines of these lengths: 1klambda.., ..500m, 30m..2km.")
  private String uvRange;

  @Option(
      names = "--autocorrelations",
      negatable = true,
      description = "Flag autocorrelations, or not; the strategy says which by default.")
  private Boolean autocorrelations;

  @Option(
      names = "--shadow",
      negatable = true,
      description = "Flag antennas behind another, or not; the strategy says which by default.")
  private Boolean shadow;

  @Option(
      names = "--elevation",
      paramLabel = "ANGLE",
      description = "Flag times at which the phase centre is lower, as in 20deg.")
  private Angle elevation;

  @Option(
      names = "--quack",
      paramLabel = "SECONDS",
      split = ",",
      description = "Flag so many seconds at the beginning of each scan, and at its end: 2 or 2,1.")
  private double[] quack = {};

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      description =
          "Memory that a task may take (192MiB): more makes wider windows, in which interference"
              + " stands out better, and fewer of them.")
  private ByteSize memory;

  @Option(
      names = "--undo",
      paramLabel = "REASON",
      split = ",",
      description = "Take flags of these reasons back, rather than search: RFI, STATIC, ...")
  private List<String> undo = List.of();

  @Option(names = "--prune", description = "Remove older versions of the flags, and do no more.")
  private boolean prune;

  @Option(
      names = "--dry-run",
      description = "Tell the plan: windows, tasks, bytes, memory. Nothing is written.")
  private boolean dryRun;

  @Override
  protected ExitCode run() throws IOException {
    FlagJob job = new FlagJob(global(), console());
    if (prune) {
      return job.prune(product, dataGroup);
    }
    FlagParameters parameters = parameters();
    return dryRun ? job.dryRun(parameters) : job.run(parameters);
  }

  private FlagParameters parameters() throws IOException {
    String uri = OpenSet.absolute(product);
    long bytes = memory == null ? FlagJob.MEMORY : memory.bytes();
    if (!undo.isEmpty()) {
      return new FlagParameters(uri, dataGroup, null, Selection.NONE, bytes, reasons());
    }
    return new FlagParameters(
        uri,
        dataGroup,
        masked(strategy()),
        new Selection(antennas, baselines, channels, uvRange),
        bytes,
        List.of());
  }

  private List<String> reasons() {
    List<String> known = Arrays.stream(FlagBit.values()).map(FlagBit::name).toList();
    List<String> reasons = new ArrayList<>();
    for (String word : undo) {
      String reason = word.strip().toUpperCase(Locale.ROOT);
      if (!known.contains(reason)) {
        throw new UserError(
            "--undo " + word, "there is no such reason", "Reasons are " + String.join(", ", known));
      }
      reasons.add(reason);
    }
    return reasons.stream().distinct().sorted().toList();
  }

  private FlagStrategy strategy() throws IOException {
    if (StrategyFile.BUNDLED.contains(strategy)) {
      return StrategyFile.bundled(strategy);
    }
    if (!strategy.endsWith(".yaml") && !strategy.endsWith(".yml")) {
      throw new UserError(
          "--strategy " + strategy,
          "there is no such strategy",
          "Use " + String.join(", ", StrategyFile.BUNDLED) + ", or the path of a .yaml file");
    }
    try {
      return StrategyFile.parse(
          strategy, Files.readString(Path.of(strategy), StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      throw new UserError("--strategy " + strategy, "there is no such file", "Check its path", e);
    }
  }

  /** The strategy with what the command line says of its masks. */
  private FlagStrategy masked(FlagStrategy s) {
    if (quack.length > 2) {
      throw new UserError("--quack", "it is the beginning and the end", "Write 2 or 2,1");
    }
    Masks m = s.masks();
    Masks mine;
    try {
      mine =
          new Masks(
              autocorrelations == null ? m.autocorrelations() : autocorrelations,
              shadow == null ? m.shadow() : shadow,
              quack.length > 0 ? quack[0] : m.quackSeconds(),
              quack.length > 1 ? quack[1] : m.quackEndSeconds(),
              elevation == null ? m.elevationDegrees() : Math.toDegrees(elevation.radians()));
    } catch (IllegalArgumentException e) {
      throw new UserError("masks", e.getMessage(), "See cornerturn flag --help", e);
    }
    return s.withMasks(mine);
  }
}
