package org.cornerturn.storage;

import java.util.Map;
import java.util.TreeMap;

/** What this product sets for {@code s3a:} where the user does not. */
public final class S3Settings {
  private static final Map<String, String> DEFAULTS =
      Map.of(
          // Hadoop's own default caches object bytes in the heap, behind the memory plan's back.
          "fs.s3a.input.stream.type", "classic",
          "fs.s3a.experimental.input.fadvise", "random",
          // Bounded: a wrong endpoint or bucket must fail within seconds. Tasks try again on top.
          "fs.s3a.attempts.maximum", "3",
          "fs.s3a.retry.limit", "3",
          "fs.s3a.retry.interval", "300ms",
          "fs.s3a.connection.establish.timeout", "5s",
          // Without a data centre's metadata service the provider chain must give up soon.
          "fs.s3a.connection.timeout", "60s");

  private S3Settings() {}

  /** The settings with ours added where they are silent. */
  public static Map<String, String> completed(Map<String, String> settings) {
    Map<String, String> all = new TreeMap<>(DEFAULTS);
    all.putAll(settings);
    if (all.containsKey("fs.s3a.endpoint")) {
      // A server of one's own has no region, yet requests are signed with one.
      all.putIfAbsent("fs.s3a.endpoint.region", "us-east-1");
    }
    return Map.copyOf(all);
  }
}
