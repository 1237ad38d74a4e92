package org.cornerturn.solution;

import java.util.Locale;

/** How old solutions are when they are applied. */
public enum Staleness {
  FRESH(6),
  AGING(12),
  STALE(24),
  CRITICAL(Double.POSITIVE_INFINITY);

  private static final double HOUR = 3600;
  private final double hours;

  Staleness(double hours) {
    this.hours = hours;
  }

  /**
   * The class of an age.
   *
   * @param seconds between the solutions and the data
   */
  public static Staleness of(double seconds) {
    for (Staleness s : values()) {
      if (Math.abs(seconds) <= s.hours * HOUR) {
        return s;
      }
    }
    return CRITICAL;
  }

  /** Whether the user should hear of it. */
  public boolean isWorthAWarning() {
    return this != FRESH;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
