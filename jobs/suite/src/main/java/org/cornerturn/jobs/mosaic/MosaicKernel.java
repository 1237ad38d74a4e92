package org.cornerturn.jobs.mosaic;

import java.io.IOException;
import org.cornerturn.spark.Kernel;
import org.cornerturn.spark.Outcome;
import org.cornerturn.spark.TaskStores;

/** Does the tasks of {@code mosaic}. */
record MosaicKernel() implements Kernel<MosaicTask> {
  @Override
  public Outcome run(MosaicTask task, TaskStores stores) throws IOException {
    if (task instanceof TileTask tile) {
      new TileStep(tile, stores).run();
    } else if (task instanceof BlendTask blend) {
      new BlendStep(blend, stores).run();
    } else {
      new FileStep((FileTask) task, stores).run();
    }
    return Outcome.done(task.id(), stores.written(), task.inputBytes());
  }
}
