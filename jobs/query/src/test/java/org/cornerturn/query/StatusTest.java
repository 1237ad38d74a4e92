package org.cornerturn.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cornerturn.query.http.Json;
import org.cornerturn.storage.EmbeddedS3;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusTest {
  @TempDir private static Path folder;
  private static Server server;

  @BeforeAll
  static void start() throws IOException {
    server = Services.start(folder);
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  private static JsonNode json(String path) throws Exception {
    HttpResponse<String> answer = Services.get(server, path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Json.mapper().readTree(answer.body());
  }

  @Test
  void livesAndIsReady() throws Exception {
    JsonNode health = json("/health");
    assertThat(health.path("status").asText()).isEqualTo("healthy");
    assertThat(health.path("service").asText()).isEqualTo("cornerturn");
    assertThat(health.path("timestamp").asText()).startsWith("20");
    assertThat(json("/ready").path("checks").path("root files").asText()).isEqualTo("ok");
    assertThat(json("/api/v1/roots").path("roots").path(0).path("name").asText())
        .isEqualTo("files");
  }

  @Test
  void isNotReadyWithoutItsRoots() throws Exception {
    Path gone = Files.createDirectories(folder.resolve("gone"));
    try (Server other = Services.start(folder, "root.g", gone.toString())) {
      Files.delete(gone);
      HttpResponse<String> answer = Services.get(other, "/ready");
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).contains("not reached");
    }
  }

  @Test
  void aBucketThatIsGoneMakesItNotReady() throws Exception {
    EmbeddedS3 s3 = EmbeddedS3.start(folder.resolve("s3"));
    s3.createBucket("b");
    List<String> settings = new java.util.ArrayList<>(List.of("root.b", "s3a://b"));
    s3.settings().forEach((k, v) -> settings.addAll(List.of(k, v)));
    settings.addAll(List.of("fs.s3a.attempts.maximum", "1", "fs.s3a.retry.limit", "0"));
    try (Server other = Services.start(folder, settings.toArray(String[]::new))) {
      s3.close();
      assertThat(Services.get(other, "/ready").statusCode()).isEqualTo(503);
      assertThat(Services.get(other, "/health").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void everyCeilingIsTold() throws Exception {
    JsonNode limits = json("/limits");
    assertThat(limits.path("request_seconds").path("most").asInt()).isEqualTo(30);
    server
        .service()
        .limits()
        .all()
        .forEach(
            l -> {
              assertThat(limits.path(l.name()).path("most").asLong()).isEqualTo(l.most());
              assertThat(limits.path(l.name()).path("unit").asText()).isNotBlank();
              assertThat(limits.path(l.name()).path("description").asText()).isNotBlank();
            });
  }

  @Test
  void requestsAreCounted() throws Exception {
    json("/limits");
    Services.get(server, "/nowhere");
    String metrics = Services.get(server, "/metrics").body();
    assertThat(metrics)
        .containsPattern(
            "cornerturn_http_request_seconds_count\\{operation=\"limits\",status=\"200\"} \\d")
        .containsPattern(
            "cornerturn_http_request_seconds_count\\{operation=\"none\",status=\"404\"}")
        .contains("jvm_memory_used_bytes")
        .contains("process_files_open_files");
  }

  @Test
  void theApiCanBeReadAndTried() throws Exception {
    HttpResponse<String> page = Services.get(server, "/docs");
    assertThat(page.body()).contains("/docs/swagger-ui-bundle.js").doesNotContain("https://");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'; script-src 'self';")
        .doesNotContain("eval");
    for (String file : List.of("swagger-ui-bundle.js", "swagger-ui.css", "start.js")) {
      HttpResponse<String> answer = Services.get(server, "/docs/" + file);
      assertThat(answer.statusCode()).as(file).isEqualTo(200);
      String etag = answer.headers().firstValue("ETag").orElseThrow();
      assertThat(Services.get(server, "/docs/" + file, "If-None-Match", etag).statusCode())
          .isEqualTo(304);
    }
    for (String none : List.of("..%2f..%2fpom.properties", "x.js", "Main.class", "%2e%2e")) {
      assertThat(Services.get(server, "/docs/" + none).statusCode()).as(none).isBetween(400, 404);
    }
    assertThat(
            Services.get(server, "/docs/swagger-ui.css", "Accept-Encoding", "gzip")
                .headers()
                .firstValue("Content-Encoding"))
        .contains("gzip");
  }

  @Test
  void stopsWithoutBreakingOffWhatIsUnderWay() throws Exception {
    Server other = Services.start(folder);
    try (RawHttp http = new RawHttp(other.uri())) {
      http.send("GET /api/v1/events HTTP/1.1\nHost: localhost\n\n");
      assertThat(http.read(new byte[4096])).isPositive();
      other.close();
      assertThat(http.rest()).doesNotContain("(broken)").endsWith("0\r\n\r\n");
    }
    other.close(); // A second time does nothing.
  }
}
