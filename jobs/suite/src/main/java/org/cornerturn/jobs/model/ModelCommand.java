package org.cornerturn.jobs.model;

import java.io.IOException;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.Verb;
import org.cornerturn.jobs.datagroup.OpenSet;
import org.cornerturn.spark.RunRequest.Existing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cornerturn model}. */
@Command(
    name = "model",
    description = {
      "Predict the visibilities of a model of the sky for every measurement set of PRODUCT.",
      "They become the array VISIBILITY_MODEL and the data group model beside what is there."
    },
    footer = {
      "",
      "Examples:",
      "  cornerturn model night.ps.zarr --model point:25,-0.5",
      "  cornerturn model night.ps.zarr --model components:sky.csv --beam airy:4.7",
      "  cornerturn model night.ps.zarr --model catalog:s3a://bucket/nvss --radius 2deg"
    })
public final class ModelCommand extends Verb {
  @Parameters(paramLabel = "PRODUCT", description = "A processing set (.ps.zarr).")
  private String product;

  @Mixin private ModelOptions model;

  @Option(
      names = "--data-group",
      paramLabel = "NAME",
      description = "Whose baselines are taken; default flagged if there is one, else base.")
  private String dataGroup;

  @Option(names = "--overwrite", description = "Replace a model of other sources.")
  private boolean overwrite;

  @Option(names = "--dry-run", description = "Tell the plan; nothing is written.")
  private boolean dryRun;

  @Override
  protected ExitCode run() throws IOException {
    ModelParameters parameters =
        new ModelParameters(OpenSet.absolute(product), dataGroup, model.choice());
    ModelJob job =
        new ModelJob(global(), console(), overwrite ? Existing.OVERWRITE : Existing.REFUSE);
    return dryRun ? job.dryRun(parameters) : job.run(parameters);
  }
}
