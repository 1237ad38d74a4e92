package org.cornerturn.query.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.cornerturn.OutsideProgram;
import org.cornerturn.query.RunningServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The service on the very tables that {@code cornerturn calibrate} and {@code apply} wrote in the
 * tests of the commands, which run before these: a noiseless observation of 12 antennas, chain
 * K:inf,B:inf,G:60s.
 */
class CalibrateRunTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path TABLES = Path.of("../suite/target/calibrated");

  private static RunningServer server;

  @BeforeAll
  static void serve() throws IOException {
    assumeTrue(
        Files.isDirectory(TABLES.resolve("calibration_sets")),
        "jobs/suite's tests have left no tables: run those of CalibrateCommandTest first");
    server = RunningServer.start(Map.of("warehouse", TABLES.toString()));
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  private static JsonNode json(String path) throws Exception {
    HttpResponse<byte[]> answer = server.get(path);
    assertThat(answer.statusCode())
        .as(new String(answer.body(), StandardCharsets.UTF_8))
        .isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private static String id() throws Exception {
    JsonNode items = json("/api/v1/cal").get("items");
    assertThat(items).hasSize(1);
    assertThat(items.get(0).get("status").asText()).isEqualTo("active");
    assertThat(items.get(0).get("antennas").asInt()).isEqualTo(12);
    return items.get(0).get("solutions").asText();
  }

  @Test
  void whatWasSolvedForAndApplied() throws Exception {
    String id = id();
    JsonNode one = json("/api/v1/cal/" + id);
    assertThat(one.get("sets").get(0).get("terms")).hasSize(3);
    assertThat(one.get("applied")).hasSize(1);
    assertThat(one.at("/applied/0/staleness").asText()).isEqualTo("fresh");
    JsonNode antennas = json("/api/v1/cal/" + id + "/antennas").get("antennas");
    assertThat(antennas).hasSize(12);
    int references = 0;
    for (JsonNode a : antennas) {
      references += a.get("is_refant").asBoolean() ? 1 : 0;
      assertThat(a.get("flagged").asInt()).isZero();
      assertThat(a.get("snr").asDouble()).isGreaterThan(1000);
      assertThat(a.get("terms")).hasSize(3);
    }
    assertThat(references).isEqualTo(1);
    String name = antennas.get(5).get("name").asText();
    JsonNode k = json("/api/v1/cal/" + id + "/gains?term=K_0&antenna=" + name).get("receptors");
    assertThat(k).hasSize(2);
    assertThat(Math.abs(k.get(0).at("/delay/0").asDouble())).isBetween(1e-12, 1e-7);
    JsonNode b = json("/api/v1/cal/" + id + "/gains?term=B_1&antenna=" + name).get("receptors");
    assertThat(b.get(0).get("frequency")).hasSize(32);
    assertThat(b.get(0).at("/amplitude/0/7").asDouble()).isBetween(0.5, 1.5);
    JsonNode g = json("/api/v1/cal/" + id + "/gains?term=G_2&antenna=" + name).get("receptors");
    assertThat(g.get(0).get("time").size()).isPositive();
    Instant at = Instant.ofEpochSecond((long) g.get(0).get("time").get(0).asDouble());
    JsonNode when = json("/api/v1/cal/nearest?time=" + at);
    assertThat(when.at("/sets/0/solutions").asText()).isEqualTo(id);
    assertThat(when.get("valid").asBoolean()).isTrue();
    assertThat(when.get("age_hours").asDouble()).isZero();
  }

  @Test
  void whatWasMeasured() throws Exception {
    JsonNode quality = json("/api/v1/qa/" + id());
    assertThat(quality.get("qa_grade").asText())
        .as(quality.get("warnings").toString())
        .isNotEmpty();
    assertThat(quality.get("flags")).as(quality.get("flags").toString()).isEmpty();
    assertThat(quality.at("/metrics/residual_before").asDouble()).isGreaterThan(0.1);
    assertThat(quality.at("/metrics/residual_after").asDouble()).isLessThan(1e-5);
    assertThat(quality.at("/metrics/attempts").asDouble()).isEqualTo(1);
  }

  @Test
  void thePageShowsIt() throws Exception {
    OutsideProgram.run("chromium", "--version");
    Path pictures = Files.createDirectories(Path.of("target/page-failures"));
    String lines =
        OutsideProgram.run(
            "node",
            "web/e2e/page.mjs",
            server.uri("").toString().replaceFirst("/$", ""),
            "chromium",
            pictures.toAbsolutePath().toString(),
            "calibrated");
    JsonNode outcome = JSON.readTree(lines.strip());
    assertThat(outcome.get("ok").asBoolean()).as(outcome.path("fault").asText()).isTrue();
  }
}
