package org.cornerturn.query.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.ee10.servlet.ServletChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes connections of clients that take an answer too slowly: the thread that writes to them
 * waits in the socket, where no check of its deadline reaches it.
 */
final class Watchdog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
  private static final long LOOK_MILLIS = 500;

  private final Map<ServletChannel, Deadline> writing = new ConcurrentHashMap<>();
  private final Thread thread = new Thread(this::watch, "watchdog");
  private volatile boolean ended;

  Watchdog() {
    thread.setDaemon(true);
    thread.start();
  }

  void began(ServletChannel channel, Deadline deadline) {
    writing.put(channel, deadline);
  }

  void ended(ServletChannel channel) {
    writing.remove(channel);
  }

  private void watch() {
    while (!ended) {
      try {
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      } catch (InterruptedException e) {
        return; // Only the end of the service interrupts it.
      }
      writing.forEach(
          (channel, deadline) -> {
            if (deadline.remainingNanos() == 0 && writing.remove(channel, deadline)) {
              LOG.info("a client takes its answer too slowly: {}", channel.getRemoteAddress());
              channel.getEndPoint().close(new TimeoutException("the client is too slow"));
            }
          });
    }
  }

  @Override
  public void close() {
    ended = true;
    thread.interrupt();
  }
}
