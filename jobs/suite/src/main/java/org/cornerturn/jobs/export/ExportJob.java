package org.cornerturn.jobs.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cornerturn.jobs.ByteSize;
import org.cornerturn.jobs.ChunkRun;
import org.cornerturn.jobs.Console;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.GlobalOptions;
import org.cornerturn.spark.ProductPlan;
import org.cornerturn.spark.RunRequest;
import org.cornerturn.spark.RunRequest.Existing;
import org.cornerturn.spark.RunRequest.OnUnsupported;
import org.cornerturn.spark.Workspace;
import org.cornerturn.storage.S3Settings;

/** Plans an export and hands it to the engine. */
public final class ExportJob {
  /** What the products' records call it. */
  public static final String VERB = "export uvh5";

  private final GlobalOptions global;
  private final Console console;
  private final Existing existing;

  ExportJob(GlobalOptions global, Console console, Existing existing) {
    this.global = global;
    this.console = console;
    this.existing = existing;
  }

  /** Goes on with an export from the parameters that its products hold. */
  public static ExitCode resume(GlobalOptions global, Console console, Workspace workspace)
      throws IOException {
    ExportParameters told = ExportParameters.of(workspace.parameters());
    // Where it is now: a folder may have been moved between the two runs.
    String output = workspace.folder() + (told.intoFolder() ? "/" : "");
    ObjectNode json = workspace.parameters().deepCopy().put("output", output);
    return new ExportJob(global, console, Existing.REFUSE).run(ExportParameters.of(json));
  }

  ExitCode run(ExportParameters parameters) throws IOException {
    ChunkRun run = new ChunkRun("cornerturn export", global, console);
    List<ProductPlan<ExportTask>> products = plan(parameters);
    for (ProductPlan<ExportTask> p : products) {
      console.say(
          String.format(
              Locale.ROOT,
              "export: %s, %s of visibilities, %d tasks of at most %s",
              p.name(),
              ByteSize.inWords(p.chunks().inputBytes()),
              p.chunks().tasks().size(),
              ByteSize.inWords(p.chunks().peakBytes())));
    }
    return run.run(request(parameters, products, existing, global.warehouse()), new ExportKernel());
  }

  private List<ProductPlan<ExportTask>> plan(ExportParameters parameters) throws IOException {
    return new ExportPlanner(parameters, S3Settings.completed(global.hadoop())).plan();
  }

  static RunRequest<ExportTask> request(
      ExportParameters parameters,
      List<ProductPlan<ExportTask>> products,
      Existing existing,
      String warehouse) {
    return new RunRequest<>(
        VERB,
        List.of(parameters.product(), parameters.output()),
        parameters.toJson(),
        parameters.place(),
        products,
        List.of(),
        existing,
        OnUnsupported.SKIP,
        warehouse);
  }

  /** Tells what would be done. */
  ExitCode dryRun(ExportParameters parameters) throws IOException {
    List<Map<String, Object>> told = new ArrayList<>();
    for (ProductPlan<ExportTask> p : plan(parameters)) {
      Map<String, Object> d = new LinkedHashMap<>();
      d.put("product", p.id());
      d.put("root", p.root());
      d.put("visibilities", ByteSize.inWords(p.chunks().inputBytes()));
      d.put("tasks", p.chunks().tasks().size());
      d.put("waves", p.chunks().waves().size());
      d.put("memory_per_task", ByteSize.inWords(p.chunks().peakBytes()));
      told.add(d);
    }
    if (global.json()) {
      console.json(Map.of("products", told));
    } else {
      for (Map<String, Object> d : told) {
        d.forEach((k, v) -> console.print(String.format(Locale.ROOT, "%-16s %s", k, v)));
        console.print("");
      }
    }
    return ExitCode.COMPLETE;
  }
}
