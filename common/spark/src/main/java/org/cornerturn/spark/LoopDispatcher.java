package org.cornerturn.spark;

import java.io.IOException;
import java.util.List;
import org.cornerturn.plan.ChunkTask;
import org.cornerturn.spark.TaskRunner.Assignment;

/** One task after the other, in the caller's thread. */
final class LoopDispatcher implements Dispatcher {
  @Override
  public <T extends ChunkTask> void dispatch(
      TaskRunner<T> runner, List<Assignment<T>> tasks, Sink sink) throws IOException {
    for (Assignment<T> a : tasks) {
      if (sink.isStopped()) {
        return;
      }
      sink.accept(List.of(runner.run(a)));
      sink.idle();
    }
  }
}
