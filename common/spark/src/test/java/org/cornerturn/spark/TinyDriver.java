package org.cornerturn.spark;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkContext;

/**
 * A driver in a JVM of its own, to be killed. Arguments: loop, spark or branch, root, tasks, pause
 * in milliseconds, warehouse or -, then settings as name=value.
 */
public final class TinyDriver {
  private TinyDriver() {}

  public static void main(String[] arguments) {
    Map<String, String> hadoop = new HashMap<>();
    for (int i = 5; i < arguments.length; i++) {
      int equals = arguments[i].indexOf('=');
      hadoop.put(arguments[i].substring(0, equals), arguments[i].substring(equals + 1));
    }
    String root = arguments[1];
    int tasks = Integer.parseInt(arguments[2]);
    ProductPlan<TinyTask> plan =
        arguments[0].equals("branch")
            ? Tiny.branch(root, "c", 1, Tiny.tasks(tasks, 1, 2000))
            : Tiny.product(root, 1, Tiny.tasks(tasks, 1, 2000));
    String warehouse = arguments[4].equals("-") ? null : arguments[4];
    RunRequest<TinyTask> request =
        Tiny.request(root, List.of(plan), RunRequest.Existing.REFUSE, warehouse);
    TinyKernel kernel = new TinyKernel(Long.parseLong(arguments[3]));
    boolean onSpark = arguments[0].equals("spark");
    SparkContext spark = onSpark ? Tiny.spark() : null;
    ChunkJob job = onSpark ? ChunkJob.onSpark(spark, hadoop) : ChunkJob.inLoop(hadoop);
    int code = job.run(request, kernel, Progress.NONE).exit().code();
    if (onSpark) {
      spark.stop();
    }
    Runtime.getRuntime().exit(code);
  }
}
