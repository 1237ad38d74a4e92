package org.cornerturn.jobs.convert;

import java.io.IOException;
import java.io.Serializable;
import org.cornerturn.UserError;
import org.cornerturn.plan.ChunkTask;
import org.cornerturn.spark.TaskStores;
import org.cornerturn.storage.ObjectChannel;
import org.cornerturn.storage.ObjectStatus;
import org.cornerturn.storage.ObjectStore;

/** A task of a conversion. */
sealed interface ConvertTask extends ChunkTask
    permits CopyTask, WaveTask, WaveMergeTask, VisibilityTask, RowTask, HeaderTask, CoordinateTask {

  /**
   * The input of a task, as it was when the task was planned.
   *
   * @param folder URI of its store
   * @param key its key there
   * @param version what changes when its content does
   */
  record Source(String folder, String key, String version) implements Serializable {
    /**
     * Opens the input for range reads; the caller closes it.
     *
     * @throws UserError when it has changed since it was planned
     */
    ObjectChannel open(TaskStores stores) throws IOException {
      ObjectStore store = stores.open(folder);
      String now = store.status(key).map(ObjectStatus::version).orElse("none");
      if (!now.equals(version)) {
        throw new UserError(
            folder + "/" + key,
            "it has changed while it was being converted",
            "Run the command again with --overwrite once the file is complete");
      }
      return store.open(key);
    }
  }
}
