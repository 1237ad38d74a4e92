package org.cornerturn.jobs.calibrate;

import java.io.IOException;
import org.cornerturn.spark.Kernel;
import org.cornerturn.spark.Outcome;
import org.cornerturn.spark.TaskStores;

/** Does the tasks of {@code calibrate}. */
record CalibrateKernel() implements Kernel<CalibrateTask> {
  @Override
  public Outcome run(CalibrateTask task, TaskStores stores) throws IOException {
    if (task instanceof SolveTask solve) {
      new SolveStep(solve, stores).run();
    } else if (task instanceof CheckTask check) {
      new CheckStep(check, stores).run();
    } else if (task instanceof RowsTask rows) {
      WrittenRows.write(rows, stores);
    } else {
      new FinishStep((FinishTask) task, stores).run();
    }
    return Outcome.done(task.id(), stores.written(), task.inputBytes());
  }
}
