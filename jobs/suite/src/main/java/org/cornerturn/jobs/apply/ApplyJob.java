package org.cornerturn.jobs.apply;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.cornerturn.jobs.ChunkRun;
import org.cornerturn.jobs.Console;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.GlobalOptions;
import org.cornerturn.jobs.apply.ApplyPlanner.Age;
import org.cornerturn.jobs.apply.ApplyPlanner.Planned;
import org.cornerturn.jobs.datagroup.BranchReport;
import org.cornerturn.spark.RunRequest;
import org.cornerturn.spark.RunRequest.Existing;
import org.cornerturn.spark.Workspace;

/** Plans corrected data and hands them to the engine. */
public final class ApplyJob {
  public static final String VERB = "apply";

  private final GlobalOptions global;
  private final Console console;
  private final Existing existing;

  ApplyJob(GlobalOptions global, Console console, Existing existing) {
    this.global = global;
    this.console = console;
    this.existing = existing;
  }

  /** Goes on with corrected data from the parameters that their products hold. */
  public static ExitCode resume(GlobalOptions global, Console console, Workspace workspace)
      throws IOException {
    return new ApplyJob(global, console, Existing.REFUSE)
        .run(ApplyParameters.of(workspace.parameters()), workspace.folder());
  }

  ExitCode run(ApplyParameters parameters) throws IOException {
    return run(parameters, null);
  }

  private ExitCode run(ApplyParameters parameters, String folder) throws IOException {
    ChunkRun run = new ChunkRun("cornerturn apply", global, console);
    Planned planned = plan(parameters);
    for (Age age : planned.ages()) {
      String line =
          String.format(
              Locale.ROOT,
              "%s: solutions %.1f h from the data, %s",
              age.measurementSet(),
              age.seconds() / 3600,
              age.staleness());
      if (age.staleness().isWorthAWarning()) {
        console.warn(line);
      } else {
        console.say(line);
      }
      if (!age.without().isEmpty()) {
        console.warn(
            String.format(
                Locale.ROOT,
                "%s: without gains, so flagged: antenna%s %s",
                age.measurementSet(),
                age.without().size() == 1 ? "" : "s",
                String.join(" ", age.without())));
      }
    }
    String at = folder == null ? planned.folder() : folder;
    return run.run(request(planned, at, existing, global.warehouse()), new ApplyKernel());
  }

  private Planned plan(ApplyParameters parameters) throws IOException {
    return new ApplyPlanner(parameters, global.hadoop(), global.warehouse()).plan();
  }

  static RunRequest<ApplyTask> request(
      Planned planned, String folder, Existing existing, String warehouse) {
    return RunRequest.of(
        planned.products(), folder, List.of(planned.parameters().product()), existing, warehouse);
  }

  /** Tells what would be done. */
  ExitCode dryRun(ApplyParameters parameters) throws IOException {
    return BranchReport.dryRun(global, console, plan(parameters).products());
  }
}
