package org.cornerturn.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.cornerturn.UserError;
import org.cornerturn.plan.ChunkTask;
import org.cornerturn.storage.S3Settings;

/**
 * The engine: runs the tasks of products that the ledger does not have yet, writes their outcomes
 * into the ledger as they come, and publishes each product when its own tasks are all there.
 */
public final class ChunkJob {
  private final Dispatcher dispatcher;
  private final Map<String, String> hadoop;

  private ChunkJob(Dispatcher dispatcher, Map<String, String> hadoop) {
    this.dispatcher = dispatcher;
    this.hadoop = S3Settings.completed(hadoop);
  }

  /**
   * Tasks run on Spark.
   *
   * @param hadoop settings of the stores ({@code fs.*}), shipped with the tasks
   */
  public static ChunkJob onSpark(SparkContext spark, Map<String, String> hadoop) {
    return new ChunkJob(new SparkDispatcher(spark, 0), hadoop);
  }

  /**
   * As {@link #onSpark(SparkContext, Map)}, each wave in so many partitions, as far as it has
   * tasks: products don't depend on them.
   */
  public static ChunkJob onSpark(SparkContext spark, Map<String, String> hadoop, int partitions) {
    if (partitions < 1) {
      throw new IllegalArgumentException(partitions + " partitions");
    }
    return new ChunkJob(new SparkDispatcher(spark, partitions), hadoop);
  }

  /** Tasks run one after the other in this thread: the measure of the Spark result. */
  public static ChunkJob inLoop(Map<String, String> hadoop) {
    return new ChunkJob(new LoopDispatcher(), hadoop);
  }

  /**
   * Runs to the end, or to the first thing that stops it.
   *
   * @throws UserError when nothing could be started (a product of other parameters is in the way,
   *     another driver is at work, a store can't be reached); once tasks run, such a fault or the
   *     loss of the lease makes an incomplete run of it, whose message says why
   * @throws UncheckedIOException when the driver can't read or write its records for a reason that
   *     is not the user's; {@code resume} goes on from the ledger
   */
  public <T extends ChunkTask> RunReport run(
      RunRequest<T> request, Kernel<T> kernel, Progress progress) {
    try {
      return new Run<>(dispatcher, hadoop, request, kernel, progress).execute();
    } catch (IOException e) {
      throw StoreFaults.explain(e, request.folder())
          .<RuntimeException>map(u -> u)
          .orElseGet(() -> new UncheckedIOException(e));
    }
  }
}
