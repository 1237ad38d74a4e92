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
    if (!due || pending.isEmpty()) {
      return false;
    }
    flush();
    return true;
  }

  /** Commits everything gathered so far. */
  synchronized void flush() throws IOException {
    if (closed || pending.isEmpty()) {
      return;
    }
    for (int attempt = 1; ; attempt++) {
      lease.check();
      try {
        ledger.append(pending);
        break;
      } catch (IOException e) {
        if (attempt == ATTEMPTS || StoreFaults.isPermanent(e)) {
          throw e;
        }
        pause(250L << attempt);
      }
    }
    List<Ledger.Row> rows = pending;
    pending = new ArrayList<>();
    last = System.nanoTime();
    committed.accept(rows);
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
