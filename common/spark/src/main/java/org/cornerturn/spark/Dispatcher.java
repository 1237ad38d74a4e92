package org.cornerturn.spark;

import java.io.IOException;
import java.util.List;
import org.cornerturn.plan.ChunkTask;
import org.cornerturn.spark.TaskRunner.Assignment;
import org.cornerturn.spark.TaskRunner.Result;

/** Where tasks run. */
interface Dispatcher {
  /** Receives results in the thread that called {@link #dispatch}. */
  interface Sink {
    void accept(List<Result> results) throws IOException;

    /** Called every so often while results are awaited. */
    void idle() throws IOException;

    /** Whether no further task should start. */
    boolean isStopped();
  }

  /** Runs every task once, or until the sink is stopped. */
  <T extends ChunkTask> void dispatch(TaskRunner<T> runner, List<Assignment<T>> tasks, Sink sink)
      throws IOException;
}
