package org.cornerturn.jobs;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;

/** For logs and pipes: one line at most every ten seconds, and nothing for what takes less. */
final class ProgressInLines implements Progress {
  private static final long INTERVAL_NANOS = Duration.ofSeconds(10).toNanos();

  private final String task;
  private final long total;
  private final LongFunction<String> words;
  private final PrintStream out;
  private final LongSupplier nanoClock;
  private final long startNanos;
  private long lastNanos;
  private long done;

  /**
   * @param words says an amount
   */
  ProgressInLines(
      String task,
      long total,
      LongFunction<String> words,
      PrintStream out,
      LongSupplier nanoClock) {
    this.task = task;
    this.total = total;
    this.words = words;
    this.out = out;
    this.nanoClock = nanoClock;
    this.startNanos = nanoClock.getAsLong();
    this.lastNanos = startNanos;
  }

  @Override
  public synchronized void advance(long more) {
    done += more;
    long now = nanoClock.getAsLong();
    if (now - lastNanos < INTERVAL_NANOS) {
      return;
    }
    lastNanos = now;
    double seconds = (now - startNanos) / 1e9;
    long percent = total == 0 ? 100 : Math.round(100.0 * done / total);
    out.println(
        task
            + ": "
            + words.apply(done)
            + " of "
            + words.apply(total)
            + " ("
            + percent
            + " %), "
            + words.apply(Math.round(done / seconds))
            + "/s");
  }

  @Override
  public void close() {}
}
