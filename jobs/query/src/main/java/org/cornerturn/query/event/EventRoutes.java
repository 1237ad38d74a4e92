package org.cornerturn.query.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.websocket.WsConfig;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.cornerturn.query.Service;
import org.cornerturn.query.http.Cost;
import org.cornerturn.query.http.Exchange;
import org.cornerturn.query.http.Json;
import org.cornerturn.query.http.Limit;
import org.cornerturn.query.http.Operation;
import org.cornerturn.query.http.Parameter;
import org.cornerturn.query.http.Problem;
import org.cornerturn.query.http.Router;
import org.cornerturn.query.http.Routes;

/** Events as they happen: as server-sent events, and the same over a WebSocket. */
public final class EventRoutes implements Routes {
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final Parameter<Long> LAST_HEADER =
      Parameter.integer("Last-Event-ID", "the last event that is known; later ones come again")
          .inHeader();
  private static final Parameter<Long> LAST =
      Parameter.integer("last_event_id", "as the header, for who can't send one");
  private static final Parameter<Long> HEARTBEAT_SECONDS =
      Parameter.integer("heartbeat", "seconds between signs of life", 1, 60)
          .or(HEARTBEAT.toSeconds());

  private final Events events;
  private final Limit streams;
  private final Semaphore places;
  private final Map<String, SocketFollower> sockets = new ConcurrentHashMap<>();

  public EventRoutes(Service service, Events events) {
    this.events = events;
    this.streams =
        service.limits().declare("event_streams", 64, "connections", "who follows events at once");
    this.places = new Semaphore(streams.intValue());
  }

  @Override
  public void register(Router router) {
    router.get(
        Operation.at("/api/v1/events", "events", "events", "Events as they happen")
            .described(
                "Server-sent events: `job_update` and `product_update` for commits to the"
                    + " warehouse's tables, `files_update` for what comes and goes in a root,"
                    + " `reset` when more has happened than is kept. `Last-Event-ID` resumes.")
            .with(LAST_HEADER, LAST, HEARTBEAT_SECONDS)
            .costs(Cost.READ)
            .answers(200, "a stream without end", "text/event-stream"),
        this::stream);
    router.socket("/ws/status", this::socket);
  }

  private void stream(Exchange x) throws IOException, InterruptedException {
    long id = x.optional(LAST_HEADER).or(() -> x.optional(LAST)).orElseGet(events::last);
    Duration heartbeat = Duration.ofSeconds(x.value(HEARTBEAT_SECONDS));
    if (!places.tryAcquire()) {
      throw Problem.unavailable("There are " + streams.most() + " who follow events", null);
    }
    try {
      x.liftDeadline();
      x.header("Cache-Control", "no-store").header("X-Accel-Buffering", "no");
      x.context().res().setContentType("text/event-stream; charset=utf-8");
      if (x.isHead()) {
        return;
      }
      ServletOutputStream out = x.context().res().getOutputStream();
      write(out, "retry: 3000\n: follows\n\n");
      while (!events.isClosed()) {
        List<Event> news = events.await(id, heartbeat);
        if (news.isEmpty()) {
          write(out, ": lives\n\n");
        }
        for (Event e : news) {
          write(out, "id: " + e.id() + "\nevent: " + e.name() + "\ndata: " + e.data() + "\n\n");
          id = Math.max(id, e.id());
        }
      }
    } finally {
      places.release();
    }
  }

  private static void write(ServletOutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private void socket(WsConfig config) {
    config.onConnect(
        c -> {
          if (!places.tryAcquire()) {
            c.closeSession(1013, "too many follow");
            return;
          }
          String last = c.queryParam("last_event_id");
          long id =
              last != null && last.matches("\\d{1,18}") ? Long.parseLong(last) : events.last();
          SocketFollower follower = new SocketFollower(events, c, id);
          sockets.put(c.sessionId(), follower);
          follower.start();
        });
    config.onMessage(
        c -> {
          if (c.message().contains("ping")) {
            c.send(Json.object().put("type", "pong").toString());
          }
        });
    config.onClose(c -> forget(c.sessionId()));
    config.onError(c -> forget(c.sessionId()));
  }

  private void forget(String session) {
    SocketFollower follower = sockets.remove(session);
    if (follower != null) {
      follower.end();
      places.release();
    }
  }

  /** The JSON of an event over a socket. */
  static String message(Event e) {
    ObjectNode message = Json.object();
    message.put("type", e.name()).put("id", e.id()).set("data", e.data());
    return message.toString();
  }
}
