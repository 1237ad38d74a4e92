package org.cornerturn.spark;

import java.io.InterruptedIOException;
import java.util.concurrent.Semaphore;

/**
 * The heap that the tasks of a JVM share. Spark starts a task for every core; tasks that would not
 * fit together wait for each other here, so that many cores and a small heap make a slow run and
 * not a failed one.
 */
final class MemoryBudget {
  /** What the driver, or an executor, needs besides its tasks. */
  private static final long BASE = 96L << 20;

  private static final long UNIT = 1L << 20;

  /** Of this JVM. */
  static final MemoryBudget OF_THIS_JVM = of(Runtime.getRuntime().maxMemory());

  private final Semaphore units;
  private final int all;

  MemoryBudget(long bytes) {
    all = (int) Math.max(1, Math.min(Integer.MAX_VALUE, bytes / UNIT));
    // Fair: a large task is not overtaken for ever by small ones.
    units = new Semaphore(all, true);
  }

  /** The budget under a heap: what is left beside Spark, with some room for the collector. */
  static MemoryBudget of(long heapBytes) {
    return new MemoryBudget(Math.max(heapBytes / 4, (heapBytes - BASE) / 10 * 9));
  }

  /** A part of the budget, given back when closed. */
  final class Share implements AutoCloseable {
    private final int taken;

    private Share(int taken) {
      this.taken = taken;
    }

    @Override
    public void close() {
      units.release(taken);
    }
  }

  /**
   * Waits until so much is free. A task larger than the budget gets all of it, and runs alone.
   *
   * @throws InterruptedIOException when the task is killed while it waits
   */
  Share take(long bytes) throws InterruptedIOException {
    int wanted = (int) Math.min(all, Math.max(0, (bytes + UNIT - 1) / UNIT));
    try {
      units.acquire(wanted);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (InterruptedIOException)
          new InterruptedIOException("interrupted while waiting for memory").initCause(e);
    }
    return new Share(wanted);
  }
}
