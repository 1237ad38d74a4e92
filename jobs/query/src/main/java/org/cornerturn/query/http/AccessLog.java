package org.cornerturn.query.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line of JSON for each request, and its time as a metric. Tokens and queries are not in it.
 */
final class AccessLog {
  private static final Logger LOG = LoggerFactory.getLogger("org.cornerturn.access");

  /** Bounds of the histogram of times. */
  private static final Duration[] BOUNDS =
      IntStream.of(1, 2, 5, 10, 20, 50, 100, 250, 500, 1_000, 5_000, 30_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final MeterRegistry metrics;

  AccessLog(MeterRegistry metrics) {
    this.metrics = metrics;
  }

  /**
   * @param operation its id; "none" where there was none
   */
  void answered(
      String method,
      String path,
      String operation,
      int status,
      long nanos,
      String principal,
      Trace trace) {
    Timer.builder("cornerturn_http_request")
        .tag("operation", operation)
        .tag("status", Integer.toString(status))
        .serviceLevelObjectives(BOUNDS)
        .register(metrics)
        .record(nanos, TimeUnit.NANOSECONDS);
    if (!LOG.isInfoEnabled()) {
      return;
    }
    ObjectNode line = Json.object();
    line.put("time", Instant.now().toString());
    line.put("level", "INFO");
    line.put("logger", "access");
    line.put("method", method);
    line.put("path", path);
    line.put("operation", operation);
    line.put("status", status);
    line.put("milliseconds", nanos / 1_000 / 1e3);
    line.put("principal", principal);
    line.put("trace_id", trace.traceId());
    line.put("span_id", trace.spanId());
    LOG.info(line.toString());
  }
}
