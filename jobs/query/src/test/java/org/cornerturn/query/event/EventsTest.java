package org.cornerturn.query.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.cornerturn.query.RawHttp;
import org.cornerturn.query.Server;
import org.cornerturn.query.Services;
import org.cornerturn.query.http.Json;
import org.cornerturn.storage.Stores;
import org.cornerturn.table.DeltaTable;
import org.cornerturn.table.TableDefinition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventsTest {
  private static final long PATIENCE_SECONDS = 60;

  @TempDir private static Path folder;
  private static Path root;
  private static Server server;

  @BeforeAll
  static void start() throws IOException {
    root = Files.createDirectories(folder.resolve("root"));
    server = Services.start(folder, "root.r", root.toString());
    // What the watcher tells of a root it tells at its second look at everything, or later.
    try (RawHttp http = follow("?heartbeat=1")) {
      String told = "";
      for (int i = 0; !told.contains("event: files_update"); i++) {
        assertThat(i).as("seconds without a word of the watcher").isLessThan(60);
        Files.writeString(root.resolve("first" + i + ".h5"), "1");
        told = until(http, ": lives");
      }
    }
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  /** Reads a stream of events until a text is in it. */
  private static String until(RawHttp http, String text) throws IOException {
    StringBuilder seen = new StringBuilder();
    byte[] buffer = new byte[4096];
    while (seen.indexOf(text) < 0) {
      int n = http.read(buffer);
      if (n < 0) {
        return seen + "\n(ended)";
      }
      seen.append(new String(buffer, 0, n, java.nio.charset.StandardCharsets.UTF_8));
    }
    return seen.toString();
  }

  private static RawHttp follow(String query, String... headers) throws IOException {
    RawHttp http = new RawHttp(server.uri());
    http.send(
        "GET /api/v1/events"
            + query
            + " HTTP/1.1\nHost: localhost\n"
            + String.join("", List.of(headers))
            + "\n");
    return http;
  }

  private static long lastId(String stream) {
    int at = stream.lastIndexOf("id: ");
    return Long.parseLong(stream.substring(at + 4, stream.indexOf('\n', at)).strip());
  }

  @Test
  void newFilesAreToldAndCanBeAskedForAgain() throws Exception {
    try (RawHttp http = follow("?heartbeat=1")) {
      String begin = until(http, ": lives");
      assertThat(begin).contains("text/event-stream").contains("retry: ");
      Files.writeString(root.resolve("two.h5"), "22");
      String told = until(http, "two.h5");
      assertThat(told).contains("event: files_update").contains("\"root\":\"r\"");
      long id = lastId(told);
      try (RawHttp again = follow("", "Last-Event-ID: " + (id - 1) + "\n")) {
        assertThat(until(again, "two.h5")).contains("id: " + id + "\n");
      }
      try (RawHttp stale = follow("?last_event_id=5")) {
        assertThat(until(stale, "two.h5")).contains("event: reset");
      }
    }
    assertThat(Services.get(server, "/api/v1/events?last_event_id=x").statusCode()).isEqualTo(400);
  }

  @Test
  void commitsToTheWarehouseAreToldOverASocket() throws Exception {
    BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
    URI socket = URI.create(server.uri().toString().replace("http:", "ws:") + "/ws/status");
    WebSocket ws =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(socket, new Collector(messages))
            .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(next(messages, "connected")).isNotNull();
    TableDefinition definition =
        TableDefinition.named("runs", "as the jobs write it").text("run", "id").text("state", "s");
    DeltaTable runs =
        new DeltaTable(
            Stores.open(folder.resolve("warehouse/runs").toString(), Map.of()), definition);
    runs.append(List.<Object[]>of(new Object[] {"r1", "running"}), "test", 0);
    runs.append(
        List.of(new Object[] {"r1", "complete"}, new Object[] {"r2", "running"}), "test", 1);
    JsonNode update = next(messages, "job_update");
    while (update.path("data").path("rows_added").asInt() != 2) {
      update = next(messages, "job_update");
    }
    assertThat(update.path("data").path("table").asText()).isEqualTo("runs");
    assertThat(update.path("data").path("version").asInt()).isPositive();
    assertThat(update.path("data").path("timestamp").asLong()).isPositive();
    ws.sendText("{\"type\":\"ping\"}", true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(next(messages, "pong")).isNotNull();
    ws.sendClose(WebSocket.NORMAL_CLOSURE, "").get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** A browser would send a page's origin, and the keys that it has for this service. */
  @Test
  void noPageOfAnotherOriginOpensTheSocket() throws Exception {
    String upgrade =
        "Upgrade: websocket\nConnection: Upgrade\nSec-WebSocket-Version: 13\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\n\n";
    String own = "localhost:" + server.uri().getPort();
    for (String origin : List.of("https://foe.example", "null", "http://localhost:1")) {
      try (RawHttp http = new RawHttp(server.uri())) {
        http.send("GET /ws/status HTTP/1.1\nHost: " + own + "\nOrigin: " + origin + "\n" + upgrade);
        assertThat(until(http, "\r\n")).as(origin).startsWith("HTTP/1.1 403");
      }
    }
    try (RawHttp http = new RawHttp(server.uri())) {
      http.send(
          "GET /ws/status HTTP/1.1\nHost: " + own + "\nOrigin: http://" + own + "\n" + upgrade);
      assertThat(until(http, "connected")).startsWith("HTTP/1.1 101");
    }
  }

  private static JsonNode next(BlockingQueue<JsonNode> messages, String type)
      throws InterruptedException {
    while (true) {
      JsonNode m = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(m).as("a message of the type " + type).isNotNull();
      if (m.path("type").asText().equals(type)) {
        return m;
      }
    }
  }

  private record Collector(BlockingQueue<JsonNode> messages) implements WebSocket.Listener {
    @Override
    public CompletionStage<?> onText(WebSocket ws, CharSequence text, boolean isLast) {
      try {
        messages.add(Json.mapper().readTree(text.toString()));
      } catch (IOException e) {
        throw new AssertionError("not JSON: " + text, e);
      }
      ws.request(1);
      return null;
    }
  }

  @Test
  void theRingKeepsTheLastAndSaysSo() throws Exception {
    Events events = new Events(3, 7);
    long start = events.last();
    assertThat(events.after(start)).isEmpty();
    for (int i = 0; i < 5; i++) {
      events.publish("e", Json.object().put("i", i));
    }
    assertThat(events.after(start + 2)).extracting(Event::id).containsExactly(7003L, 7004L, 7005L);
    assertThat(events.after(start)).extracting(Event::name).containsExactly("reset", "e", "e", "e");
    assertThat(events.after(start + 5)).isEmpty();
    // An id of the future is of a clock that went back: what is known is not to be trusted.
    assertThat(events.after(start + 99)).extracting(Event::name).containsExactly("reset");
    assertThat(events.await(start + 5, Duration.ofMillis(10))).isEmpty();
    events.close();
    assertThat(events.await(start + 5, Duration.ofDays(1))).isEmpty();
  }
}
