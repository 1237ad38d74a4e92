package org.cornerturn.jobs;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar that redraws itself. */
final class ProgressOnTerminal implements Progress {
  private static final int COLUMNS = 100;
  private static final long MEGABYTE = 1_000_000;

  private final ProgressBar bar;

  static ProgressOnTerminal ofBytes(String task, long total, PrintStream err) {
    return new ProgressOnTerminal(task, total, " MB", MEGABYTE, err);
  }

  static ProgressOnTerminal ofThings(String task, long total, String noun, PrintStream err) {
    return new ProgressOnTerminal(task, total, " " + noun, 1, err);
  }

  private ProgressOnTerminal(String task, long total, String unit, long unitSize, PrintStream err) {
    bar =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(total)
            .setUnit(unit, unitSize)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(200)
            .setConsumer(new ConsoleProgressBarConsumer(err, COLUMNS))
            .showSpeed()
            .build();
  }

  @Override
  public void advance(long more) {
    bar.stepBy(more);
  }

  @Override
  public void close() {
    bar.close();
  }
}
