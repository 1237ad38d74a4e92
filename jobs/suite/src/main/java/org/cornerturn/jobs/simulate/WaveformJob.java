package org.cornerturn.jobs.simulate;

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
import org.cornerturn.jobs.PartedFilesPublisher;
import org.cornerturn.plan.ChunkPlan;
import org.cornerturn.plan.Fingerprint;
import org.cornerturn.spark.ProductPlan;
import org.cornerturn.spark.RunRequest;
import org.cornerturn.spark.RunRequest.Existing;
import org.cornerturn.spark.Workspace;

/** Plans a simulated recording and hands it to the engine. */
public final class WaveformJob {
  /** What the product's record calls it. */
  public static final String VERB = "simulate waveform";

  /** Goes up whenever the same question would be answered with other bytes. */
  private static final String ENCODER = "1";

  private static final long PART_BYTES = 32L << 20;
  private static final long MOST_PARTS = 4096;

  private final GlobalOptions global;
  private final Console console;
  private final Existing existing;

  WaveformJob(GlobalOptions global, Console console, Existing existing) {
    this.global = global;
    this.console = console;
    this.existing = existing;
  }

  /** Goes on with a recording from the parameters that its product holds. */
  public static ExitCode resume(GlobalOptions global, Console console, Workspace workspace)
      throws IOException {
    // Where it is now: a folder may have been moved between the two runs.
    ObjectNode json = workspace.parameters().deepCopy().put("output", workspace.folder());
    return new WaveformJob(global, console, Existing.REFUSE).run(WaveformParameters.of(json));
  }

  ExitCode run(WaveformParameters parameters) throws IOException {
    ChunkRun run = new ChunkRun("cornerturn simulate", global, console);
    RunRequest<WaveformTask> request = request(parameters, existing, global.warehouse());
    ChunkPlan<WaveformTask> chunks = request.products().get(0).chunks();
    console.say(
        String.format(
            Locale.ROOT,
            "simulate: %s of samples %s, %s, %d tasks of at most %s",
            ByteSize.inWords(parameters.rawBytes()),
            parameters.grid().array(),
            storage(parameters),
            chunks.tasks().size(),
            ByteSize.inWords(chunks.peakBytes())));
    return run.run(request, new WaveformKernel());
  }

  static RunRequest<WaveformTask> request(
      WaveformParameters parameters, Existing existing, String warehouse) {
    return RunRequest.of(
        product(parameters, PART_BYTES), List.of(parameters.output()), existing, warehouse);
  }

  /**
   * @param partBytes raw size of the parts; the file's bytes don't depend on it
   */
  static ProductPlan<WaveformTask> product(WaveformParameters parameters, long partBytes) {
    String output = parameters.output();
    String name = output.substring(output.lastIndexOf('/') + 1);
    String parts = name + "." + ProductPlan.STATE + "/parts";
    ObjectNode question = parameters.toJson();
    question.remove("output");
    String fingerprint =
        new Fingerprint()
            .with("verb", VERB)
            .with("encoder", ENCODER)
            .with("parameters", question)
            .hex();
    return ProductPlan.file(
        name,
        output,
        fingerprint,
        VERB,
        parameters.toJson(),
        List.of(),
        new ChunkPlan<>(tasks(parameters, name, parts, partBytes)),
        new PartedFilesPublisher(List.of(name), List.of(), parts));
  }

  private static List<WaveformTask> tasks(
      WaveformParameters parameters, String name, String parts, long partBytes) {
    long chunks = parameters.grid().count();
    long chunkBytes = parameters.chunkSamples() * Short.BYTES;
    // Parts grow with the file, so that one task can join them.
    long each = Math.max(Math.max(1, partBytes / chunkBytes), ceilDiv(chunks, MOST_PARTS));
    List<WaveformTask> tasks = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    for (long first = 0; first < chunks; first += each) {
      String key = String.format(Locale.ROOT, "%s/%06d", parts, keys.size());
      keys.add(key);
      tasks.add(new WaveformPartTask(parameters, key, first, Math.min(each, chunks - first)));
    }
    tasks.add(new WaveformFileTask(parameters, name, keys));
    return tasks;
  }

  private static long ceilDiv(long a, long b) {
    return (a + b - 1) / b;
  }

  private static String storage(WaveformParameters p) {
    return p.layout() == WaveformParameters.Layout.CONTIGUOUS
        ? "contiguous"
        : "chunks of " + p.chunkSamples() + " samples, filter " + p.filter();
  }

  /** Tells what would be done. */
  ExitCode dryRun(WaveformParameters parameters) {
    ProductPlan<WaveformTask> product = product(parameters, PART_BYTES);
    Map<String, Object> d = new LinkedHashMap<>();
    d.put("product", product.id());
    d.put("root", product.root());
    d.put("samples", parameters.grid().array().toString());
    d.put("storage", storage(parameters));
    d.put("raw", ByteSize.inWords(parameters.rawBytes()));
    d.put("tasks", product.chunks().tasks().size());
    d.put("waves", product.chunks().waves().size());
    d.put("memory_per_task", ByteSize.inWords(product.chunks().peakBytes()));
    if (global.json()) {
      console.json(Map.of("products", List.of(d)));
    } else {
      d.forEach((k, v) -> console.print(String.format(Locale.ROOT, "%-16s %s", k, v)));
    }
    return ExitCode.COMPLETE;
  }
}
