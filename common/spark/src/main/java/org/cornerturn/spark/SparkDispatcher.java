package org.cornerturn.spark;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SimpleFutureAction;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import org.cornerturn.plan.ChunkTask;
import org.cornerturn.spark.TaskRunner.Assignment;
import org.cornerturn.spark.TaskRunner.Result;
import scala.Function0;
import scala.Function1;
import scala.Function2;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;
import scala.runtime.BoxedUnit;

/**
 * Tasks as the partitions of one Spark job, each result handed to the driver as it arrives. An RDD
 * rather than a Dataset for that reason, and because nothing of SQL is then started.
 */
final class SparkDispatcher implements Dispatcher {
  /** Tasks below this share a partition, so that scheduling costs less than the work. */
  private static final long BATCH_BYTES = 16L << 20;

  private static final int BATCH_TASKS = 64;

  /** Partitions per job: Spark's scheduler keeps a few KB for each. */
  private static final int JOB_PARTITIONS = 20_000;

  private static final long POLL_MILLIS = 100;

  private final SparkContext spark;

  SparkDispatcher(SparkContext spark) {
    this.spark = spark;
  }

  @Override
  public <T extends ChunkTask> void dispatch(
      TaskRunner<T> runner, List<Assignment<T>> tasks, Sink sink) throws IOException {
    List<ArrayList<Assignment<T>>> batches = batches(tasks, spark.defaultParallelism());
    for (int from = 0; from < batches.size() && !sink.isStopped(); from += JOB_PARTITIONS) {
      run(runner, batches.subList(from, Math.min(batches.size(), from + JOB_PARTITIONS)), sink);
    }
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

  private <T extends ChunkTask> void run(
      TaskRunner<T> runner, List<ArrayList<Assignment<T>>> batches, Sink sink) throws IOException {
    BlockingQueue<List<Result>> arrived = new LinkedBlockingQueue<>();
    RDD<ArrayList<Assignment<T>>> rdd =
        spark.parallelize(
            CollectionConverters.asScala(batches).toSeq(),
            batches.size(),
            ClassTag$.MODULE$.apply(ArrayList.class));
    List<Object> partitions = new ArrayList<>();
    for (int i = 0; i < batches.size(); i++) {
      partitions.add(i);
    }
    Function2<Object, ArrayList<Result>, BoxedUnit> handler =
        (partition, results) -> {
          arrived.add(results);
          return BoxedUnit.UNIT;
        };
    Function0<BoxedUnit> nothing = () -> BoxedUnit.UNIT;
    SimpleFutureAction<BoxedUnit> job =
        spark.submitJob(
            rdd,
            new Partition<>(runner),
            CollectionConverters.asScala(partitions).toSeq(),
            handler,
            nothing);
    drain(job, arrived, sink);
  }

  private static void drain(
      SimpleFutureAction<BoxedUnit> job, BlockingQueue<List<Result>> arrived, Sink sink)
      throws IOException {
    boolean cancelled = false;
    try {
      while (true) {
        boolean over = job.isCompleted();
        List<Result> results =
            over ? arrived.poll() : arrived.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
        if (results != null) {
          sink.accept(results);
        } else if (over) {
          break;
        }
        sink.idle();
        if (sink.isStopped() && !cancelled) {
          cancelled = true;
          job.cancel();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      job.cancel();
      throw (InterruptedIOException) new InterruptedIOException("run interrupted").initCause(e);
    } catch (IOException | RuntimeException e) {
      job.cancel();
      throw e;
    }
    if (!cancelled && job.value().get().isFailure()) {
      Throwable fault = job.value().get().failed().get();
      throw new IllegalStateException("the Spark job failed: " + fault.getMessage(), fault);
    }
  }

  /** The work of one partition: its tasks one after the other. */
  private static final class Partition<T extends ChunkTask>
      implements Function1<Iterator<ArrayList<Assignment<T>>>, ArrayList<Result>>, Serializable {
    private static final long serialVersionUID = 1L;
    private final TaskRunner<T> runner;

    Partition(TaskRunner<T> runner) {
      this.runner = runner;
    }

    @Override
    public ArrayList<Result> apply(Iterator<ArrayList<Assignment<T>>> batches) {
      ArrayList<Result> results = new ArrayList<>();
      while (batches.hasNext()) {
        for (Assignment<T> a : batches.next()) {
          TaskContext.get().killTaskIfInterrupted();
          try {
            results.add(runner.run(a));
          } catch (InterruptedIOException e) {
            TaskContext.get().killTaskIfInterrupted();
            throw new java.io.UncheckedIOException(e);
          }
        }
      }
      return results;
    }
  }
}
