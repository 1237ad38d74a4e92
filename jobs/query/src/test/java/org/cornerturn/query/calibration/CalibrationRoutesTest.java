package org.cornerturn.query.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.cornerturn.query.RunningServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalibrationRoutesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path warehouse;
  @TempDir private static Path empty;
  private static RunningServer server;

  @BeforeAll
  static void start() throws IOException {
    CalibrationData.write(warehouse);
    server = RunningServer.start(Map.of("warehouse", warehouse.toString()));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static JsonNode json(RunningServer of, String path) throws Exception {
    HttpResponse<byte[]> answer = of.get(path);
    assertThat(answer.statusCode())
        .as(new String(answer.body(), StandardCharsets.UTF_8))
        .isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private static JsonNode json(String path) throws Exception {
    return json(server, path);
  }

  @Test
  void setsAreListedTheNewestFirst() throws Exception {
    JsonNode items = json("/api/v1/cal").get("items");
    assertThat(items).hasSize(2);
    assertThat(items.get(0).get("solutions").asText()).isEqualTo("night-1f0a");
    assertThat(json("/api/v1/cal?filter=status:eq:failed").get("items")).hasSize(1);
    JsonNode one = json("/api/v1/cal/night-1f0a");
    assertThat(one.get("sets").get(0).get("terms")).hasSize(3);
    assertThat(one.get("applied")).hasSize(1);
    assertThat(one.get("applied").get(0).get("root").asText()).isEqualTo("/data/t.ps.zarr/ms");
  }

  @Test
  void antennasTellWhatIsFlaggedAndHowSureTheyAre() throws Exception {
    JsonNode antennas = json("/api/v1/cal/night-1f0a/antennas?measurement_set=ms").get("antennas");
    assertThat(antennas).hasSize(CalibrationData.ANTENNAS);
    JsonNode first = antennas.get(0);
    assertThat(first.get("name").asText()).isEqualTo("DSA-1");
    assertThat(first.get("gains").asInt()).isEqualTo(2 * (CalibrationData.CHANNELS + 5));
    assertThat(first.get("flagged").asInt()).isEqualTo(4);
    assertThat(first.get("snr").asDouble()).isEqualTo(20);
    assertThat(first.at("/terms/B_1/flagged_fraction").asDouble())
        .isCloseTo(2 / 48.0, within(1e-12));
    assertThat(first.at("/terms/G_2/flagged_fraction").asDouble()).isZero();
    JsonNode dead = antennas.get(CalibrationData.DEAD);
    assertThat(dead.get("flagged_fraction").asDouble()).isEqualTo(1);
    assertThat(dead.get("snr").isNull()).isTrue();
    for (int a = 0; a < antennas.size(); a++) {
      assertThat(antennas.get(a).get("is_refant").asBoolean()).isEqualTo(a == 2);
    }
  }

  @Test
  void gainsAreCurvesOfEachReceptor() throws Exception {
    JsonNode g = json("/api/v1/cal/night-1f0a/gains?term=G_2&antenna=DSA-4");
    assertThat(g.get("refant").asText()).isEqualTo("DSA-3");
    assertThat(g.get("receptors")).hasSize(2);
    JsonNode x = g.get("receptors").get(0);
    assertThat(x.get("receptor").asText()).isEqualTo("X");
    assertThat(x.get("time")).hasSize(5);
    assertThat(x.at("/delay/0").isNull()).as("no delay").isTrue();
    assertThat(x.get("time").get(0).asDouble())
        .isEqualTo((CalibrationData.NOON + CalibrationData.MINUTE / 2) / 1e6);
    assertThat(x.get("amplitude").get(4)).hasSize(1);
    JsonNode b = json("/api/v1/cal/night-1f0a/gains?term=B_1&antenna=DSA-4").get("receptors");
    assertThat(b.get(1).get("frequency")).hasSize(CalibrationData.CHANNELS);
    assertThat(b.get(1).at("/amplitude/0/0").asDouble()).isCloseTo(1.06, within(1e-12));
    assertThat(b.get(1).at("/amplitude/0/10").isNull()).as("there is none").isTrue();
    assertThat(b.get(1).at("/flag/0/10").asInt()).isEqualTo(3);
  }

  @Test
  void qualityIsAReport() throws Exception {
    JsonNode good = json("/api/v1/qa/night-1f0a");
    assertThat(good.get("qa_grade").asText()).isEqualTo("warn");
    assertThat(good.get("warnings").get(0).asText())
        .isEqualTo("ms B_1 flagged = 0.2200; above 0.2");
    assertThat(good.at("/metrics/closure_phase").asDouble()).isEqualTo(0.012);
    assertThat(good.get("numbers")).hasSize(3);
    assertThat(json("/api/v1/qa/night-old").get("qa_grade").asText()).isEqualTo("fail");
  }

  @ParameterizedTest
  @CsvSource({
    "2025-01-01T12:03:00Z, fresh, 0, true",
    "2025-01-01T10:00:00, fresh, 2, true",
    "2025-01-01T23:05:00+01:00, aging, 10, true",
    "2025-01-02T00:05:00Z, aging, 12, true",
    "2025-01-02T08:05:00Z, stale, 20, false",
    "2025-01-02T22:05:00Z, critical, 34, false",
    "2025-02-01T12:05:00Z, critical, 744, false"
  })
  void theNearestActiveSetSaysHowOldItIs(String time, String staleness, double hours, boolean valid)
      throws Exception {
    JsonNode n = json("/api/v1/cal/nearest?time=" + time.replace("+", "%2B"));
    assertThat(n.at("/sets/0/solutions").asText()).isEqualTo("night-1f0a");
    assertThat(n.get("staleness").asText()).isEqualTo(staleness);
    assertThat(n.get("age_hours").asDouble()).isCloseTo(hours, within(1e-9));
    assertThat(n.get("valid").asBoolean()).isEqualTo(valid);
  }

  @Test
  void whatIsValidGoesBeforeWhatIsNearer(@TempDir Path own) throws Exception {
    long hour = 60 * CalibrationData.MINUTE;
    long noon = CalibrationData.NOON;
    CalibrationData.append(
        own,
        CalibrationData.sets(),
        List.of(
            CalibrationData.set(
                "short", "active", "good", noon, noon + hour, noon, noon + 2 * hour),
            CalibrationData.set(
                "long",
                "active",
                "good",
                noon - 9 * hour,
                noon - 8 * hour,
                noon - 20 * hour,
                noon + 20 * hour),
            CalibrationData.set(
                "twin",
                "active",
                "good",
                noon - 9 * hour,
                noon - 8 * hour,
                noon - 20 * hour,
                noon + 20 * hour - 1),
            CalibrationData.set(
                "best",
                "failed",
                "poor",
                noon + 3 * hour,
                noon + 4 * hour,
                noon - 20 * hour,
                noon + 20 * hour)));
    try (RunningServer of = RunningServer.start(Map.of("warehouse", own.toString()))) {
      assertThat(nearest(of, "2025-01-01T13:30:00Z")).isEqualTo("short true");
      // The short one's data are nearer, but it is not valid any more.
      assertThat(nearest(of, "2025-01-01T15:00:00Z")).matches("(long|twin) true");
      assertThat(nearest(of, "2025-01-02T08:00:00Z")).isEqualTo("long true");
      assertThat(nearest(of, "2025-01-05T00:00:00Z")).isEqualTo("long false");
    }
  }

  private static String nearest(RunningServer of, String time) throws Exception {
    JsonNode n = json(of, "/api/v1/cal/nearest?time=" + time);
    return n.at("/sets/0/solutions").asText() + " " + n.get("valid").asBoolean();
  }

  @Test
  void whatIsKnownIsNotSentAgain() throws Exception {
    String path = "/api/v1/cal/night-1f0a/antennas";
    String etag = server.get(path).headers().firstValue("ETag").orElseThrow();
    assertThat(server.get(path, "If-None-Match", etag).statusCode()).isEqualTo(304);
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/cal/none, 404",
    "/api/v1/cal/none/antennas, 404",
    "/api/v1/cal/night-1f0a/antennas?measurement_set=other, 404",
    "/api/v1/cal/night-1f0a/gains?term=B_1, 400",
    "/api/v1/cal/night-1f0a/gains?term=B_9&antenna=DSA-1, 404",
    "/api/v1/qa/none, 404",
    "/api/v1/cal/nearest?time=noon, 400",
    "/api/v1/cal/nearest?time=%2B999999999-01-01T00:00:00Z, 400"
  })
  void wrongQuestionsAreToldSo(String path, int status) throws Exception {
    HttpResponse<byte[]> answer = server.get(path);
    assertThat(answer.statusCode())
        .as(new String(answer.body(), StandardCharsets.UTF_8))
        .isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
  }

  @Test
  void nothingCalibratedYetIsNoError() throws Exception {
    try (RunningServer none = RunningServer.start(Map.of("warehouse", empty.toString()))) {
      assertThat(json(none, "/api/v1/cal").get("items")).isEmpty();
      assertThat(none.get("/api/v1/cal/nearest").statusCode()).isEqualTo(404);
      assertThat(none.get("/api/v1/cal/x").statusCode()).isEqualTo(404);
    }
    try (RunningServer small =
        RunningServer.start(
            Map.of("warehouse", warehouse.toString(), "limit.calibration_values", "50"))) {
      assertThat(small.get("/api/v1/cal/night-1f0a/antennas").statusCode()).isEqualTo(413);
    }
  }
}
