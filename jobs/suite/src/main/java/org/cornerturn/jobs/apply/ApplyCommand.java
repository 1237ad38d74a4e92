package org.cornerturn.jobs.apply;

import java.io.IOException;
import java.util.List;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.Verb;
import org.cornerturn.jobs.datagroup.OpenSet;
import org.cornerturn.spark.RunRequest.Existing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cornerturn apply}. */
@Command(
    name = "apply",
    description = {
      "Calibrate the visibilities of PRODUCT's measurement sets with gains.",
      "They become the data group corrected, with weights and flags of its own, beside what is"
          + " there. What has no gain is flagged CALIBRATION."
    },
    footer = {
      "",
      "Examples:",
      "  cornerturn apply night.ps.zarr --from cal.cal.zarr",
      "  cornerturn apply night.ps.zarr --from before.cal.zarr,after.cal.zarr",
      "  cornerturn apply night.ps.zarr --from auto --interpolate nearest"
    })
public final class ApplyCommand extends Verb {
  /** Gains between the times for which there are some. */
  enum Interpolation {
    LINEAR,
    NEAREST
  }

  @Parameters(paramLabel = "PRODUCT", description = "A processing set (.ps.zarr).")
  private String product;

  @Option(
      names = "--from",
      paramLabel = "SOLUTIONS",
      required = true,
      split = ",",
      description =
          "Solutions in the order of time, or auto: those before and after the data in the"
              + " warehouse's table calibration_sets.")
  private List<String> from;

  @Option(
      names = "--interpolate",
      defaultValue = "linear",
      description =
          "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}): in amplitude and unwrapped phase between"
              + " the times of solutions, or the nearest.")
  private Interpolation interpolation;

  @Option(
      names = "--data-group",
      paramLabel = "NAME",
      description = "What is corrected; default flagged if there is one, else base.")
  private String dataGroup;

  @Option(names = "--overwrite", description = "Replace what other solutions have corrected.")
  private boolean overwrite;

  @Option(names = "--dry-run", description = "Tell the plan; nothing is written.")
  private boolean dryRun;

  @Override
  protected ExitCode run() throws IOException {
    String set = OpenSet.absolute(product);
    List<String> solutions = from.stream().map(OpenSet::absolute).toList();
    if (from.equals(List.of("auto"))) {
      ApplyPlanner.Automatic chosen =
          ApplyPlanner.automatic(set, dataGroup, global().hadoop(), global().warehouse());
      chosen.why().forEach(console()::say);
      solutions = chosen.roots();
    }
    ApplyParameters parameters =
        new ApplyParameters(set, solutions, interpolation == Interpolation.LINEAR, dataGroup);
    ApplyJob job =
        new ApplyJob(global(), console(), overwrite ? Existing.OVERWRITE : Existing.REFUSE);
    return dryRun ? job.dryRun(parameters) : job.run(parameters);
  }
}
