package org.cornerturn.jobs.calibrate;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.cornerturn.jobs.ChunkRun;
import org.cornerturn.jobs.Console;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.GlobalOptions;
import org.cornerturn.jobs.calibrate.CalibratePlanner.Planned;
import org.cornerturn.jobs.datagroup.BranchReport;
import org.cornerturn.spark.RunRequest;
import org.cornerturn.spark.RunRequest.Existing;
import org.cornerturn.spark.RunRequest.OnUnsupported;
import org.cornerturn.spark.Workspace;

/** Plans gains and hands them to the engine. */
public final class CalibrateJob {
  public static final String VERB = "calibrate";

  private final GlobalOptions global;
  private final Console console;
  private final Existing existing;

  CalibrateJob(GlobalOptions global, Console console, Existing existing) {
    this.global = global;
    this.console = console;
    this.existing = existing;
  }

  /** Goes on with gains from the parameters that their product holds. */
  public static ExitCode resume(GlobalOptions global, Console console, Workspace workspace)
      throws IOException {
    return new CalibrateJob(global, console, Existing.REFUSE)
        .run(CalibrateParameters.of(workspace.parameters()));
  }

  ExitCode run(CalibrateParameters parameters) throws IOException {
    ChunkRun run = new ChunkRun("cornerturn calibrate", global, console);
    Planned planned = plan(parameters);
    for (SolvedSet set : planned.sets()) {
      console.say(line(set));
    }
    return run.run(
        request(parameters, planned, existing, global.warehouse()), new CalibrateKernel());
  }

  private Planned plan(CalibrateParameters parameters) throws IOException {
    return new CalibratePlanner(parameters, global.hadoop(), global.warehouse()).plan();
  }

  private static String line(SolvedSet set) {
    int used = 0;
    for (boolean u : set.used()) {
      used += u ? 1 : 0;
    }
    return String.format(
        Locale.ROOT,
        "%s: %s on %d of %d integrations of data group %s, %d antennas",
        set.measurementSet(),
        String.join(",", set.chain().stream().map(Term::toString).toList()),
        used,
        set.used().length,
        set.dataGroup(),
        set.antennas().size());
  }

  static RunRequest<CalibrateTask> request(
      CalibrateParameters parameters, Planned planned, Existing existing, String warehouse) {
    return new RunRequest<>(
        VERB,
        List.of(parameters.product()),
        parameters.toJson(),
        parameters.output(),
        List.of(planned.product()),
        List.of(),
        existing,
        OnUnsupported.SKIP,
        warehouse);
  }

  /** Tells what would be done. */
  ExitCode dryRun(CalibrateParameters parameters) throws IOException {
    return BranchReport.dryRun(global, console, List.of(plan(parameters).product()));
  }
}
