package org.cornerturn.spark;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Outcomes on their way into the ledger: gathered, and committed every so often. The longer a run
 * lasts, the rarer its commits, so that their number stays small while a dead driver costs at most
 * a twentieth of the work.
 */
final class Journal {
  private static final int MOST_ROWS = 5_000;
  private static final double FIRST_SECONDS = 2;
  private static final double LAST_SECONDS = 30;
  private static final int ATTEMPTS = 4;

  private final Ledger ledger;
  private final Lease lease;
  private final Consumer<List<Ledger.Row>> committed;
  private final long start = System.nanoTime();
  private List<Ledger.Row> pending = new ArrayList<>();

  /** Rows whose commit has been tried; null when the last one is known to have succeeded. */
  private List<Ledger.Row> inFlight;

  private long last = start;
  private boolean closed;

  /**
   * @param committed hears of rows once they are in the ledger
   */
  Journal(Ledger ledger, Lease lease, Consumer<List<Ledger.Row>> committed) {
    this.ledger = ledger;
    this.lease = lease;
    this.committed = committed;
  }

  synchronized void add(Ledger.Row row) {
    pending.add(row);
  }

  /** Commits if it is time. */
  synchronized boolean flushIfDue() throws IOException {
    long now = System.nanoTime();
    double elapsed = (now - start) / 1e9;
    double interval = Math.min(LAST_SECONDS, Math.max(FIRST_SECONDS, elapsed / 20));
    boolean due = pending.size() >= MOST_ROWS || (now - last) / 1e9 >= interval;
    if (!due || isEmpty()) {
      return false;
    }
    flush();
    return true;
  }

  /** Commits everything gathered so far. */
  synchronized void flush() throws IOException {
    while (!closed && !isEmpty()) {
      if (inFlight == null) {
        inFlight = pending;
        pending = new ArrayList<>();
      }
      commit();
      List<Ledger.Row> rows = inFlight;
      inFlight = null;
      last = System.nanoTime();
      committed.accept(rows);
    }
  }

  private boolean isEmpty() {
    return inFlight == null && pending.isEmpty();
  }

  /**
   * Commits the rows in flight: always the same ones until it is known to have succeeded. After an
   * unclear failure the ledger may have them already and takes the next attempt for a repetition,
   * newer rows among them would be lost.
   */
  private void commit() throws IOException {
    for (int attempt = 1; ; attempt++) {
      lease.check();
      try {
        ledger.append(inFlight);
        return;
      } catch (IOException e) {
        if (attempt == ATTEMPTS || StoreFaults.isPermanent(e)) {
          throw e;
        }
        pause(250L << attempt);
      }
    }
  }

  private static void pause(long millis) throws InterruptedIOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted between attempts to commit");
    }
  }

  /** Nothing is committed any more. */
  synchronized void close() {
    closed = true;
  }
}
