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
import org.apache.spark.rdd.RDD;
import scala.Function0;
import scala.Function1;
import scala.Function2;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;
import scala.runtime.BoxedUnit;

/**
 * Work as the partitions of Spark jobs, each result handed to the driver's thread as it arrives. An
 * RDD rather than a Dataset for that reason, and because nothing of SQL is then started.
 */
final class SparkBatches {
  /** Partitions per job: Spark's scheduler keeps a few KB for each. */
  private static final int JOB_PARTITIONS = 20_000;

  private static final long POLL_MILLIS = 100;

  private final SparkContext spark;

  SparkBatches(SparkContext spark) {
    this.spark = spark;
  }

  /** What is done with a partition's one element, where it is. */
  @FunctionalInterface
  interface Work<I, O> extends Serializable {
    O on(I input);
  }

  /** Takes results, always in the thread that called {@link #run}. */
  interface Sink<O> {
    void accept(O result) throws IOException;

    /** Called about ten times a second. */
    default void idle() throws IOException {}

    /** Whether no further work shall start. */
    default boolean isStopped() {
      return false;
    }
  }

  /**
   * @param batches serializable, one for each partition
   */
  <I, O> void run(List<I> batches, Work<I, O> work, Sink<O> sink) throws IOException {
    for (int from = 0; from < batches.size() && !sink.isStopped(); from += JOB_PARTITIONS) {
      job(batches.subList(from, Math.min(batches.size(), from + JOB_PARTITIONS)), work, sink);
    }
  }

  private <I, O> void job(List<I> batches, Work<I, O> work, Sink<O> sink) throws IOException {
    BlockingQueue<O> arrived = new LinkedBlockingQueue<>();
    RDD<I> rdd =
        spark.parallelize(
            CollectionConverters.asScala(batches).toSeq(),
            batches.size(),
            ClassTag$.MODULE$.apply(Object.class));
    List<Object> partitions = new ArrayList<>();
    for (int i = 0; i < batches.size(); i++) {
      partitions.add(i);
    }
    Function2<Object, O, BoxedUnit> handler =
        (partition, result) -> {
          arrived.add(result);
          return BoxedUnit.UNIT;
        };
    Function0<BoxedUnit> nothing = () -> BoxedUnit.UNIT;
    SimpleFutureAction<BoxedUnit> job =
        spark.submitJob(
            rdd,
            new Partition<>(work),
            CollectionConverters.asScala(partitions).toSeq(),
            handler,
            nothing);
    drain(job, arrived, sink);
  }

  private static <O> void drain(
      SimpleFutureAction<BoxedUnit> job, BlockingQueue<O> arrived, Sink<O> sink)
      throws IOException {
    boolean cancelled = false;
    try {
      while (true) {
        boolean over = job.isCompleted();
        O result = over ? arrived.poll() : arrived.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
        if (result != null) {
          sink.accept(result);
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

  private static final class Partition<I, O> implements Function1<Iterator<I>, O>, Serializable {
    private static final long serialVersionUID = 1L;
    private final Work<I, O> work;

    Partition(Work<I, O> work) {
      this.work = work;
    }

    @Override
    public O apply(Iterator<I> elements) {
      return work.on(elements.next());
    }
  }
}
