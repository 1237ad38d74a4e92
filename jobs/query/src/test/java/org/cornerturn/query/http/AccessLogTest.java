package org.cornerturn.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AccessLogTest {
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final AccessLog log = new AccessLog(metrics);
  private final Trace trace = Trace.from(null);

  private JsonNode line(long now, String path, long nanos) throws Exception {
    return Json.mapper()
        .readTree(log.line(now, "GET", path, "anOperation", 200, nanos, "some \"one\"", trace));
  }

  @Test
  void aLineIsJsonWhateverIsAskedFor() throws Exception {
    String path = "/a\"b\\c\n\u0001\u00e4\ud83d\ude00";
    JsonNode line = line(Instant.parse("2026-03-01T00:00:00.007Z").toEpochMilli(), path, 1_234_567);
    assertThat(line.path("path").asText()).isEqualTo(path);
    assertThat(line.path("principal").asText()).isEqualTo("some \"one\"");
    assertThat(line.path("time").asText()).isEqualTo("2026-03-01T00:00:00.007Z");
    assertThat(line.path("milliseconds").asDouble()).isEqualTo(1.234);
    assertThat(line.path("status").asInt()).isEqualTo(200);
    assertThat(line.path("trace_id").asText()).isEqualTo(trace.traceId());
    assertThat(line.path("span_id").asText()).isEqualTo(trace.spanId());
  }

  @Test
  void timesAreThoseOfTheClock() throws Exception {
    for (long now : new long[] {0, 999, 1_000, 1_001, 59_999, 60_000, 1_772_323_199_999L, -1}) {
      assertThat(Instant.parse(line(now, "/", 0).path("time").asText()))
          .isEqualTo(Instant.ofEpochMilli(now));
    }
    assertThat(line(0, "/", 999).path("milliseconds").asDouble()).isZero();
    assertThat(line(0, "/", 61_002_003_000L).path("milliseconds").asDouble()).isEqualTo(61002.003);
  }

  @Test
  void requestsAreCountedByOperationAndStatus() {
    log.answered("GET", "/", "a", 200, 1_000, "-", trace);
    log.answered("GET", "/", "a", 200, 3_000, "-", trace);
    log.answered("GET", "/", "a", 404, 1_000, "-", trace);
    var timer = metrics.get("cornerturn_http_request").tags("operation", "a", "status", "200");
    assertThat(timer.timer().count()).isEqualTo(2);
    assertThat(timer.timer().totalTime(TimeUnit.NANOSECONDS)).isEqualTo(4_000);
  }
}
