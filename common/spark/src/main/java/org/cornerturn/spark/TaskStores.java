package org.cornerturn.spark;

import java.io.IOException;
import java.util.List;
import org.cornerturn.storage.ObjectStore;

/** The stores that a task may use, with the job's settings and credentials. */
public interface TaskStores {
  /**
   * The product's root; of a product of one file, the folder that it lies in. Every object put here
   * is recorded for the ledger, its checksum taken on the way.
   */
  ObjectStore product();

  /**
   * Any other store, by URI or local path; shared by the tasks of a JVM, so the task must not close
   * it.
   */
  ObjectStore open(String uri) throws IOException;

  /** What this task has put into {@link #product()} so far, in that order. */
  List<WrittenObject> written();
}
