package org.cornerturn.query.http;

import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import org.cornerturn.query.access.Principal;

/**
 * A bucket of tokens for each principal and cost: a request takes one, and they come back evenly
 * over a minute.
 */
final class RateLimits {
  private static final int MOST_BUCKETS = 20_000;
  private static final long MINUTE_NANOS = 60_000_000_000L;

  private record Key(String principal, Cost cost) {}

  private static final class Bucket {
    private double tokens;
    private long filled;
  }

  private final Map<Cost, Integer> perMinute;
  private final LongSupplier nanos;
  private final Map<Key, Bucket> buckets =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Bucket> eldest) {
          return size() > MOST_BUCKETS;
        }
      };

  /**
   * @param perMinute requests a minute; a cost that is missing or 0 has no limit
   */
  RateLimits(Map<Cost, Integer> perMinute, LongSupplier nanos) {
    this.perMinute = Map.copyOf(perMinute);
    this.nanos = nanos;
  }

  /**
   * Takes a token and tells the allowance in the answer's headers.
   *
   * @throws Problem 429 when there is none
   */
  void take(Principal principal, Cost cost, HttpServletResponse response) {
    int quota = perMinute.getOrDefault(cost, 0);
    if (quota == 0) {
      return;
    }
    double left;
    synchronized (buckets) {
      Bucket b = buckets.get(new Key(principal.name(), cost));
      long now = nanos.getAsLong();
      if (b == null) {
        b = new Bucket();
        b.tokens = quota;
        b.filled = now;
        buckets.put(new Key(principal.name(), cost), b);
      }
      b.tokens = Math.min(quota, b.tokens + (double) (now - b.filled) * quota / MINUTE_NANOS);
      b.filled = now;
      left = b.tokens - 1;
      if (left >= 0) {
        b.tokens = left;
      }
    }
    String name = cost.name().toLowerCase(Locale.ROOT);
    response.setHeader("RateLimit-Policy", "\"" + name + "\";q=" + quota + ";w=60");
    long wait = left >= 0 ? 0 : (long) Math.ceil(-left * 60 / quota);
    response.setHeader(
        "RateLimit", "\"" + name + "\";r=" + (long) Math.max(0, left) + ";t=" + Math.max(1, wait));
    if (left < 0) {
      throw Problem.tooMany(
          "More than " + quota + " requests of the kind " + name + " in a minute", wait);
    }
  }
}
