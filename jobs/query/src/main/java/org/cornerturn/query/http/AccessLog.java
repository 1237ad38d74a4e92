package org.cornerturn.query.http;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line of JSON for each request, and its time as a metric. Tokens and queries are not in it.
 */
final class AccessLog {
  private static final Logger LOG = LoggerFactory.getLogger("org.cornerturn.access");

  private static final int LINE_CHARS = 512;

  /** Bounds of the histogram of times. */
  private static final Duration[] BOUNDS =
      IntStream.of(1, 2, 5, 10, 20, 50, 100, 250, 500, 1_000, 5_000, 30_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  private record Kind(String operation, int status) {}

  /** A second of the clock, as it is written. */
  private record Second(long number, String text) {}

  private final MeterRegistry metrics;
  private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();
  private volatile Second second = new Second(Long.MIN_VALUE, "");

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
    timers
        .computeIfAbsent(new Kind(operation, status), this::timer)
        .record(nanos, TimeUnit.NANOSECONDS);
    if (!LOG.isInfoEnabled()) {
      return;
    }
    LOG.info(
        line(System.currentTimeMillis(), method, path, operation, status, nanos, principal, trace));
  }

  /**
   * @param now milliseconds since the epoch
   */
  String line(
      long now,
      String method,
      String path,
      String operation,
      int status,
      long nanos,
      String principal,
      Trace trace) {
    StringBuilder line = new StringBuilder(LINE_CHARS);
    line.append("{\"time\":\"");
    appendTime(line, now);
    text(line.append("\",\"level\":\"INFO\",\"logger\":\"access\",\"method\":\""), method);
    text(line.append("\",\"path\":\""), path);
    line.append("\",\"operation\":\"").append(operation);
    line.append("\",\"status\":").append(status);
    line.append(",\"milliseconds\":").append(nanos / 1_000_000).append('.');
    digits(line, nanos / 1_000 % 1_000);
    text(line.append(",\"principal\":\""), principal);
    line.append("\",\"trace_id\":\"").append(trace.traceId());
    line.append("\",\"span_id\":\"").append(trace.spanId());
    return line.append("\"}").toString();
  }

  private Timer timer(Kind kind) {
    return Timer.builder("cornerturn_http_request")
        .tag("operation", kind.operation)
        .tag("status", Integer.toString(kind.status))
        .serviceLevelObjectives(BOUNDS)
        .register(metrics);
  }

  private void appendTime(StringBuilder line, long milliseconds) {
    long number = Math.floorDiv(milliseconds, 1_000L);
    Second s = second;
    if (s.number != number) {
      String text = Instant.ofEpochSecond(number).toString();
      s = new Second(number, text.substring(0, text.length() - 1)); // Without its Z.
      second = s;
    }
    line.append(s.text).append('.');
    digits(line, Math.floorMod(milliseconds, 1_000L));
    line.append('Z');
  }

  private static void digits(StringBuilder line, long thousandths) {
    line.append((char) ('0' + thousandths / 100))
        .append((char) ('0' + thousandths / 10 % 10))
        .append((char) ('0' + thousandths % 10));
  }

  private static void text(StringBuilder line, String text) {
    JsonStringEncoder.getInstance().quoteAsString(text, line);
  }
}
