package org.cornerturn.query.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * How long a request may go on: its wall time, and only while its client waits. Loops that take
 * long call {@link #check} now and then; it is cheap. Who sends a long answer gets more time with
 * each byte that the client takes.
 */
public final class Deadline {
  /** No end and no client: for work of the service's own. */
  public static final Deadline NONE = new Deadline(0, 0, () -> false);

  private static final long PROBE_NANOS = Duration.ofMillis(100).toNanos();

  private final long seconds;
  private final BooleanSupplier clientGone;
  private long end;
  private long probed = System.nanoTime();
  private boolean gone;

  private Deadline(long end, long seconds, BooleanSupplier clientGone) {
    this.end = end;
    this.seconds = seconds;
    this.clientGone = clientGone;
  }

  /**
   * @param clientGone asked ten times a second at most
   */
  public static Deadline after(Duration time, BooleanSupplier clientGone) {
    return new Deadline(System.nanoTime() + time.toNanos(), time.toSeconds(), clientGone);
  }

  /**
   * @throws Problem when the time is over
   * @throws ClientGone when nobody waits for the answer any more
   */
  public void check() {
    if (this == NONE) {
      return;
    }
    if (remainingNanos() == 0) {
      throw Problem.tooSlow(seconds);
    }
    if (isGone()) {
      throw new ClientGone();
    }
  }

  private synchronized boolean isGone() {
    long now = System.nanoTime();
    if (!gone && now - probed >= PROBE_NANOS) {
      probed = now;
      gone = clientGone.getAsBoolean();
    }
    return gone;
  }

  /** The client has taken a piece of a long answer: there is time for another. */
  synchronized void sent() {
    end = Math.max(end, System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds));
  }

  /** For an answer without end. */
  synchronized void lift() {
    end = System.nanoTime() + Long.MAX_VALUE / 2;
  }

  /** What is left, in nanoseconds; not negative. */
  public synchronized long remainingNanos() {
    return this == NONE ? Long.MAX_VALUE : Math.max(0, end - System.nanoTime());
  }

  /** The client has closed its connection: there is nobody to answer. */
  public static final class ClientGone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ClientGone() {
      super("the client has gone", null, false, false);
    }
  }
}
