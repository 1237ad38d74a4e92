package org.cornerturn.jobs.simulate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cornerturn.UserError;
import org.cornerturn.jobs.ByteSize;
import org.cornerturn.jobs.ChunkRun;
import org.cornerturn.jobs.Console;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.GlobalOptions;
import org.cornerturn.jobs.PartedFilesPublisher;
import org.cornerturn.plan.ChunkPlan;
import org.cornerturn.plan.Fingerprint;
import org.cornerturn.simulate.SimulatedObservation;
import org.cornerturn.spark.ProductPlan;
import org.cornerturn.spark.RunRequest;
import org.cornerturn.spark.RunRequest.Existing;
import org.cornerturn.spark.Workspace;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.Stores;

/** Plans a simulated observation and hands it to the engine. */
public final class Uvh5Job {
  /** What the product's record calls it. */
  public static final String VERB = "simulate uvh5";

  /** Goes up whenever the same question would be answered with other bytes. */
  private static final String ENCODER = "1";

  /** Files up to this size are written by one task as they are simulated. */
  private static final long PART_BYTES = 256L << 20;

  private static final long MOST_PARTS = 4096;

  private final GlobalOptions global;
  private final Console console;
  private final Existing existing;

  Uvh5Job(GlobalOptions global, Console console, Existing existing) {
    this.global = global;
    this.console = console;
    this.existing = existing;
  }

  /** Goes on with an observation from the parameters that its product holds. */
  public static ExitCode resume(GlobalOptions global, Console console, Workspace workspace)
      throws IOException {
    // Where it is now: a folder may have been moved between the two runs.
    ObjectNode json = workspace.parameters().deepCopy();
    Uvh5Parameters before = Uvh5Parameters.of(json);
    String root = workspace.folder();
    json.put("output", before.isOneFile() ? root : root.substring(0, root.lastIndexOf('/')));
    return new Uvh5Job(global, console, Existing.REFUSE).run(Uvh5Parameters.of(json));
  }

  ExitCode run(Uvh5Parameters parameters) throws IOException {
    ChunkRun run = new ChunkRun("cornerturn simulate", global, console);
    refuseStrangers(parameters);
    RunRequest<Uvh5Task> request = request(parameters, existing, global.warehouse());
    ChunkPlan<Uvh5Task> chunks = request.products().get(0).chunks();
    console.say(
        String.format(
            Locale.ROOT,
            "simulate: %s, %d file%s of visibilities %s, %d tasks of at most %s",
            words(parameters.observation()),
            parameters.files().size(),
            parameters.files().size() == 1 ? "" : "s",
            parameters.grid().array(),
            chunks.tasks().size(),
            ByteSize.inWords(chunks.peakBytes())));
    if (!parameters.observation().hasEarthOrientation()) {
      console.warn(
          "No Earth orientation was measured yet, as far as this program knows, for the time that"
              + " is simulated: UT1 is taken as UTC, and the pole as still.");
    }
    return run.run(request, new Uvh5Kernel());
  }

  private static String words(SimulatedObservation o) {
    return String.format(
        Locale.ROOT,
        "%d antennas, %d baselines, %d integrations, %d channels, %d source%s",
        o.antennas().size(),
        o.baselines(),
        o.integrations(),
        o.band().channels(),
        o.sources().size(),
        o.sources().size() == 1 ? "" : "s");
  }

  /** The engine guards the file that stands for the whole; the others are guarded here. */
  private void refuseStrangers(Uvh5Parameters parameters) throws IOException {
    try (ObjectStore folder = Stores.open(parameters.folder(), global.hadoop())) {
      String state = parameters.rootKey() + "." + ProductPlan.STATE + "/";
      if (!folder.list(state).isEmpty()) {
        return;
      }
      List<String> taken = new ArrayList<>(keys(parameters));
      taken.addAll(parameters.relatives());
      for (String key : taken) {
        if (folder.status(key).isPresent()) {
          throw new UserError(
              "can't write " + parameters.folder() + "/" + key,
              "there is something that is no product of Cornerturn",
              "Name another output, or remove it first");
        }
      }
    }
  }

  static RunRequest<Uvh5Task> request(
      Uvh5Parameters parameters, Existing existing, String warehouse) {
    return RunRequest.of(
        product(parameters, PART_BYTES), List.of(parameters.output()), existing, warehouse);
  }

  /**
   * @param partBytes raw size of the parts; the files' bytes don't depend on it
   */
  static ProductPlan<Uvh5Task> product(Uvh5Parameters parameters, long partBytes) {
    ObjectNode question = parameters.toJson();
    question.remove("output");
    String fingerprint =
        new Fingerprint()
            .with("verb", VERB)
            .with("encoder", ENCODER)
            .with("name", parameters.rootKey())
            .with("parameters", question)
            .hex();
    return ProductPlan.file(
        parameters.rootKey(),
        parameters.root(),
        fingerprint,
        VERB,
        parameters.toJson(),
        List.of(),
        new ChunkPlan<>(tasks(parameters, partBytes)),
        new PartedFilesPublisher(keys(parameters), parameters.relatives(), parts(parameters)));
  }

  /** Keys of all that is written. */
  private static List<String> keys(Uvh5Parameters parameters) {
    List<String> keys = new ArrayList<>();
    parameters.files().forEach(k -> keys.add(parameters.key(k)));
    keys.add(parameters.truthArraysKey());
    keys.add(parameters.truthKey());
    return keys;
  }

  private static String parts(Uvh5Parameters parameters) {
    return parameters.rootKey() + "." + ProductPlan.STATE + "/parts";
  }

  private static List<Uvh5Task> tasks(Uvh5Parameters parameters, long partBytes) {
    long chunks = parameters.grid().count();
    long each =
        Math.max(
            Math.max(1, partBytes / parameters.chunkBytes()), -Math.floorDiv(-chunks, MOST_PARTS));
    // A filtered file must know its size before its first byte, which parts tell.
    boolean whole = chunks <= each && parameters.filters().isEmpty();
    List<Uvh5Task> tasks = new ArrayList<>();
    for (int subband : parameters.files()) {
      List<String> keys = new ArrayList<>();
      if (!whole && !parameters.placeholders().contains(subband)) {
        for (long first = 0; first < chunks; first += each) {
          String key =
              String.format(Locale.ROOT, "%s/%s/%06d", parts(parameters), subband, keys.size());
          keys.add(key);
          tasks.add(
              new Uvh5Task.Part(parameters, subband, key, first, Math.min(each, chunks - first)));
        }
      }
      tasks.add(new Uvh5Task.File(parameters, subband, keys));
    }
    tasks.add(new Uvh5Task.Truth(parameters));
    return tasks;
  }

  /** Tells what would be done. */
  ExitCode dryRun(Uvh5Parameters parameters) {
    ProductPlan<Uvh5Task> product = product(parameters, PART_BYTES);
    Map<String, Object> d = new LinkedHashMap<>();
    d.put("product", product.id());
    d.put("root", product.root());
    d.put("observation", words(parameters.observation()));
    d.put("files", parameters.files().size());
    d.put("visibilities", parameters.grid().array().toString());
    d.put("raw", ByteSize.inWords(parameters.rawBytes() * parameters.files().size()));
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
