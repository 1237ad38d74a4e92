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

  ProgressOnTerminal(String task, long totalBytes, PrintStream err) {
    bar =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(totalBytes)
            .setUnit(" MB", MEGABYTE)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(200)
            .setConsumer(new ConsoleProgressBarConsumer(err, COLUMNS))
            .showSpeed()
            .build();
  }

  @Override
  public void advance(long bytes) {
    bar.stepBy(bytes);
  }

  @Override
  public void close() {
    bar.close();
  }
}
