package org.cornerturn.query.http;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * How long a request may go on: its wall time, and only while its client waits. Loops that take
 * long call {@link #check} now and then; it is cheap.
 */
public final class Deadline {
  /** No end and no client: for work of the service's own. */
  public static final Deadline NONE = new Deadline(Long.MAX_VALUE, 0, () -> false);

  private static final long PROBE_NANOS = Duration.ofMillis(100).toNanos();

  private final long end;
  private final long seconds;
  private final BooleanSupplier clientGone;
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
    long now = System.nanoTime();
    if (end - now < 0) {
      throw Problem.tooSlow(seconds);
    }
    if (isGone(now)) {
      throw new ClientGone();
    }
  }

  private synchronized boolean isGone(long now) {
    if (!gone && now - probed >= PROBE_NANOS) {
      probed = now;
      gone = clientGone.getAsBoolean();
    }
    return gone;
  }

  /** What is left, in nanoseconds; not negative. */
  public long remainingNanos() {
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
