package org.cornerturn.jobs.crossmatch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
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
import org.cornerturn.jobs.crossmatch.CrossmatchPlanner.Planned;
import org.cornerturn.spark.RunRequest;
import org.cornerturn.spark.RunRequest.Existing;
import org.cornerturn.spark.Workspace;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.Stores;

/** Plans a match and hands it to the engine. */
public final class CrossmatchJob {
  public static final String VERB = "crossmatch";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final GlobalOptions global;
  private final Console console;
  private final Existing existing;

  CrossmatchJob(GlobalOptions global, Console console, Existing existing) {
    this.global = global;
    this.console = console;
    this.existing = existing;
  }

  /** Goes on with a match from the parameters that its product holds. */
  public static ExitCode resume(GlobalOptions global, Console console, Workspace workspace)
      throws IOException {
    return new CrossmatchJob(global, console, Existing.REFUSE)
        .run(CrossmatchParameters.of(workspace.parameters()));
  }

  ExitCode run(CrossmatchParameters parameters) throws IOException {
    ChunkRun run = new ChunkRun("cornerturn crossmatch", global, console);
    Planned planned = plan(parameters);
    requireMemory(planned);
    Crossmatch match = planned.match();
    console.say(
        String.format(
            Locale.ROOT,
            "crossmatch: %d rows with %d within %s arcsec, %d zones",
            match.left().rows(),
            match.right().rows(),
            parameters.radiusArcsec(),
            match.zones()));
    Console.Gathering documents = console.gatherJson();
    try {
      ExitCode code = run.run(request(planned), new CrossmatchKernel());
      if (code == ExitCode.COMPLETE) {
        tell(planned);
      }
      return code;
    } finally {
      documents.close();
    }
  }

  private RunRequest<CrossmatchTask> request(Planned planned) {
    CrossmatchParameters p = planned.match().parameters();
    return RunRequest.of(
        planned.product(),
        List.of(p.left().table(), p.right().table()),
        existing,
        global.warehouse());
  }

  private Planned plan(CrossmatchParameters parameters) throws IOException {
    return new CrossmatchPlanner(parameters, global.warehouse(), global.hadoop()).plan();
  }

  private void requireMemory(Planned planned) {
    long peak = planned.product().chunks().peakBytes();
    long heap = Runtime.getRuntime().maxMemory();
    if (global.master().startsWith("local") && peak > heap / 10 * 9) {
      throw new UserError(
          "a match of " + planned.match().left().rows() + " rows",
          "a task takes " + ByteSize.inWords(peak) + ", the heap has " + ByteSize.inWords(heap),
          "Set CORNERTURN_HEAP=" + (peak / 9 * 10 / (1L << 30) + 1) + "g");
    }
  }

  /** Says what the pairs come to, as the product has it. */
  private void tell(Planned planned) throws IOException {
    Crossmatch match = planned.match();
    String root = planned.product().root();
    boolean table = match.file() == null;
    String folder = table ? root : root.substring(0, Math.max(1, root.lastIndexOf('/')));
    String key = table ? CrossmatchPublisher.RESULT : match.parts() + ".json";
    try (ObjectStore store = Stores.open(folder, global.hadoop())) {
      JsonNode r = JSON.readTree(store.get(key));
      if (global.json()) {
        console.json(r);
      }
      console.say(
          String.format(
              Locale.ROOT,
              "crossmatch %s: %d pairs of %d left rows; %s",
              match.name(),
              r.path("pairs").asLong(),
              r.path("left_matched").asLong(),
              table ? "in the table " + CrossmatchTables.PAIRS.name() : match.file()));
      if (r.path("offset_ra").isNumber()) {
        console.say(
            String.format(
                Locale.ROOT,
                "offset right - left: %.4f +- %.4f arcsec in right ascension, %.4f +- %.4f in"
                    + " declination: %s",
                r.path("offset_ra").asDouble(),
                r.path("offset_ra_error").asDouble(),
                r.path("offset_dec").asDouble(),
                r.path("offset_dec_error").asDouble(),
                r.path("quality").asText()));
      }
      if (r.path("flux_ratio").isNumber()) {
        console.say(
            String.format(
                Locale.ROOT,
                "flux right / left: %.4f +- %.4f",
                r.path("flux_ratio").asDouble(),
                r.path("flux_ratio_error").asDouble()));
      }
      long placeless = r.path("left_placeless").asLong() + r.path("right_placeless").asLong();
      if (placeless > 0) {
        console.warn(placeless + " rows have no place on the sphere and were left out");
      }
    }
  }

  /** Tells what would be done. */
  ExitCode dryRun(CrossmatchParameters parameters) throws IOException {
    Planned planned = plan(parameters);
    Crossmatch match = planned.match();
    Map<String, Object> d = new LinkedHashMap<>();
    d.put("product", planned.product().id());
    d.put("root", planned.product().root());
    d.put("left", match.left().source().uri());
    d.put("left_columns", columns(match.left()));
    d.put("left_rows", match.left().rows());
    d.put("right", match.right().source().uri());
    d.put("right_columns", columns(match.right()));
    d.put("right_rows", match.right().rows());
    d.put("zones", match.zones());
    d.put("tasks", planned.product().chunks().tasks().size());
    d.put("reads", ByteSize.inWords(planned.product().chunks().inputBytes()));
    d.put("memory_per_task", ByteSize.inWords(planned.product().chunks().peakBytes()));
    if (global.json()) {
      console.json(d);
    } else {
      d.forEach((k, v) -> console.print(String.format(Locale.ROOT, "%-16s %s", k, v)));
    }
    return ExitCode.COMPLETE;
  }

  private static String columns(Side side) {
    StringBuilder all = new StringBuilder(side.ra() + ", " + side.dec());
    for (String more : new String[] {side.id(), side.raErr(), side.decErr(), side.flux()}) {
      all.append(more == null ? "" : ", " + more);
    }
    return all.toString();
  }
}
