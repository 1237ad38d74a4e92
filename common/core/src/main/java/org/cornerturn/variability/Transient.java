package org.cornerturn.variability;

/**
 * A flux beside what was known before.
 *
 * @param kind what has happened
 * @param significance difference over its error
 * @param ratio now over before; infinite where nothing was there
 */
public record Transient(Kind kind, double significance, double ratio) {
  /** Times the noise from which a source is seen. */
  public static final double SEEN = 5;

  private static final double CHANGED = 3;
  private static final double BRIGHTER = 1.5;
  private static final double FAINTER = 0.67;
  private static final double CRITICAL = 10;
  private static final double HIGH = 7;

  /** What has happened. */
  public enum Kind {
    /** It is seen, and was not although it would have been. */
    NEW,
    /** Half as bright again, or more. */
    BRIGHTENING,
    /** Less than two thirds. */
    FADING,
    /** It was seen before and is not any more. */
    MISSING,
    /** Different, by less than that. */
    VARIABLE
  }

  /** How soon somebody should look. */
  public enum Level {
    CRITICAL,
    HIGH,
    MEDIUM
  }

  /**
   * Compares.
   *
   * @param now flux at its place
   * @param errorNow of it
   * @param before what was measured at its place in earlier images: their weighted mean
   * @param errorBefore of it
   * @param deepestBefore error of the most sensitive of the earlier images
   * @return null where nothing has happened
   */
  public static Transient of(
      double now, double errorNow, double before, double errorBefore, double deepestBefore) {
    double significance = (now - before) / Math.hypot(errorNow, errorBefore);
    boolean seen = now >= SEEN * errorNow;
    boolean seenBefore = before >= SEEN * errorBefore;
    double ratio = before > 0 ? now / before : Double.POSITIVE_INFINITY;
    // Not seen before says something only where the earlier images went deep enough to show it.
    if (seen && !seenBefore) {
      boolean deep = now >= SEEN * deepestBefore && significance >= SEEN;
      return deep ? new Transient(Kind.NEW, significance, ratio) : null;
    }
    if (!seenBefore || Math.abs(significance) < CHANGED) {
      return null;
    }
    if (now < CHANGED * errorNow && significance <= -SEEN) {
      return new Transient(Kind.MISSING, significance, ratio);
    }
    Kind kind = ratio > BRIGHTER ? Kind.BRIGHTENING : ratio < FAINTER ? Kind.FADING : Kind.VARIABLE;
    return new Transient(kind, significance, ratio);
  }

  /** Of its significance. */
  public Level level() {
    return level(significance);
  }

  /** Of a significance. */
  public static Level level(double significance) {
    double size = Math.abs(significance);
    return size >= CRITICAL ? Level.CRITICAL : size >= HIGH ? Level.HIGH : Level.MEDIUM;
  }
}
