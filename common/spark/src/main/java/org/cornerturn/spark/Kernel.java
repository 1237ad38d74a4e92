package org.cornerturn.spark;

import java.io.IOException;
import java.io.Serializable;
import org.cornerturn.plan.ChunkTask;

/**
 * Does one task: reads its inputs, computes, writes whole objects into the product. It is shipped
 * to executors and must be a pure function of the task: two runs write the same bytes under the
 * same keys. It starts no threads.
 *
 * @param <T> the unit of work
 */
public interface Kernel<T extends ChunkTask> extends Serializable {
  /**
   * @return usually {@code Outcome.done(task.id(), stores.written(), bytesIn)}
   * @throws org.cornerturn.UserError or an exception marked {@link org.cornerturn.InputFault} when
   *     the input is at fault: the product is refused, others go on
   * @throws IOException when reading or writing failed: the engine tries again a few times, then
   *     leaves the task for {@code resume}
   */
  Outcome run(T task, TaskStores stores) throws IOException;
}
