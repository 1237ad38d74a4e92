package org.cornerturn.jobs.night;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.cornerturn.UserError;
import org.cornerturn.jobs.ByteSize;
import org.cornerturn.jobs.Console;
import org.cornerturn.storage.Stores;

/**
 * Holds work back while the disk of the output is nearly full: what is begun then would fail half
 * way. Object stores have no such limit.
 */
final class DiskSpace {
  private static final Duration LOOK = Duration.ofSeconds(10);

  private final String output;
  private final long least;
  private final Duration patience;
  private final Console console;

  /**
   * @param output local folder or a store's URI
   * @param least bytes that must be free
   * @param patience how long to wait for them
   */
  DiskSpace(String output, long least, Duration patience, Console console) {
    this.output = output;
    this.least = least;
    this.patience = patience;
    this.console = console;
  }

  /**
   * Waits until there is room.
   *
   * @throws UserError when there is none after all
   */
  void await() throws IOException, InterruptedException {
    if (!Stores.isLocal(output)) {
      return;
    }
    Path folder = Stores.localPath(output);
    Files.createDirectories(folder);
    long free = folder.toFile().getUsableSpace();
    if (free >= least) {
      return;
    }
    console.warn(
        "night: "
            + ByteSize.inWords(free)
            + " are free at "
            + output
            + ", fewer than "
            + ByteSize.inWords(least)
            + "; waiting for room");
    long until = System.nanoTime() + patience.toNanos();
    long left;
    while (free < least && (left = until - System.nanoTime()) > 0) {
      Thread.sleep(Math.min(LOOK.toMillis(), left / 1_000_000 + 1));
      free = folder.toFile().getUsableSpace();
    }
    if (free < least) {
      throw new UserError(
          output,
          "only " + ByteSize.inWords(free) + " are free, fewer than " + ByteSize.inWords(least),
          "Make room and give the same command again, which goes on; or lower --min-free");
    }
  }
}
