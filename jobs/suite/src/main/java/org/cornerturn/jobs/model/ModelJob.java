package org.cornerturn.jobs.model;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.cornerturn.jobs.ChunkRun;
import org.cornerturn.jobs.Console;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.GlobalOptions;
import org.cornerturn.jobs.datagroup.BranchReport;
import org.cornerturn.jobs.model.ModelPlanner.Planned;
import org.cornerturn.spark.RunRequest;
import org.cornerturn.spark.RunRequest.Existing;
import org.cornerturn.spark.Workspace;

/** Plans models and hands them to the engine. */
public final class ModelJob {
  public static final String VERB = "model";

  private final GlobalOptions global;
  private final Console console;
  private final Existing existing;

  ModelJob(GlobalOptions global, Console console, Existing existing) {
    this.global = global;
    this.console = console;
    this.existing = existing;
  }

  /** Goes on with models from the parameters that their products hold. */
  public static ExitCode resume(GlobalOptions global, Console console, Workspace workspace)
      throws IOException {
    return new ModelJob(global, console, Existing.REFUSE)
        .run(ModelParameters.of(workspace.parameters()), workspace.folder());
  }

  ExitCode run(ModelParameters parameters) throws IOException {
    return run(parameters, null);
  }

  private ExitCode run(ModelParameters parameters, String folder) throws IOException {
    ChunkRun run = new ChunkRun("cornerturn model", global, console);
    Planned planned = new ModelPlanner(parameters, global.hadoop(), global.warehouse()).plan();
    console.say(
        String.format(
            Locale.ROOT,
            "%s: %d component%s",
            parameters.product(),
            planned.components(),
            planned.components() == 1 ? "" : "s"));
    String at = folder == null ? planned.folder() : folder;
    return run.run(request(planned, at, existing, global.warehouse()), new ModelKernel());
  }

  static RunRequest<ModelTask> request(
      Planned planned, String folder, Existing existing, String warehouse) {
    return RunRequest.of(
        planned.products(), folder, List.of(planned.parameters().product()), existing, warehouse);
  }

  /** Tells what would be done. */
  ExitCode dryRun(ModelParameters parameters) throws IOException {
    Planned planned = new ModelPlanner(parameters, global.hadoop(), global.warehouse()).plan();
    return BranchReport.dryRun(global, console, planned.products());
  }
}
