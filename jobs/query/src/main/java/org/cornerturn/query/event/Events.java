package org.cornerturn.query.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.cornerturn.query.http.Json;

/** The last events, for whoever follows them and whoever was away for a while. */
public final class Events {
  /** Told to one who was away for too long: what he knows may be out of date. */
  static final String RESET = "reset";

  private final int most;
  private final ArrayDeque<Event> ring = new ArrayDeque<>();
  private long last;
  private boolean isClosed;

  /**
   * @param most how many are kept
   * @param startMillis time of the start, from which ids count on
   */
  public Events(int most, long startMillis) {
    this.most = most;
    this.last = startMillis * 1_000;
  }

  public synchronized void publish(String name, JsonNode data) {
    ring.addLast(new Event(++last, name, data));
    if (ring.size() > most) {
      ring.removeFirst();
    }
    notifyAll();
  }

  /** The id of the last event; the start's where there was none. */
  public synchronized long last() {
    return last;
  }

  /**
   * The events after one; a {@code reset} before them where some of those are no longer kept.
   *
   * @param id as given by {@link Event#id}, {@link #last}, or by an earlier run of the service
   */
  public synchronized List<Event> after(long id) {
    List<Event> later = ring.stream().filter(e -> e.id() > id).toList();
    long oldest = ring.isEmpty() ? last : ring.getFirst().id() - 1;
    if (id >= oldest && id <= last) {
      return later;
    }
    Event reset = new Event(later.isEmpty() ? last : later.get(0).id() - 1, RESET, Json.object());
    return java.util.stream.Stream.concat(java.util.stream.Stream.of(reset), later.stream())
        .toList();
  }

  /** As {@link #after}, but waits for the first one for some time. */
  public synchronized List<Event> await(long id, Duration most) throws InterruptedException {
    long end = System.nanoTime() + most.toNanos();
    while (!isClosed && id == last) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        return List.of();
      }
      wait(left);
    }
    return after(id);
  }

  /** Wakes all who wait: there will be no more. */
  public synchronized void close() {
    isClosed = true;
    notifyAll();
  }

  public synchronized boolean isClosed() {
    return isClosed;
  }
}
