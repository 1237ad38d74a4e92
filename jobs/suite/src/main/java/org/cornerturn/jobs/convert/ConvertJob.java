package org.cornerturn.jobs.convert;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.cornerturn.UserError;
import org.cornerturn.jobs.ByteSize;
import org.cornerturn.jobs.ChunkRun;
import org.cornerturn.jobs.Console;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.GlobalOptions;
import org.cornerturn.plan.ChunkTask;
import org.cornerturn.spark.ProductPlan;
import org.cornerturn.spark.Refusal;
import org.cornerturn.spark.RunRequest;
import org.cornerturn.spark.RunRequest.Existing;
import org.cornerturn.spark.RunRequest.OnUnsupported;
import org.cornerturn.spark.StoreFaults;
import org.cornerturn.spark.Workspace;
import org.cornerturn.storage.InputFile;
import org.cornerturn.storage.InputFiles;

/** Plans a conversion and hands it to the engine. */
public final class ConvertJob {
  /** Endings that a folder is searched for. */
  public static final Set<String> EXTENSIONS =
      Set.of("h5", "hdf5", "hdf", "he5", "h5ad", "nc", "nc4", "nxs", "nwb", "uvh5");

  private final GlobalOptions global;
  private final Console console;
  private final Existing existing;
  private final OnUnsupported onUnsupported;

  ConvertJob(
      GlobalOptions global, Console console, Existing existing, OnUnsupported onUnsupported) {
    this.global = global;
    this.console = console;
    this.existing = existing;
    this.onUnsupported = onUnsupported;
  }

  /** Goes on with a conversion from the parameters that its product holds. */
  public static ExitCode resume(GlobalOptions global, Console console, Workspace workspace)
      throws IOException {
    return new ConvertJob(global, console, Existing.REFUSE, OnUnsupported.SKIP)
        .run(ConvertParameters.of(workspace.parameters()), workspace.folder());
  }

  /** Products to make, and inputs of which none can be made. */
  record Plan(List<ConversionPlanner.Planned> planned, List<Refusal> refused) {}

  ExitCode run(ConvertParameters parameters) throws IOException {
    return run(parameters, parameters.output());
  }

  /**
   * @param folder whose {@code _cornerturn/} holds ledger and lease
   */
  private ExitCode run(ConvertParameters parameters, String folder) throws IOException {
    ChunkRun run = new ChunkRun("cornerturn convert", global, console);
    Plan plan = plan(parameters);
    sayPlan(plan);
    return run.run(request(parameters, plan, folder), new ConvertKernel(parameters.empty()));
  }

  private RunRequest<ConvertTask> request(ConvertParameters parameters, Plan plan, String folder) {
    List<ProductPlan<ConvertTask>> products =
        plan.planned.stream().map(ConversionPlanner.Planned::product).toList();
    return new RunRequest<>(
        "convert",
        parameters.inputs(),
        parameters.toJson(),
        folder,
        products,
        plan.refused,
        existing,
        onUnsupported,
        global.warehouse());
  }

  private Plan plan(ConvertParameters parameters) throws IOException {
    Map<String, String> hadoop = global.hadoop();
    List<InputFile> inputs = inputs(parameters, hadoop);
    if (parameters.profile() == Profile.UVH5) {
      Observations observations = observations(parameters, hadoop);
      return parameters.folder()
          ? observations.grouped(inputs)
          : observations.together(inputs, parameters.output());
    }
    if (!parameters.folder() && inputs.size() > 1) {
      throw new UserError(
          parameters.output(),
          "one store can't hold the " + inputs.size() + " files that the input names",
          "End the output in / to convert each into a store of its own");
    }
    ConversionPlanner planner = new ConversionPlanner(parameters, hadoop);
    List<ConversionPlanner.Planned> planned = new ArrayList<>();
    List<Refusal> refused = new ArrayList<>();
    List<InputFile> uvh5 = new ArrayList<>();
    for (Map.Entry<InputFile, String> e :
        Outputs.name(inputs, parameters.output(), parameters.folder()).entrySet()) {
      try {
        planner
            .plan(e.getKey(), e.getValue())
            .ifPresentOrElse(planned::add, () -> uvh5.add(e.getKey()));
      } catch (IOException | RuntimeException fault) {
        UserError mistake = InputFaults.mistake(e.getKey().uri(), fault);
        if (!parameters.folder()) {
          throw mistake;
        }
        refused.add(InputFaults.refusal(e.getKey().uri(), fault, mistake));
      }
    }
    if (!uvh5.isEmpty()) {
      Observations observations = observations(parameters, hadoop);
      Plan more =
          parameters.folder()
              ? observations.grouped(uvh5)
              : observations.together(uvh5, parameters.output());
      planned.addAll(more.planned);
      refused.addAll(more.refused);
    }
    return new Plan(planned, refused);
  }

