package org.cornerturn.jobs.image;

import java.io.IOException;
import org.cornerturn.spark.Kernel;
import org.cornerturn.spark.Outcome;
import org.cornerturn.spark.TaskStores;

/** Does the tasks of {@code image}. */
record ImageKernel() implements Kernel<ImageTask> {
  @Override
  public Outcome run(ImageTask task, TaskStores stores) throws IOException {
    if (task instanceof WeighTask weigh) {
      WeighStep.run(weigh, stores);
    } else if (task instanceof JoinTask join) {
      WeighStep.run(join, stores);
    } else if (task instanceof GridTask grid) {
      new GridStep(grid, stores).run();
    } else if (task instanceof CleanTask clean) {
      new CleanStep(clean, stores).run();
    } else if (task instanceof OutputTask output) {
      new OutputStep(output, stores).run();
    } else if (task instanceof ReportTask report) {
      new ReportStep(report, stores).run();
    } else {
      new ImageArrays(task.imaging())
          .writeCoordinates(stores.product(), stores.open(stores.product().uri()));
    }
    return Outcome.done(task.id(), stores.written(), task.inputBytes());
  }
}
