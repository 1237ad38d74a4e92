package org.cornerturn.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.cornerturn.query.access.Principal;
import org.cornerturn.query.access.Scope;
import org.junit.jupiter.api.Test;

class RateLimitsTest {
  private final AtomicLong now = new AtomicLong();
  private final Map<String, String> headers = new HashMap<>();
  private final RateLimits limits = new RateLimits(Map.of(Cost.READ, 60, Cost.HEAVY, 2), now::get);

  /** Headers are all that is asked of it. */
  private final HttpServletResponse response =
      (HttpServletResponse)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {HttpServletResponse.class},
              (proxy, method, arguments) ->
                  headers.put((String) arguments[0], (String) arguments[1]));

  private static Principal named(String name) {
    return new Principal(name, Scope.READ, Optional.empty());
  }

  private boolean isTaken(String name, Cost cost) {
    try {
      limits.take(named(name), cost, response);
      return true;
    } catch (Problem p) {
      assertThat(p.status()).isEqualTo(429);
      assertThat(p.headers()).containsKey("Retry-After");
      return false;
    }
  }

  @Test
  void aBucketHoldsAMinuteAndFillsEvenly() {
    for (int i = 0; i < 60; i++) {
      assertThat(isTaken("a", Cost.READ)).isTrue();
    }
    assertThat(headers).containsEntry("RateLimit-Policy", "\"read\";q=60;w=60");
    assertThat(headers.get("RateLimit")).startsWith("\"read\";r=0;");
    assertThat(isTaken("a", Cost.READ)).isFalse();
    now.addAndGet(TimeUnit.MILLISECONDS.toNanos(999));
    assertThat(isTaken("a", Cost.READ)).isFalse();
    now.addAndGet(TimeUnit.MILLISECONDS.toNanos(2));
    assertThat(isTaken("a", Cost.READ)).isTrue();
    assertThat(isTaken("a", Cost.READ)).isFalse();
    now.addAndGet(TimeUnit.HOURS.toNanos(1));
    int taken = 0;
    while (isTaken("a", Cost.READ)) {
      taken++;
    }
    assertThat(taken).isEqualTo(60);
  }

  @Test
  void eachPrincipalAndCostHasItsOwn() {
    assertThat(isTaken("a", Cost.HEAVY)).isTrue();
    assertThat(isTaken("a", Cost.HEAVY)).isTrue();
    assertThat(isTaken("a", Cost.HEAVY)).isFalse();
    assertThat(isTaken("a", Cost.READ)).isTrue();
    assertThat(isTaken("a2", Cost.HEAVY)).isTrue();
    for (int i = 0; i < 1_000; i++) {
      assertThat(isTaken("a", Cost.WRITE)).isTrue(); // Without a limit.
    }
  }
}
