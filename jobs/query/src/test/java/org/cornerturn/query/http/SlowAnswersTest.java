package org.cornerturn.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.cornerturn.query.CapturedLog;
import org.cornerturn.query.RawHttp;
import org.cornerturn.query.Services;
import org.cornerturn.query.access.Gate;
import org.cornerturn.query.root.Roots;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The frame with operations that take long or break off, and with clients that leave. */
class SlowAnswersTest {
  /** For what must happen, however busy the machine is. */
  private static final long PATIENCE_SECONDS = 60;

  private static final CompletableFuture<String> GONE = new CompletableFuture<>();
  private static final CompletableFuture<Exception> CUT = new CompletableFuture<>();
  private static final CountDownLatch WAITING = new CountDownLatch(1);
  private static final MeterRegistry METRICS = new SimpleMeterRegistry();

  private static HttpServer hasty;
  private static HttpServer patient;

  @BeforeAll
  static void start() throws IOException {
    hasty = start(1);
    patient = start(2 * PATIENCE_SECONDS);
  }

  @AfterAll
  static void stop() {
    hasty.close();
    patient.close();
  }

  /**
   * @param seconds that a request may take
   */
  private static HttpServer start(long seconds) throws IOException {
    Router router = new Router();
    router.get(at("/quick"), x -> x.json(Map.of("quick", true)));
    router.get(
        at("/loop"),
        x -> {
          while (true) {
            Thread.sleep(1);
            x.deadline().check();
          }
        });
    router.get(
        at("/left"),
        x -> {
          WAITING.countDown();
          try {
            while (true) {
              Thread.sleep(1);
              x.deadline().check();
            }
          } catch (Deadline.ClientGone e) {
            GONE.complete("noticed");
            throw e;
          }
        });
    router.get(at("/broken"), x -> breakOff(x, -1));
    router.get(at("/broken-length"), x -> breakOff(x, 400_000));
    router.get(
        at("/endless"),
        x ->
            x.stream(
                "text/plain",
                -1,
                out -> {
                  try {
                    while (true) {
                      out.write(new byte[1 << 20]);
                    }
                  } catch (IOException | RuntimeException e) {
                    CUT.complete(e);
                    throw e;
                  }
                }));
    HttpServer server =
        new HttpServer(
            new HttpSettings("127.0.0.1", 0, 16, List.of(), true, Map.of()),
            router,
            Roots.open(List.of(), Map.of()),
            new Limits(Map.of("request_seconds", seconds)),
            new Gate(List.of()),
            METRICS);
    server.start();
    return server;
  }

  private static void breakOff(Exchange x, long length) throws IOException {
    x.stream(
        "text/plain",
        length,
        out -> {
          out.write(new byte[300_000]);
          throw new IOException("the store broke off");
        });
  }

  private static Operation at(String path) {
    return Operation.at(path, path.replace('/', '_'), "test", "an operation");
  }

  private static URI uri(HttpServer server) {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  @Test
  void aLoopEndsWithItsTime() throws Exception {
    HttpResponse<String> late = Services.get(uri(hasty), "/loop");
    assertThat(late.statusCode()).isEqualTo(503);
    JsonNode problem = Json.mapper().readTree(late.body());
    assertThat(problem.path("code").asText()).isEqualTo("DEADLINE_EXCEEDED");
    assertThat(problem.path("most").asInt()).isEqualTo(1);
  }

  @Test
  void aClientThatLeavesIsNoticedAndNoError() throws Exception {
    try (CapturedLog log = new CapturedLog()) {
      try (RawHttp http = new RawHttp(uri(patient))) {
        http.send("GET /left HTTP/1.1\nHost: localhost\n\n");
        assertThat(WAITING.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      }
      assertThat(GONE.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("noticed");
      awaitStatus("_left", "499");
      // What a slow client of another test is told may come at this moment.
      assertThat(log.lines()).allMatch(l -> l.contains("/endless"));
    }
  }

  /** Waits until a request to an operation has been answered so. */
  private static void awaitStatus(String operation, String status) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (METRICS
            .find("cornerturn_http_request")
            .tags("operation", operation, "status", status)
            .timer()
        == null) {
      assertThat(System.nanoTime() - end)
          .as("no request to %s ended with %s", operation, status)
          .isNegative();
      Thread.sleep(10);
    }
  }

  @Test
  void aRequestSentAheadIsAnsweredAfterItsForerunner() throws Exception {
    try (RawHttp http = new RawHttp(uri(hasty))) {
      http.send("GET /loop HTTP/1.1\nHost: localhost\n\n");
      Thread.sleep(300); // While the first is answered its connection is looked at.
      http.send("GET /quick HTTP/1.1\nHost: localhost\nConnection: close\n\n");
      assertThat(http.rest()).contains("DEADLINE_EXCEEDED").contains("\"quick\":true");
    }
  }

  @Test
  void aPartIsNeverTakenForTheWhole() throws Exception {
    try (CapturedLog log = new CapturedLog()) {
      String answer = RawHttp.get(uri(patient), "/broken");
      assertThat(answer).startsWith("HTTP/1.1 200");
      // The last chunk, of length 0, is what would make it whole.
      assertThat(answer).doesNotContain("\r\n0\r\n\r\n");
      String promised = RawHttp.get(uri(patient), "/broken-length");
      assertThat(promised).contains("Content-Length: 400000");
      assertThat(promised.length()).isLessThan(400_000);
      awaitStatus("_broken-length", "502");
      assertThat(log.lines())
          .filteredOn(l -> !l.contains("/endless"))
          .hasSize(2)
          .allMatch(l -> l.startsWith("WARN org.cornerturn.query.http.Turnstile: GET /broken"));
    }
  }

  @Test
  void aClientThatTakesNothingIsCutOff() throws Exception {
    try (RawHttp http = new RawHttp(uri(hasty))) {
      http.send("GET /endless HTTP/1.1\nHost: localhost\n\n");
      assertThat(http.read(new byte[1024])).isPositive();
      assertThat(CUT.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
    }
  }
}
