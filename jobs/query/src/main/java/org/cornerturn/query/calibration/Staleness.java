package org.cornerturn.query.calibration;

import java.time.Duration;
import java.util.Locale;

/** How far gains are from the data to which they would be applied. */
enum Staleness {
  FRESH(6),
  AGING(12),
  STALE(24),
  CRITICAL(48),
  /** Too far to be used. */
  EXPIRED(Long.MAX_VALUE);

  private final long mostHours;

  Staleness(long mostHours) {
    this.mostHours = mostHours;
  }

  static Staleness of(Duration age) {
    for (Staleness s : values()) {
      if (s == EXPIRED || age.compareTo(Duration.ofHours(s.mostHours)) <= 0) {
        return s;
      }
    }
    return EXPIRED;
  }

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
