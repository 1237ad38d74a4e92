package org.cornerturn.query.event;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.cornerturn.query.Warehouse;
import org.cornerturn.query.root.Roots;
import org.cornerturn.storage.Stores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the warehouse and at the roots now and then, and publishes what is new. */
public final class Watcher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Watcher.class);

  /** Looks at roots in a bucket cost requests: one look in so many at others. */
  private static final int REMOTE_EVERY = 15;

  private interface Look {
    void at(Events events) throws IOException;
  }

  private record Watched(String name, Look look, int every) {}

  private final Events events;
  private final Duration interval;
  private final List<Watched> all = new ArrayList<>();
  private final Set<String> failing = new HashSet<>();
  private final Thread thread = new Thread(this::watch, "watcher");

  public Watcher(Warehouse warehouse, Roots roots, Events events, Duration interval)
      throws IOException {
    this.events = events;
    this.interval = interval;
    int every = Stores.isLocal(warehouse.uri()) ? 1 : REMOTE_EVERY / 3;
    TableWatch runs = new TableWatch("runs", "job_update", warehouse.table("runs"));
    TableWatch products = new TableWatch("products", "product_update", warehouse.table("products"));
    all.add(new Watched("the table of runs", runs::look, every));
    all.add(new Watched("the table of products", products::look, every));
    roots.all().stream()
        .map(RootWatch::new)
        .forEach(
            r ->
                all.add(
                    new Watched(
                        "the root " + r.root().name(),
                        r::look,
                        Stores.isLocal(r.root().uri()) ? 1 : REMOTE_EVERY)));
    thread.setDaemon(true);
  }

  public void start() {
    thread.start();
  }

  private void watch() {
    for (long turn = 0; !events.isClosed(); turn++) {
      for (Watched w : all) {
        if (turn % w.every() == 0) {
          look(w);
        }
      }
      try {
        TimeUnit.NANOSECONDS.sleep(interval.toNanos());
      } catch (InterruptedException e) {
        return; // Only the end of the service interrupts it.
      }
    }
  }

  private void look(Watched w) {
    try {
      w.look().at(events);
      failing.remove(w.name());
    } catch (IOException | RuntimeException e) {
      if (failing.add(w.name())) { // Told once, not every two seconds.
        LOG.warn("{} can't be looked at; it is tried again", w.name(), e);
      }
    }
  }

  @Override
  public void close() {
    events.close();
    thread.interrupt();
  }
}
