package org.cornerturn.jobs.crossmatch;

import java.io.IOException;
import org.cornerturn.spark.Kernel;
import org.cornerturn.spark.Outcome;
import org.cornerturn.spark.TaskStores;

/** Does the tasks of {@code crossmatch}. */
record CrossmatchKernel() implements Kernel<CrossmatchTask> {
  @Override
  public Outcome run(CrossmatchTask task, TaskStores stores) throws IOException {
    if (task instanceof SortTask sort) {
      new SortStep(sort, stores).run();
    } else if (task instanceof MatchTask match) {
      new MatchStep(match, stores).run();
    } else {
      new FileStep((FileTask) task, stores).run();
    }
    return Outcome.done(task.id(), stores.written(), task.inputBytes());
  }
}
