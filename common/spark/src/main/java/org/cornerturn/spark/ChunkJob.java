package org.cornerturn.spark;

import java.util.Map;
import org.apache.spark.SparkContext;
import org.cornerturn.plan.ChunkTask;

/**
 * The engine: runs the tasks of products that the ledger does not have yet, writes their outcomes
 * into the ledger as they come, and publishes each product when its own tasks are all there.
 */
public final class ChunkJob {
  private final Map<String, String> hadoop;

  private ChunkJob(Map<String, String> hadoop) {
    this.hadoop = Map.copyOf(hadoop);
  }

  /**
   * Tasks run on Spark.
   *
   * @param hadoop settings of the stores ({@code fs.*}), shipped with the tasks
   */
  public static ChunkJob onSpark(SparkContext spark, Map<String, String> hadoop) {
    return new ChunkJob(hadoop);
  }

  /** Tasks run one after the other in this thread: the measure of the Spark result. */
  public static ChunkJob inLoop(Map<String, String> hadoop) {
    return new ChunkJob(hadoop);
  }

  /**
   * Runs to the end, or to the first thing that stops it.
   *
   * @throws org.cornerturn.UserError when nothing could be started: a product of other parameters
   *     is in the way, another driver is at work, a store can't be reached
   */
  public <T extends ChunkTask> RunReport run(
      RunRequest<T> request, Kernel<T> kernel, Progress progress) {
    throw new UnsupportedOperationException(hadoop.toString());
  }
}
