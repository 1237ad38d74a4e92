package org.cornerturn.jobs.pyramid;

import java.io.IOException;
import java.util.List;
import org.cornerturn.UserError;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.Verb;
import org.cornerturn.spark.RunRequest.Existing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cornerturn pyramid}. */
@Command(
    name = "pyramid",
    description = {
      "Build coarser levels of the arrays of a Zarr store, for quick views of large data.",
      "TARGET is an array, written STORE/path, or a group or store: then every array of real numbers"
          + " in it that is too large for a screen. The levels go beside the array, into"
          + " <array>_pyramid/."
    },
    footer = {
      "",
      "Examples:",
      "  cornerturn pyramid night.zarr",
      "  cornerturn pyramid s3a://bucket/sky.zarr/survey/image --overwrite",
      "  cornerturn pyramid scope.zarr/ch1 --kind line --factor 4 --mean"
    })
public final class PyramidCommand extends Verb {
  private static final List<Integer> FACTORS = List.of(2, 4, 8, 16);

  @Parameters(paramLabel = "TARGET", description = "A Zarr array, group or store, v2 or v3.")
  private String target;

  @Option(
      names = "--kind",
      defaultValue = "auto",
      description =
          "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}): lines are reduced along the last axis, images 2 by 2"
              + " over the last two; auto takes an array for lines if it has one axis, or a last one at least"
              + " 16 times as long as the one before.")
  private Kind kind;

  @Option(
      names = "--factor",
      paramLabel = "2|4|8|16",
      defaultValue = "8",
      description = "Lines: samples of a level in a bin of the next (${DEFAULT-VALUE}).")
  private int factor;

  @Option(
      names = "--mean",
      description = "Lines: keep means beside minima and maxima; images always have them.")
  private boolean mean;

  @Option(
      names = "--overwrite",
      description = "Replace a pyramid of other parameters or of the array as it was before.")
  private boolean overwrite;

  @Option(
      names = "--dry-run",
      description = "Tell the plan: levels, tasks, bytes, memory. Nothing is written.")
  private boolean dryRun;

  @Override
  protected ExitCode run() throws IOException {
    if (!FACTORS.contains(factor)) {
      throw new UserError("--factor " + factor, "no such value", "Use 2, 4, 8 or 16");
    }
    PyramidParameters parameters =
        new PyramidParameters(Target.absolute(target), kind, factor, mean);
    Existing existing = overwrite ? Existing.OVERWRITE : Existing.REFUSE;
    PyramidJob job = new PyramidJob(global(), console(), existing);
    return dryRun ? job.dryRun(parameters) : job.run(parameters);
  }
}
