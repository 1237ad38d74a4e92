package org.cornerturn.spark;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.util.ShutdownHookManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a run does when its process is asked to end (SIGINT, SIGTERM): it records what is done and
 * gives its lease back, so that {@code resume} starts at once and with nothing to repeat.
 */
final class Interruption implements AutoCloseable {
  /** Before Spark (40) and Hadoop's file systems (10) shut down. */
  private static final int PRIORITY = 90;

  private static final long SECONDS = 20;
  private static final Logger LOG = LoggerFactory.getLogger(Interruption.class);

  private final Run<?> run;
  private final Lease lease;
  private final Runnable hook = this::end;
  private volatile Journal journal;

  Interruption(Run<?> run, Lease lease) {
    this.run = run;
    this.lease = lease;
    ShutdownHookManager.get().addShutdownHook(hook, PRIORITY, SECONDS, TimeUnit.SECONDS);
  }

  void watch(Journal watched) {
    journal = watched;
  }

  private void end() {
    run.interrupt();
    try {
      if (journal != null) {
        journal.flush();
        journal.close();
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("the latest chunks could not be recorded and will be done again: {}", e.toString());
    } finally {
      lease.close();
    }
  }

  @Override
  public void close() {
    if (!ShutdownHookManager.get().isShutdownInProgress()) {
      ShutdownHookManager.get().removeShutdownHook(hook);
    }
  }
}