  private Observations observations(ConvertParameters parameters, Map<String, String> hadoop) {
    return new Observations(parameters, hadoop, global.warehouse(), existing);
  }

  private static List<InputFile> inputs(ConvertParameters parameters, Map<String, String> hadoop)
      throws IOException {
    InputFiles files = new InputFiles(EXTENSIONS, hadoop);
    Map<String, InputFile> found = new LinkedHashMap<>();
    for (String argument : parameters.inputs()) {
      try {
        files.expand(List.of(argument)).forEach(f -> found.putIfAbsent(f.uri(), f));
      } catch (IOException e) {
        throw StoreFaults.orMistake(e, argument);
      }
    }
    return List.copyOf(found.values());
  }

  private void sayPlan(Plan plan) {
    long tasks = 0;
    long raw = 0;
    long peak = 0;
    long requests = 0;
    long read = 0;
    int arrays = 0;
    for (ConversionPlanner.Planned p : plan.planned) {
      tasks += p.product().chunks().tasks().size();
      raw += p.bytesRaw();
      peak = Math.max(peak, p.product().chunks().peakBytes());
      requests += p.requests();
      read += p.bytesRead();
      arrays += p.arrays();
    }
    console.say(
        String.format(
            Locale.ROOT,
            "convert: %d file%s, %d arrays, %s raw, %d tasks of at most %s; metadata took %d requests, %s",
            plan.planned.size(),
            plan.planned.size() == 1 ? "" : "s",
            arrays,
            ByteSize.inWords(raw),
            tasks,
            ByteSize.inWords(peak),
            requests,
            ByteSize.inWords(read)));
    Map<String, List<String>> noted = new LinkedHashMap<>();
    for (ConversionPlanner.Planned p : plan.planned) {
      for (String note : p.notes()) {
        noted.computeIfAbsent(note, n -> new ArrayList<>()).add(p.product().name());
      }
    }
    noted.forEach(
        (note, names) ->
            console.warn(
                names.get(0)
                    + (names.size() > 1 ? " and " + (names.size() - 1) + " more" : "")
                    + ": "
                    + note));
  }

  /** Tells what would be done. */
  ExitCode dryRun(ConvertParameters parameters) throws IOException {
    Plan plan = plan(parameters);
    List<Map<String, Object>> products = new ArrayList<>();
    for (ConversionPlanner.Planned p : plan.planned) {
      products.add(describe(p));
    }
    if (global.json()) {
      console.json(Map.of("products", products, "refused_inputs", plan.refused));
    } else {
      for (Map<String, Object> p : products) {
        p.forEach((k, v) -> console.print(String.format("%-16s %s", k, v)));
        console.print("");
      }
      plan.refused.forEach(r -> console.print("refused " + r.object() + ": " + r.reason()));
    }
    boolean complete =
        plan.refused.isEmpty()
            && plan.planned.stream().allMatch(p -> p.product().refusals().isEmpty());
    return complete
        ? ExitCode.COMPLETE
        : onUnsupported == OnUnsupported.FAIL ? ExitCode.USER : ExitCode.REFUSED;
  }

  private static Map<String, Object> describe(ConversionPlanner.Planned p) {
    ProductPlan<ConvertTask> product = p.product();
    Map<String, Object> d = new LinkedHashMap<>();
    d.put("product", product.id());
    d.put("root", product.root());
    d.put("profile", p.profile().name().toLowerCase(Locale.ROOT));
    d.put("arrays", p.arrays());
    d.put("raw", ByteSize.inWords(p.bytesRaw()));
    d.put("tasks", product.chunks().tasks().size());
    d.put("waves", product.chunks().waves().size());
    d.put("reads", ByteSize.inWords(product.chunks().inputBytes()));
    d.put("memory_per_task", ByteSize.inWords(product.chunks().peakBytes()));
    d.put(
        "requests",
        p.requests() + product.chunks().tasks().stream().mapToLong(ConvertJob::requests).sum());
    for (Refusal r : product.refusals()) {
      d.put("refused " + r.object(), r.reason());
    }
    if (!p.notes().isEmpty()) {
      d.put("notes", String.join("; ", p.notes()));
    }
    return d;
  }

  /** An estimate: one request for the file's status, then one for each region or run of chunks. */
  private static long requests(ChunkTask task) {
    return task instanceof CopyTask c ? 1 + c.parts().size() : 2;
  }
}
