package org.cornerturn.spark;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.cornerturn.UserError;
import org.cornerturn.storage.ObjectStatus;
import org.cornerturn.storage.ObjectStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to write into a folder's products and ledger: one driver at a time. Taken with a
 * conditional put and renewed by a thread of the driver; when renewals stop, another driver may
 * take it after a while, at once if the holder was a process of the same machine that is gone.
 */
public final class Lease implements AutoCloseable {
  static final String KEY = "lease.json";
  static final Duration RENEWAL = Duration.ofSeconds(30);
  static final Duration STALE = Duration.ofSeconds(120);
  private static final int ATTEMPTS = 4;
  private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

  private final ObjectStore state;
  private final ScheduledExecutorService renewals;
  private Holder self;
  private String version;
  private boolean lost;

  private Lease(ObjectStore state, Holder self, String version) {
    this.state = state;
    this.self = self;
    this.version = version;
    this.renewals =
        Executors.newSingleThreadScheduledExecutor(
            r -> {
              Thread t = new Thread(r, "lease");
              t.setDaemon(true);
              return t;
            });
    long every = RENEWAL.toMillis();
    renewals.scheduleWithFixedDelay(this::renewOrLog, every, every, TimeUnit.MILLISECONDS);
  }

  /**
   * @param state the folder's {@code _cornerturn/}
   * @throws UserError when another driver holds it
   */
  public static Lease take(ObjectStore state, String verb) throws IOException {
    Holder self = Holder.self(verb);
    while (true) {
      if (state.putIfAbsent(KEY, self.bytes())) {
        return new Lease(state, self, versionOf(state, self));
      }
      Optional<ObjectStatus> status = state.status(KEY);
      if (status.isEmpty()) {
        continue; // Released meanwhile.
      }
      Holder other;
      try {
        other = Holder.of(state.get(KEY));
      } catch (NoSuchFileException e) {
        continue;
      }
      if (!other.isDead() && silence(state, status.get(), other, self).compareTo(STALE) <= 0) {
        throw new UserError(
            "another run is at work in "
                + state.uri().replaceAll("/" + ProductPlan.STATE + "$", ""),
            "`"
                + other.verb()
                + "` on "
                + other.host()
                + ", process "
                + other.pid()
                + ", since "
                + other.since(),
            "Wait until it ends; if it has died without a trace, its lease runs out "
                + STALE.toSeconds()
                + " s after its last sign of life");
      }
      if (state.putIfMatch(KEY, self.bytes(), status.get().version())) {
        return new Lease(state, self, versionOf(state, self));
      }
    }
  }

  /**
   * For how long a holder has given no sign of life, by the store's clock: those of two machines
   * may differ by more than a lease lasts.
   *
   * @param lease what the store says of the lease
   */
  private static Duration silence(ObjectStore state, ObjectStatus lease, Holder other, Holder self)
      throws IOException {
    if (lease.modifiedMillis() <= 0) {
      return Duration.between(other.renewed(), Instant.now()); // This store keeps no times.
    }
    String clock = "clock-" + self.id();
    state.put(clock, new byte[1]);
    try {
      ObjectStatus now =
          state.status(clock).orElseThrow(() -> new NoSuchFileException(state.uri() + "/" + clock));
      return Duration.ofMillis(now.modifiedMillis() - lease.modifiedMillis());
    } finally {
      state.delete(clock);
    }
  }

  /**
   * The lease's version.
   *
   * @throws UserError when the lease is not of this holder
   */
  private static String versionOf(ObjectStore state, Holder self) throws IOException {
    Optional<ObjectStatus> status = state.status(KEY);
    try {
      if (status.isPresent() && Holder.of(state.get(KEY)).id().equals(self.id())) {
        return status.get().version();
      }
    } catch (NoSuchFileException e) {
      throw lost(state, e);
    }
    throw lost(state, null);
  }

  private static UserError lost(ObjectStore state, NoSuchFileException cause) {
    return new UserError(
        "this run lost its hold on " + state.uri(),
        "it gave no sign of life for "
            + STALE.toSeconds()
            + " s or more, and another run took over or removed its lease",
        "Nothing is lost: when the other run has ended, `cornerturn resume` does what is left",
        cause);
  }

  private void renewOrLog() {
    try {
      renew();
    } catch (IOException | RuntimeException e) {
      // The next renewal, or the next commit's check, decides.
      LOG.warn("the lease of {} could not be renewed: {}", state.uri(), e.toString());
    }
  }

  /** Shows a sign of life. */
  synchronized void renew() throws IOException {
    if (lost) {
      throw lost(state, null);
    }
    Holder next = self.renewed(Instant.now());
    for (int attempt = 1; !state.putIfMatch(KEY, next.bytes(), version); attempt++) {
      if (attempt == ATTEMPTS) {
        throw new IOException(state.uri() + "/" + KEY + " has another version at every look");
      }
      // Perhaps our own: a renewal that arrived, although its reply or the look after it failed.
      version = ownVersion();
    }
    self = next;
    version = ownVersion();
  }

  private String ownVersion() throws IOException {
    try {
      return versionOf(state, self);
    } catch (UserError e) {
      lost = true;
      throw e;
    }
  }

  /**
   * Makes sure, before something is committed, that the lease is still ours.
   *
   * @throws UserError when it is not
   */
  public synchronized void check() throws IOException {
    if (lost) {
      throw lost(state, null);
    }
    // After a long pause (a sleeping laptop) somebody may have taken it.
    if (Duration.between(self.renewed(), Instant.now()).compareTo(RENEWAL.multipliedBy(2)) > 0) {
      renew();
    }
  }

  /** Gives the lease back, if it is still ours. */
  @Override
  public void close() {
    renewals.shutdownNow();
    synchronized (this) {
      if (lost) {
        return;
      }
      lost = true;
      try {
        if (Holder.of(state.get(KEY)).id().equals(self.id())) {
          state.delete(KEY);
        }
      } catch (IOException e) {
        // It runs out by itself.
        LOG.warn("the lease of {} could not be released: {}", state.uri(), e.toString());
      }
    }
  }
}
