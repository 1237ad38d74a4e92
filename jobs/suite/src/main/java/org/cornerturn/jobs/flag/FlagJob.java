package org.cornerturn.jobs.flag;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.cornerturn.flagging.FlagCounts;
import org.cornerturn.flagging.FlagCounts.Axis;
import org.cornerturn.flagging.FlagStrategy;
import org.cornerturn.jobs.ByteSize;
import org.cornerturn.jobs.ChunkRun;
import org.cornerturn.jobs.Console;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.GlobalOptions;
import org.cornerturn.jobs.datagroup.OpenSet;
import org.cornerturn.jobs.flag.FlagPlanner.Flags;
import org.cornerturn.jobs.flag.FlagPlanner.Planned;
import org.cornerturn.measurementset.DataGroup;
import org.cornerturn.measurementset.FlagBit;
import org.cornerturn.plan.ChunkPlan;
import org.cornerturn.spark.RunRequest;
import org.cornerturn.spark.RunRequest.Existing;
import org.cornerturn.spark.StandingProduct;
import org.cornerturn.spark.Workspace;

/** Plans flags and hands them to the engine. */
public final class FlagJob {
  public static final String VERB = "flag";

  /** Memory that the search of a window may take, unless told. */
  static final long MEMORY = 192L << 20;

  private final GlobalOptions global;
  private final Console console;

  FlagJob(GlobalOptions global, Console console) {
    this.global = global;
    this.console = console;
  }

  /** Goes on with flagging from the parameters that its product holds. */
  public static ExitCode resume(GlobalOptions global, Console console, Workspace workspace)
      throws IOException {
    FlagJob job = new FlagJob(global, console);
    ChunkRun run = job.start();
    FlagParameters parameters = FlagParameters.of(workspace.parameters());
    return job.run(run, parameters, job.plan(parameters), workspace.folder());
  }

  /**
   * Flags with a strategy that travels with the program, as {@code cornerturn flag PRODUCT
   * --strategy NAME} does, with the masks and the selection of the flags that there are: for a
   * calibration that failed and tries again. What was flagged before stays, as an older version.
   *
   * @param product URI of the processing set
   * @param strategy one of {@link StrategyFile#BUNDLED}
   */
  public static ExitCode flag(
      GlobalOptions global, Console console, String product, String strategy) throws IOException {
    FlagStrategy wanted = StrategyFile.bundled(strategy);
    Optional<FlagParameters> before = current(product, global.hadoop());
    Selection selection = before.map(FlagParameters::selection).orElse(Selection.NONE);
    if (before.isPresent() && before.get().strategy() != null) {
      wanted = wanted.withMasks(before.get().strategy().masks());
    }
    return new FlagJob(global, console)
        .run(
            new FlagParameters(
                OpenSet.absolute(product), DataGroup.BASE, wanted, selection, MEMORY, List.of()));
  }

  /** The question that the current flags of a processing set answer, if it has any. */
  private static Optional<FlagParameters> current(String product, Map<String, String> hadoop)
      throws IOException {
    for (OpenSet set : OpenSet.all(product, DataGroup.BASE, hadoop)) {
      FlagVersions versions = new FlagVersions(set, DataGroup.FLAGGED, hadoop);
      Optional<StandingProduct> current = versions.standing(versions.current());
      if (versions.current() > 0 && current.isPresent()) {
        return Optional.of(FlagParameters.of(current.get().parameters()));
      }
    }
    return Optional.empty();
  }

  ExitCode run(FlagParameters parameters) throws IOException {
    ChunkRun run = start();
    Planned planned = plan(parameters);
    return run(run, parameters, planned, planned.folder());
  }

  private ChunkRun start() {
    return new ChunkRun("cornerturn " + VERB, global, console);
  }

  private Planned plan(FlagParameters parameters) throws IOException {
    return new FlagPlanner(parameters, global.hadoop(), global.warehouse()).plan();
  }

  private ExitCode run(ChunkRun run, FlagParameters parameters, Planned planned, String folder)
      throws IOException {
    planned.settled().forEach(s -> console.say(s + ": it is so already"));
    if (planned.flags().isEmpty()) {
      return ExitCode.COMPLETE;
    }
    ExitCode code =
        run.run(request(parameters, planned, folder, global.warehouse()), new FlagKernel());
    for (Flags f : planned.flags()) {
      f.publisher().counts().ifPresent(c -> console.say(line(f, c)));
    }
    return code;
  }

  static RunRequest<FlagTask> request(
      FlagParameters parameters, Planned planned, String folder, String warehouse) {
    return RunRequest.of(
        planned.flags().stream().map(Flags::product).toList(),
        folder,
        List.of(parameters.product()),
        Existing.REFUSE,
        warehouse);
  }

  /** How much is flagged, and why. */
  private static String line(Flags flags, FlagCounts counts) {
    List<String> reasons = new ArrayList<>();
    for (FlagBit bit : FlagBit.values()) {
      long n = counts.flagged(Axis.SET, 0, bit.ordinal());
      if (n > 0) {
        reasons.add(bit.name() + " " + percent(n, counts));
      }
    }
    String head =
        flags.product().root() + ": " + percent(counts.flagged(Axis.SET, 0), counts) + " flagged";
    return reasons.isEmpty() ? head : head + ": " + String.join(", ", reasons);
  }

  private static String percent(long n, FlagCounts counts) {
    return String.format(Locale.ROOT, "%.2f %%", 100.0 * n / counts.samples(Axis.SET, 0));
  }

  /** Tells what would be done. */
  ExitCode dryRun(FlagParameters parameters) throws IOException {
    Planned planned = plan(parameters);
    List<Map<String, Object>> products = new ArrayList<>();
    planned.flags().forEach(f -> products.add(describe(f)));
    if (global.json()) {
      console.json(Map.of("products", products, "settled", planned.settled()));
    } else {
      for (Map<String, Object> p : products) {
        p.forEach((k, v) -> console.print(String.format("%-16s %s", k, v)));
        console.print("");
      }
      planned.settled().forEach(s -> console.print("nothing to do: " + s));
    }
    return ExitCode.COMPLETE;
  }

  private static Map<String, Object> describe(Flags f) {
    ChunkPlan<FlagTask> chunks = f.product().chunks();
    Map<String, Object> d = new LinkedHashMap<>();
    d.put("product", f.product().id());
    d.put("root", f.product().root());
    d.put("flags", String.join(", ", f.product().members()));
    if (f.grid() != null) {
      d.put("array", f.grid().array().toString());
      d.put("window", f.grid().window().toString());
      d.put("windows", f.grid().grid().count());
    }
    d.put("tasks", chunks.tasks().size());
    d.put("waves", chunks.waves().size());
    d.put("reads_raw", ByteSize.inWords(chunks.inputBytes()));
    d.put("memory_per_task", ByteSize.inWords(chunks.peakBytes()));
    return d;
  }

  /** Removes older versions of the flags. */
  ExitCode prune(String product, String dataGroup) throws IOException {
    String group = FlagVersions.groupOf(dataGroup);
    for (OpenSet set : OpenSet.all(product, dataGroup, global.hadoop())) {
      List<String> removed = new FlagVersions(set, group, global.hadoop()).prune();
      console.say(
          set.folder()
              + ": "
              + (removed.isEmpty()
                  ? "nothing to remove"
                  : String.join(", ", removed) + " removed"));
    }
    return ExitCode.COMPLETE;
  }
}
