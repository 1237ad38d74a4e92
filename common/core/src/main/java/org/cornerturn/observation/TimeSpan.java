package org.cornerturn.observation;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;

/**
 * The integrations of a file.
 *
 * @param start beginning of the first one, UTC
 * @param end end of the last one, UTC
 * @param integrations how many different times there are
 * @param integrationSeconds length of one, the median where they differ
 */
public record TimeSpan(Instant start, Instant end, int integrations, double integrationSeconds)
    implements Serializable {
  public TimeSpan {
    if (integrations < 1 || !(integrationSeconds > 0) || end.isBefore(start)) {
      throw new IllegalArgumentException(
          integrations + " integrations of " + integrationSeconds + " s, " + start + " to " + end);
    }
  }

  /** Seconds from another start to this one. */
  double secondsAfter(Instant other) {
    return Duration.between(other, start).toNanos() / 1e9;
  }
}
