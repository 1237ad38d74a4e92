package org.cornerturn.query;

import java.util.concurrent.TimeUnit;
import org.cornerturn.query.http.Deadline;
import org.cornerturn.query.http.Problem;

/**
 * The memory that requests may have together while they are answered. Who needs more than a few
 * hundred kilobytes reserves them first, and waits while there are none.
 */
public final class RequestMemory {
  private static final long WAIT_MILLIS = 50;

  private final long most;
  private long reserved;

  public RequestMemory(long most) {
    this.most = most;
  }

  /** Bytes until it is closed. */
  public final class Reservation implements AutoCloseable {
    private long bytes;

    private Reservation(long bytes) {
      this.bytes = bytes;
    }

    @Override
    public void close() {
      long freed = bytes;
      bytes = 0;
      release(freed);
    }
  }

  /**
   * Waits for the bytes as long as the deadline allows.
   *
   * @throws Problem 413 when it is more than there ever is, 503 when the time is over
   */
  public Reservation reserve(long bytes, Deadline deadline) throws InterruptedException {
    if (bytes > most) {
      throw Problem.tooLarge("memory_bytes", most, bytes);
    }
    synchronized (this) {
      while (reserved + bytes > most) {
        deadline.check();
        TimeUnit.MILLISECONDS.timedWait(this, WAIT_MILLIS);
      }
      reserved += bytes;
    }
    return new Reservation(bytes);
  }

  private synchronized void release(long bytes) {
    reserved -= bytes;
    notifyAll();
  }

  /** Bytes of all, and those reserved now. */
  public synchronized long reserved() {
    return reserved;
  }

  public long most() {
    return most;
  }
}
