package org.cornerturn.jobs.pyramid;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.cornerturn.spark.Kernel;
import org.cornerturn.spark.Outcome;
import org.cornerturn.spark.TaskStores;

/** Does the tasks of a pyramid. */
record PyramidKernel() implements Kernel<PyramidTask> {
  @Override
  public Outcome run(PyramidTask task, TaskStores stores) throws IOException {
    try {
      if (task instanceof LineTask line) {
        new LineReduction(line, stores).run();
      } else {
        new ImageReduction((ImageTask) task, stores).run();
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return Outcome.done(task.id(), stores.written(), task.inputBytes());
  }
}
