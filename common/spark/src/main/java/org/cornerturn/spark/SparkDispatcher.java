package org.cornerturn.spark;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.cornerturn.plan.ChunkTask;
import org.cornerturn.spark.TaskRunner.Assignment;
import org.cornerturn.spark.TaskRunner.Result;
import scala.reflect.ClassTag$;

/** Tasks as the partitions of one Spark job, each result handed to the driver as it arrives. */
final class SparkDispatcher implements Dispatcher {
  /** Tasks below this share a partition, so that scheduling costs less than the work. */
  private static final long BATCH_BYTES = 16L << 20;

  private static final int BATCH_TASKS = 64;

  private final SparkContext spark;
  private final int partitions;

  /**
   * @param partitions of a wave; 0 for as many as suit its tasks and the cores
   */
  SparkDispatcher(SparkContext spark, int partitions) {
    this.spark = spark;
    this.partitions = partitions;
  }

  @Override
  public <T extends ChunkTask> void dispatch(
      TaskRunner<T> runner, List<Assignment<T>> tasks, Sink sink) throws IOException {
    TaskPacker packer = new TaskPacker();
    List<byte[]> batches = new ArrayList<>();
    for (ArrayList<Assignment<T>> batch :
        partitions > 0 ? parts(tasks, partitions) : batches(tasks, spark.defaultParallelism())) {
      batches.add(packer.pack(new Batch<>(runner, batch)));
    }
    // Spark's cleaner takes it away once nothing of the driver's holds it.
    Broadcast<TaskTable> shared =
        spark.broadcast(new TaskTable(packer.table()), ClassTag$.MODULE$.apply(TaskTable.class));
    new SparkBatches(spark)
        .run(
            batches,
            new Partition<T>(shared),
            new SparkBatches.Sink<ArrayList<Result>>() {
              @Override
              public void accept(ArrayList<Result> results) throws IOException {
                sink.accept(results);
              }

              @Override
              public void idle() throws IOException {
                sink.idle();
              }

              @Override
              public boolean isStopped() {
                return sink.isStopped();
              }
            });
  }

  /** Neighbours share a batch while they are small and every core still gets several batches. */
  static <T extends ChunkTask> List<ArrayList<Assignment<T>>> batches(
      List<Assignment<T>> tasks, int cores) {
    int most = Math.min(BATCH_TASKS, Math.max(1, tasks.size() / (8 * cores)));
    List<ArrayList<Assignment<T>>> batches = new ArrayList<>();
    ArrayList<Assignment<T>> batch = new ArrayList<>();
    long bytes = 0;
    for (Assignment<T> a : tasks) {
      long size = a.task().inputBytes();
      if (!batch.isEmpty() && (batch.size() == most || bytes + size > BATCH_BYTES)) {
        batches.add(batch);
        batch = new ArrayList<>();
        bytes = 0;
      }
      batch.add(a);
      bytes += size;
    }
    if (!batch.isEmpty()) {
      batches.add(batch);
    }
    return batches;
  }

  /** Neighbours in so many batches, of which none is empty. */
  static <T extends ChunkTask> List<ArrayList<Assignment<T>>> parts(
      List<Assignment<T>> tasks, int count) {
    List<ArrayList<Assignment<T>>> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int from = (int) ((long) i * tasks.size() / count);
      int to = (int) ((i + 1L) * tasks.size() / count);
      if (from < to) {
        parts.add(new ArrayList<>(tasks.subList(from, to)));
      }
    }
    return parts;
  }

  private record Batch<T extends ChunkTask>(TaskRunner<T> runner, ArrayList<Assignment<T>> tasks)
      implements Serializable {}

  /** The work of one partition: its tasks one after the other. */
  private record Partition<T extends ChunkTask>(Broadcast<TaskTable> shared)
      implements SparkBatches.Work<byte[], ArrayList<Result>> {
    @Override
    public ArrayList<Result> on(byte[] packed) {
      @SuppressWarnings("unchecked") // As it was packed.
      Batch<T> batch = (Batch<T>) shared.value().unpack(packed);
      ArrayList<Result> results = new ArrayList<>();
      for (Assignment<T> a : batch.tasks()) {
        TaskContext.get().killTaskIfInterrupted();
        try {
          results.add(batch.runner().run(a));
        } catch (InterruptedIOException e) {
          TaskContext.get().killTaskIfInterrupted();
          throw new UncheckedIOException(e);
        }
      }
      return results;
    }
  }
}
