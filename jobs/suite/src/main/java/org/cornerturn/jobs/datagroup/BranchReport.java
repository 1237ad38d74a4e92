package org.cornerturn.jobs.datagroup;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cornerturn.jobs.ByteSize;
import org.cornerturn.jobs.Console;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.GlobalOptions;
import org.cornerturn.plan.ChunkPlan;
import org.cornerturn.plan.ChunkTask;
import org.cornerturn.spark.ProductPlan;

/** Tells of plans what they would do. */
public final class BranchReport {
  private BranchReport() {}

  /** Prints the plan of each product; nothing is done. */
  public static <T extends ChunkTask> ExitCode dryRun(
      GlobalOptions global, Console console, List<ProductPlan<T>> plans) {
    List<Map<String, Object>> products = new ArrayList<>();
    plans.forEach(p -> products.add(describe(p)));
    if (global.json()) {
      console.json(Map.of("products", products));
      return ExitCode.COMPLETE;
    }
    for (Map<String, Object> p : products) {
      p.forEach((k, v) -> console.print(String.format("%-16s %s", k, v)));
      console.print("");
    }
    return ExitCode.COMPLETE;
  }

  private static Map<String, Object> describe(ProductPlan<?> p) {
    ChunkPlan<?> chunks = p.chunks();
    Map<String, Object> d = new LinkedHashMap<>();
    d.put("product", p.id());
    d.put("root", p.root());
    if (!p.members().isEmpty()) {
      d.put("arrays", String.join(" ", p.members()));
    }
    d.put("tasks", chunks.tasks().size());
    d.put("waves", chunks.waves().size());
    d.put("reads", ByteSize.inWords(chunks.inputBytes()));
    d.put("memory_per_task", ByteSize.inWords(chunks.peakBytes()));
    return d;
  }
}
