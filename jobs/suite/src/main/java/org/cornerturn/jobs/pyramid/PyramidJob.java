package org.cornerturn.jobs.pyramid;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cornerturn.array.Shape;
import org.cornerturn.jobs.ByteSize;
import org.cornerturn.jobs.ChunkRun;
import org.cornerturn.jobs.Console;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.GlobalOptions;
import org.cornerturn.jobs.pyramid.PyramidPlanner.Planned;
import org.cornerturn.jobs.pyramid.PyramidPlanner.Pyramid;
import org.cornerturn.plan.ChunkPlan;
import org.cornerturn.spark.ProductPlan;
import org.cornerturn.spark.RunRequest;
import org.cornerturn.spark.RunRequest.Existing;
import org.cornerturn.spark.RunRequest.OnUnsupported;
import org.cornerturn.spark.Workspace;

/** Plans pyramids and hands them to the engine. */
public final class PyramidJob {
  private final GlobalOptions global;
  private final Console console;
  private final Existing existing;

  PyramidJob(GlobalOptions global, Console console, Existing existing) {
    this.global = global;
    this.console = console;
    this.existing = existing;
  }

  /**
   * Where ledger and lease of pyramids that were begun together lie; the store may be a product.
   */
  public static String folder(String store) {
    return Target.absolute(store) + "/" + ProductPlan.STATE + "/pyramids";
  }

  /** Gives an array that another command has just made its pyramid, if it is worth one. */
  public static ExitCode ofArray(GlobalOptions global, Console console, String array, Shape shape)
      throws IOException {
    if (!Kind.IMAGE.isWorthwhile(shape)) {
      return ExitCode.COMPLETE;
    }
    return new PyramidJob(global, console, Existing.OVERWRITE)
        .run(new PyramidParameters(Target.absolute(array), Kind.IMAGE, 8, false));
  }

  /** Goes on with pyramids from the parameters that their products hold. */
  public static ExitCode resume(GlobalOptions global, Console console, Workspace workspace)
      throws IOException {
    PyramidJob job = new PyramidJob(global, console, Existing.REFUSE);
    ChunkRun run = job.start();
    PyramidParameters parameters = PyramidParameters.of(workspace.parameters());
    return job.run(run, parameters, job.plan(parameters), workspace.folder());
  }

  ExitCode run(PyramidParameters parameters) throws IOException {
    ChunkRun run = start();
    Planned planned = plan(parameters);
    return run(run, parameters, planned, planned.folder());
  }

  private ChunkRun start() {
    return new ChunkRun("cornerturn pyramid", global, console);
  }

  private Planned plan(PyramidParameters parameters) throws IOException {
    return new PyramidPlanner(parameters, global.hadoop()).plan();
  }

  private ExitCode run(ChunkRun run, PyramidParameters parameters, Planned planned, String folder)
      throws IOException {
    for (Pyramid p : planned.pyramids()) {
      console.say(line(p));
    }
    return run.run(
        request(parameters, planned, folder, existing, global.warehouse()), new PyramidKernel());
  }

  static RunRequest<PyramidTask> request(
      PyramidParameters parameters,
      Planned planned,
      String folder,
      Existing existing,
      String warehouse) {
    return new RunRequest<>(
        "pyramid",
        List.of(parameters.target()),
        parameters.toJson(),
        folder,
        planned.pyramids().stream().map(Pyramid::product).toList(),
        planned.refused(),
        existing,
        OnUnsupported.SKIP,
        warehouse);
  }

  private static String line(Pyramid p) {
    ChunkPlan<PyramidTask> chunks = p.product().chunks();
    return String.format(
        Locale.ROOT,
        "%s: %s %s, %d levels, %d tasks of at most %s",
        p.source().uri(),
        kind(p),
        p.source().metadata().shape(),
        p.plan().levels(),
        chunks.tasks().size(),
        ByteSize.inWords(chunks.peakBytes()));
  }

  private static String kind(Pyramid p) {
    return p.kind().name().toLowerCase(Locale.ROOT);
  }

  /** Tells what would be done. */
  ExitCode dryRun(PyramidParameters parameters) throws IOException {
    Planned planned = plan(parameters);
    List<Map<String, Object>> products = new ArrayList<>();
    planned.pyramids().forEach(p -> products.add(describe(p)));
    if (global.json()) {
      console.json(Map.of("products", products, "refused_inputs", planned.refused()));
    } else {
      for (Map<String, Object> p : products) {
        p.forEach((k, v) -> console.print(String.format("%-16s %s", k, v)));
        console.print("");
      }
      planned.refused().forEach(r -> console.print("refused " + r.object() + ": " + r.reason()));
    }
    return planned.refused().isEmpty() ? ExitCode.COMPLETE : ExitCode.REFUSED;
  }

  private static Map<String, Object> describe(Pyramid p) {
    ChunkPlan<PyramidTask> chunks = p.product().chunks();
    Map<String, Object> d = new LinkedHashMap<>();
    d.put("product", p.product().id());
    d.put("root", p.product().root());
    d.put("array", p.source().metadata().shape() + " " + p.source().type());
    d.put("kind", kind(p));
    d.put("levels", p.plan().levels());
    d.put("tasks", chunks.tasks().size());
    d.put("waves", chunks.waves().size());
    d.put("stored", ByteSize.inWords(p.product().inputs().get(0).size()));
    d.put("reads_raw", ByteSize.inWords(chunks.inputBytes()));
    d.put(
        "writes_raw",
        ByteSize.inWords(chunks.tasks().stream().mapToLong(PyramidTask::outputBytes).sum()));
    d.put("memory_per_task", ByteSize.inWords(chunks.peakBytes()));
    return d;
  }
}
