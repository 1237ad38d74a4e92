package org.cornerturn.jobs.index;

import java.io.IOException;
import java.io.InterruptedIOException;
import org.cornerturn.InputFault;
import org.cornerturn.spark.StoreFaults;

/** Tries again what a store may give at the next attempt. */
final class Attempts {
  private static final int MOST = 4;
  private static final long FIRST_PAUSE_MILLIS = 250;

  private Attempts() {}

  /** Something to read. */
  @FunctionalInterface
  interface Reading<T> {
    T read() throws IOException;
  }

  /**
   * @throws IOException of the last attempt, or one that no further attempt can mend: a fault of
   *     the content, or of access
   */
  static <T> T of(Reading<T> reading) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        return reading.read();
      } catch (IOException e) {
        if (attempt == MOST || !isWorthAnother(e)) {
          throw e;
        }
        pause(attempt, e);
      }
    }
  }

  private static boolean isWorthAnother(IOException e) {
    return !(e instanceof InputFault)
        && !(e instanceof java.nio.file.NoSuchFileException)
        && !Thread.currentThread().isInterrupted()
        && StoreFaults.explain(e, "").isEmpty();
  }

  private static void pause(int attempt, IOException cause) throws InterruptedIOException {
    try {
      Thread.sleep(FIRST_PAUSE_MILLIS << 2 * (attempt - 1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException stopped = new InterruptedIOException(cause.getMessage());
      stopped.initCause(e);
      throw stopped;
    }
  }
}
