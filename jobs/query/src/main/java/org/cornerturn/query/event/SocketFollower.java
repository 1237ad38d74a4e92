package org.cornerturn.query.event;

import io.javalin.websocket.WsConnectContext;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.cornerturn.query.http.Json;
import org.eclipse.jetty.websocket.api.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends events to one WebSocket, each after the one before has been taken. */
final class SocketFollower {
  private static final Logger LOG = LoggerFactory.getLogger(SocketFollower.class);
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final long SLOWEST_SECONDS = 30;

  private final Events events;
  private final WsConnectContext context;
  private final Thread thread;
  private long id;

  SocketFollower(Events events, WsConnectContext context, long id) {
    this.events = events;
    this.context = context;
    this.id = id;
    this.thread = new Thread(this::follow, "socket-" + context.sessionId());
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  void end() {
    thread.interrupt();
  }

  private void follow() {
    try {
      send(Json.object().put("type", "connected").put("id", id).toString());
      while (!events.isClosed() && context.session.isOpen()) {
        List<Event> news = events.await(id, HEARTBEAT);
        if (news.isEmpty()) {
          send(Json.object().put("type", "heartbeat").toString());
        }
        for (Event e : news) {
          send(EventRoutes.message(e));
          id = Math.max(id, e.id());
        }
      }
      context.closeSession(1001, "the service stops");
    } catch (InterruptedException e) {
      LOG.debug("a follower has left");
    }
  }

  private void send(String text) throws InterruptedException {
    CountDownLatch taken = new CountDownLatch(1);
    context.session.sendText(text, Callback.from(taken::countDown, x -> taken.countDown()));
    if (!taken.await(SLOWEST_SECONDS, TimeUnit.SECONDS)) {
      context.session.disconnect();
    }
  }
}
