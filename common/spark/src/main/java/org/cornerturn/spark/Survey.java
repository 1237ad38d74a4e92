package org.cornerturn.spark;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkContext;

/**
 * Asks the same question of many inputs, on Spark or in a plain loop. Inputs and answers are small
 * records; answers arrive one batch after the other, in any order, in the caller's thread.
 */
public final class Survey {
  /** Inputs of a batch: enough that scheduling costs less than asking. */
  private static final int MOST = 256;

  /** Batches for each core, so that no core waits for the last one for long. */
  private static final int BATCHES_PER_CORE = 8;

  private final SparkContext spark;

  private Survey(SparkContext spark) {
    this.spark = spark;
  }

  /** Batches are the partitions of a Spark job. */
  public static Survey onSpark(SparkContext spark) {
    return new Survey(spark);
  }

  /** One batch after the other in this thread: the measure of the Spark result. */
  public static Survey inLoop() {
    return new Survey(null);
  }

  /**
   * The question. It is asked again where an executor is lost, so it must not mind.
   *
   * @param <I> a serializable input
   * @param <O> a serializable answer
   */
  @FunctionalInterface
  public interface Question<I, O> extends Serializable {
    O ask(List<I> batch);
  }

  /** Hears of answers. */
  @FunctionalInterface
  public interface Listener<O> {
    void answered(O answer) throws IOException;
  }

  /**
   * Asks, and returns when every batch has answered.
   *
   * @throws IOException of the listener
   */
  public <I extends Serializable, O extends Serializable> void run(
      List<I> inputs, Question<I, O> question, Listener<O> listener) throws IOException {
    if (spark == null) {
      for (ArrayList<I> batch : batches(inputs, 1)) {
        listener.answered(question.ask(batch));
      }
      return;
    }
    new SparkBatches(spark)
        .<ArrayList<I>, O>run(
            batches(inputs, spark.defaultParallelism()), question::ask, listener::answered);
  }

  private static <I> List<ArrayList<I>> batches(List<I> inputs, int cores) {
    int size = Math.min(MOST, Math.max(1, inputs.size() / (BATCHES_PER_CORE * cores)));
    List<ArrayList<I>> batches = new ArrayList<>();
    for (int from = 0; from < inputs.size(); from += size) {
      batches.add(new ArrayList<>(inputs.subList(from, Math.min(inputs.size(), from + size))));
    }
    return batches;
  }
}
