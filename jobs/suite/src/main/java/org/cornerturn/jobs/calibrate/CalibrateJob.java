package org.cornerturn.jobs.calibrate;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.cornerturn.calibration.Agreement;
import org.cornerturn.jobs.ChunkRun;
import org.cornerturn.jobs.Console;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.GlobalOptions;
import org.cornerturn.jobs.calibrate.CalibrateParameters.Retry;
import org.cornerturn.jobs.calibrate.CalibratePlanner.Planned;
import org.cornerturn.jobs.datagroup.BranchReport;
import org.cornerturn.jobs.flag.FlagJob;
import org.cornerturn.jobs.flag.FlagSnapshot;
import org.cornerturn.spark.RunRequest;
import org.cornerturn.spark.RunRequest.Existing;
import org.cornerturn.spark.Workspace;
import org.cornerturn.storage.ObjectStatus;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.S3Settings;
import org.cornerturn.storage.Stores;

/** Plans gains and hands them to the engine. */
public final class CalibrateJob {
  public static final String VERB = "calibrate";

  /** Of the flags with which a calibration that failed is tried again. */
  private static final String RETRY_STRATEGY = "aggressive";

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
        .run(CalibrateParameters.of(workspace.parameters()), false);
  }

  /**
   * @param retry whether data that can't be solved with are flagged again, and solved with again
   */
  ExitCode run(CalibrateParameters parameters, boolean retry) throws IOException {
    Console.Gathering documents = console.gatherJson();
    try {
      return attempt(parameters, retry);
    } finally {
      documents.close();
    }
  }

  private ExitCode attempt(CalibrateParameters parameters, boolean retry) throws IOException {
    ChunkRun run = new ChunkRun("cornerturn calibrate", global, console);
    Planned planned = plan(parameters);
    ExitCode code = run(run, parameters, planned, existing);
    Optional<Verdict> failed = failed(planned, code);
    if (failed.isEmpty()) {
      return code;
    }
    console.warn("calibration failed: " + failed.get());
    return retry && failed.get().mendable() ? again(parameters, planned, failed.get(), code) : code;
  }

  private ExitCode run(
      ChunkRun run, CalibrateParameters parameters, Planned planned, Existing instead)
      throws IOException {
    for (SolvedSet set : planned.sets()) {
      console.say(line(parameters, set));
    }
    ExitCode code =
        run.run(request(parameters, planned, instead, global.warehouse()), new CalibrateKernel());
    if (code == ExitCode.COMPLETE) {
      tellAgreement(planned);
    }
    return code;
  }

  /** Says how well the data agree with the model before and after. */
  private void tellAgreement(Planned planned) throws IOException {
    try (ObjectStore product = Stores.open(planned.product().root(), hadoop())) {
      for (SolvedSet set : planned.sets()) {
        Agreement[] both = CheckStep.of(product, set);
        if (both[1].samples() > 0) {
          console.say(
              String.format(
                  Locale.ROOT,
                  "%s: residuals %.3g of the model before, %.3g after; phases %.3g and %.3g rad",
                  set.measurementSet(),
                  both[0].residual(),
                  both[1].residual(),
                  both[0].phaseRad(),
                  both[1].phaseRad()));
        }
      }
    }
  }

  /** What a run that came to its end has found to be of no use. */
  private Optional<Verdict> failed(Planned planned, ExitCode code) throws IOException {
    if (code != ExitCode.COMPLETE && code != ExitCode.REFUSED) {
      return Optional.empty();
    }
    try (ObjectStore product = Stores.open(planned.product().root(), hadoop())) {
      return Verdict.failed(product, planned.sets());
    }
  }

  private Map<String, String> hadoop() {
    return S3Settings.completed(global.hadoop());
  }

  /** Flags what there is with the strongest strategy, and solves once more. */
  private ExitCode again(
      CalibrateParameters parameters, Planned first, Verdict failed, ExitCode firstCode)
      throws IOException {
    console.say("flagging with strategy " + RETRY_STRATEGY + ", then trying once more");
    FlagSnapshot before = FlagSnapshot.of(parameters.product(), global.hadoop());
    ExitCode flagged = FlagJob.flag(global, console, parameters.product(), RETRY_STRATEGY);
    if (flagged != ExitCode.COMPLETE) {
      return flagged;
    }
    CalibrateParameters second = parameters.again(new Retry(RETRY_STRATEGY, failed.toString()));
    ChunkRun run = new ChunkRun("cornerturn calibrate", global, console);
    Planned planned = plan(second);
    if (planned.product().fingerprint().equals(first.product().fingerprint())) {
      console.warn("the data were flagged with strategy " + RETRY_STRATEGY + " already");
      return firstCode;
    }
    // What is in its place is the first attempt's.
    ExitCode code = run(run, second, planned, Existing.OVERWRITE);
    failed(planned, code).ifPresent(v -> console.warn("calibration failed again: " + v));
    if (code == ExitCode.REFUSED) {
      before.restore();
      if (firstCode == ExitCode.COMPLETE) {
        // What the first attempt had found is better than nothing: the same data give the same.
        console.say("there is no solution now; its flags and its gains are made those of before");
        return run(
            new ChunkRun("cornerturn calibrate", global, console),
            parameters,
            plan(parameters),
            Existing.OVERWRITE);
      }
      // So that the same question finds its place free again: it is not asked of these flags.
      try (ObjectStore place = Stores.open(planned.product().root(), hadoop())) {
        for (ObjectStatus left : place.list("")) {
          place.delete(left.key());
        }
      }
      console.say("its flags are those of before");
    }
    return code;
  }

  private Planned plan(CalibrateParameters parameters) throws IOException {
    return new CalibratePlanner(parameters, global.hadoop(), global.warehouse()).plan();
  }

  private static String line(CalibrateParameters parameters, SolvedSet set) {
    int used = 0;
    for (boolean u : set.used()) {
      used += u ? 1 : 0;
    }
    return String.format(
        Locale.ROOT,
        "%s: %s on %d of %d integrations of data group %s, %d antennas, model %s",
        set.measurementSet(),
        String.join(",", set.chain().stream().map(Term::toString).toList()),
        used,
        set.used().length,
        set.dataGroup(),
        set.antennas().size(),
        parameters.model().of(set.model()));
  }

  static RunRequest<CalibrateTask> request(
      CalibrateParameters parameters, Planned planned, Existing existing, String warehouse) {
    return RunRequest.of(planned.product(), List.of(parameters.product()), existing, warehouse);
  }

  /** Tells what would be done. */
  ExitCode dryRun(CalibrateParameters parameters) throws IOException {
    return BranchReport.dryRun(global, console, List.of(plan(parameters).product()));
  }
}
