package org.cornerturn.query;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.BiConsumer;
import java.util.function.ToLongFunction;

/** Cuts the memory of caches into shares; each cache tells its counts as metrics. */
public final class Caches {
  private final long bytes;
  private final MeterRegistry metrics;
  private double given;

  /**
   * @param bytes of all caches together
   */
  public Caches(long bytes, MeterRegistry metrics) {
    this.bytes = bytes;
    this.metrics = metrics;
  }

  /**
   * @param name in metrics
   * @param share of all the memory, more than 0; all shares together are at most 1
   */
  public <K, V> ByteCache<K, V> cache(String name, double share, ToLongFunction<? super V> weight) {
    return cache(name, share, weight, (k, v) -> {});
  }

  /** As above; {@code discarded} as in {@link ByteCache}. */
  public synchronized <K, V> ByteCache<K, V> cache(
      String name,
      double share,
      ToLongFunction<? super V> weight,
      BiConsumer<? super K, ? super V> discarded) {
    given += share;
    if (share <= 0 || given > 1.000001) {
      throw new IllegalArgumentException(
          "the cache " + name + " makes the shares of memory " + given);
    }
    ByteCache<K, V> cache = new ByteCache<>((long) (bytes * share), weight, discarded);
    Gauge.builder("cornerturn_cache_bytes", cache, c -> c.counts().bytes())
        .tag("cache", name)
        .register(metrics);
    Gauge.builder("cornerturn_cache_entries", cache, c -> c.counts().entries())
        .tag("cache", name)
        .register(metrics);
    FunctionCounter.builder("cornerturn_cache_hits", cache, c -> c.counts().hits())
        .tag("cache", name)
        .register(metrics);
    FunctionCounter.builder("cornerturn_cache_misses", cache, c -> c.counts().misses())
        .tag("cache", name)
        .register(metrics);
    FunctionCounter.builder("cornerturn_cache_evictions", cache, c -> c.counts().evictions())
        .tag("cache", name)
        .register(metrics);
    return cache;
  }
}
