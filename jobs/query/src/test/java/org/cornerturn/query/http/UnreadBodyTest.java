package org.cornerturn.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.cornerturn.query.RawHttp;
import org.cornerturn.query.Server;
import org.cornerturn.query.Services;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections over which a body comes that is not waited for. */
class UnreadBodyTest {
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /health",
        "GET /api/v1/nothing",
        "POST /files/refresh",
        "DELETE /health",
        "GET /docs"
      })
  void theAnswerToABodyThatHasNotComeSaysThatTheConnectionEnds(String request) throws IOException {
    try (RawHttp http = new RawHttp(server.uri())) {
      http.send(request + " HTTP/1.1\nHost: localhost\nContent-Length: 5000\n\n");
      assertThat(http.rest()).startsWith("HTTP/1.1 ").containsOnlyOnce("Connection: close");
    }
  }

  @Test
  void aBodyInPartsIsABody() throws IOException {
    try (RawHttp http = new RawHttp(server.uri())) {
      http.send("GET /health HTTP/1.1\nHost: localhost\nTransfer-Encoding: chunked\n\n");
      assertThat(http.rest()).containsOnlyOnce("Connection: close");
    }
  }

  @Test
  void aConnectionWithoutBodiesGoesOn() throws IOException {
    try (RawHttp http = new RawHttp(server.uri())) {
      http.send("GET /health HTTP/1.1\nHost: localhost\n\n");
      http.send("POST /files/refresh HTTP/1.1\nHost: localhost\nContent-Length: 0\n\n");
      http.send("GET /health HTTP/1.1\nHost: localhost\nConnection: close\n\n");
      assertThat(http.rest().split("HTTP/1.1 200", -1)).hasSize(4);
    }
  }
}
