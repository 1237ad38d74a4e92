package org.cornerturn.jobs.night;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.cornerturn.jobs.Console;
import org.cornerturn.jobs.Durations;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.LastWords;

/** Runs commands, again and again where another attempt may succeed. */
final class Attempts {
  private final Runner runner;
  private final int retries;
  private final Duration backoff;
  private final Console console;
  private final PrintStream err;

  /** Runs a command line in this JVM. */
  @FunctionalInterface
  interface Runner {
    /**
     * @param err hears what it says of mistakes and faults
     */
    ExitCode run(List<String> words, PrintStream err);
  }

  /**
   * How a command ended at last.
   *
   * @param fault the last that it said of a mistake or fault; empty for nothing
   * @param seconds of the last attempt
   */
  record Ended(ExitCode code, String fault, int attempts, double seconds) {
    /** Whether another attempt may succeed. */
    boolean mayPass() {
      return passing(code);
    }
  }

  /**
   * @param backoff before the first further attempt; doubled before each
   */
  Attempts(Runner runner, int retries, Duration backoff, Console console, PrintStream err) {
    this.runner = runner;
    this.retries = retries;
    this.backoff = backoff;
    this.console = console;
    this.err = err;
  }

  private static boolean passing(ExitCode code) {
    return code == ExitCode.FAULT || code == ExitCode.INCOMPLETE || code == ExitCode.CORRUPT;
  }

  Ended run(List<String> words) throws InterruptedException {
    Duration pause = backoff;
    for (int attempt = 1; ; attempt++) {
      LastWords said = new LastWords(err);
      long start = System.nanoTime();
      ExitCode code = runner.run(words, new PrintStream(said, true, StandardCharsets.UTF_8));
      double seconds = (System.nanoTime() - start) / 1e9;
      if (!passing(code) || attempt > retries) {
        return new Ended(code, said.fault(), attempt, seconds);
      }
      console.warn(
          "night: "
              + words.get(0)
              + " ended with "
              + code.code()
              + "; trying again in "
              + Durations.inWords(pause));
      Thread.sleep(pause.toMillis());
      pause = pause.multipliedBy(2);
    }
  }
}
