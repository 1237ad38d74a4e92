package org.cornerturn.query.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lets requests run in the order in which they came, a few for each core at a time. Many short ones
 * at once would else take the cores from each other, and the unlucky wait for many of the others'
 * slices. One that runs long (a stream, a slow store) loses its turn to those that wait and goes on
 * beside them.
 */
final class Turns {
  private static final int FOR_EACH_CORE = 2;
  private static final Duration LENGTH = Duration.ofMillis(50);

  // Fair: first come, first served.
  private final Semaphore free;
  private final long lengthNanos;
  private final Set<Turn> taken = ConcurrentHashMap.newKeySet();

  Turns() {
    this(FOR_EACH_CORE * Runtime.getRuntime().availableProcessors(), LENGTH);
  }

  /**
   * @param most turns at the same time
   * @param length after which one may be taken away
   */
  Turns(int most, Duration length) {
    this.free = new Semaphore(most, true);
    this.lengthNanos = length.toNanos();
  }

  /** Of a request; closed when it has been answered. */
  final class Turn implements AutoCloseable {
    private final long began = System.nanoTime();
    private final AtomicBoolean holds;

    private Turn(boolean holds) {
      this.holds = new AtomicBoolean(holds);
    }

    boolean isHeld() {
      return holds.get();
    }

    @Override
    public void close() {
      if (holds.compareAndSet(true, false)) {
        taken.remove(this);
        free.release();
      }
    }
  }

  /** Waits for a turn, no longer than a turn may last. */
  Turn take() throws InterruptedException {
    endLongOnes();
    Turn turn = new Turn(free.tryAcquire(lengthNanos, TimeUnit.NANOSECONDS));
    if (turn.isHeld()) {
      taken.add(turn);
    }
    return turn;
  }

  private void endLongOnes() {
    if (free.hasQueuedThreads() || free.availablePermits() == 0) {
      long now = System.nanoTime();
      for (Turn t : taken) {
        if (now - t.began > lengthNanos) {
          t.close();
        }
      }
    }
  }
}
