package org.cornerturn.jobs;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/** For logs and pipes: one line at most every ten seconds, and nothing for what takes less. */
final class ProgressInLines implements Progress {
  private static final long INTERVAL_NANOS = Duration.ofSeconds(10).toNanos();

  private final String task;
  private final long totalBytes;
  private final PrintStream out;
  private final LongSupplier nanoClock;
  private final long startNanos;
  private long lastNanos;
  private long doneBytes;

  ProgressInLines(String task, long totalBytes, PrintStream out, LongSupplier nanoClock) {
    this.task = task;
    this.totalBytes = totalBytes;
    this.out = out;
    this.nanoClock = nanoClock;
    this.startNanos = nanoClock.getAsLong();
    this.lastNanos = startNanos;
  }

  @Override
  public synchronized void advance(long bytes) {
    doneBytes += bytes;
    long now = nanoClock.getAsLong();
    if (now - lastNanos < INTERVAL_NANOS) {
      return;
    }
    lastNanos = now;
    double seconds = (now - startNanos) / 1e9;
    long percent = totalBytes == 0 ? 100 : Math.round(100.0 * doneBytes / totalBytes);
    out.println(
        task
            + ": "
            + ByteSize.inWords(doneBytes)
            + " of "
            + ByteSize.inWords(totalBytes)
            + " ("
            + percent
            + " %), "
            + ByteSize.inWords(Math.round(doneBytes / seconds))
            + "/s");
  }

  @Override
  public void close() {}
}
