package org.cornerturn.query.http;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request's place in a distributed trace (W3C Trace Context): the trace that the asker named, or
 * a new one, and a span of our own in it.
 *
 * @param traceId 32 hexadecimal digits
 * @param spanId 16 hexadecimal digits
 * @param flags two hexadecimal digits
 */
record Trace(String traceId, String spanId, String flags) {
  private static final Pattern HEADER =
      Pattern.compile("([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");

  /**
   * @param traceparent the header's value, or null
   */
  static Trace from(String traceparent) {
    if (traceparent != null) {
      Matcher m = HEADER.matcher(traceparent.strip());
      if (m.matches()
          && !m.group(1).equals("ff")
          && (m.group(5) == null || !m.group(1).equals("00"))
          && !m.group(2).matches("0+")
          && !m.group(3).matches("0+")) {
        return new Trace(m.group(2), random(), m.group(4));
      }
    }
    return new Trace(random() + random(), random(), "00");
  }

  /** 16 digits: to tell requests apart, not to be hard to guess. */
  private static String random() {
    // All zeros stand for no trace.
    return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong() | 1);
  }

  /** The header for whom we ask on behalf of this request, and for the answer. */
  String header() {
    return "00-" + traceId + "-" + spanId + "-" + flags;
  }
}
