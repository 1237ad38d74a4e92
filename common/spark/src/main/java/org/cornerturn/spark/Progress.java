package org.cornerturn.spark;

/** Hears of a run's progress, on the driver, from one thread. */
public interface Progress {
  /** Hears nothing. */
  Progress NONE = new Progress() {};

  /**
   * The run is about to start its tasks.
   *
   * @param tasks tasks still to do
   * @param done tasks that the ledger has already
   * @param bytesIn input bytes of the tasks still to do
   */
  default void started(long tasks, long done, long bytesIn) {}

  /** A task ended. */
  default void finished(Outcome outcome) {}

  /** A product is visible now. */
  default void published(String productId, String root) {}

  /** The run is over. */
  default void ended(RunReport report) {}
}
