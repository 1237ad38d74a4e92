package org.cornerturn.jobs.flag;

import java.io.IOException;
import java.util.List;
import org.cornerturn.spark.Kernel;
import org.cornerturn.spark.Outcome;
import org.cornerturn.spark.TaskStores;

/** Does the tasks of flagging. */
record FlagKernel() implements Kernel<FlagTask> {
  @Override
  public Outcome run(FlagTask task, TaskStores stores) throws IOException {
    if (task instanceof FlagTask.Write write) {
      new FlagWriter(write, stores).run();
      // The counts beside the flags are gone once they are in the table, so no ledger has them.
      return Outcome.done(
          task.id(),
          stores.written().stream()
              .filter(o -> !o.key().startsWith(write.source().parts()))
              .toList(),
          task.inputBytes());
    }
    if (task instanceof FlagTask.Search search) {
      new WindowSearch(search, stores).run();
    } else {
      TotalFlags.decide((FlagTask.Total) task, stores);
    }
    // As above: parts go when the flags are published.
    return Outcome.done(task.id(), List.of(), task.inputBytes());
  }
}
