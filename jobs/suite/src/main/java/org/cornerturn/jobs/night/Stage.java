package org.cornerturn.jobs.night;

import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cornerturn.UserError;

/**
 * The stages of a night, in their order. A stage is done for each observation, or once for all of
 * them; in either case by a command that a user could give.
 */
enum Stage {
  INDEX(false, true, 600),
  CONVERT(true, true, 300),
  FLAG(true, true, 600),
  CALIBRATE(true, true, 600),
  APPLY(true, true, 300),
  SELFCAL(true, false, 3600),
  IMAGE(true, true, 1800),
  QA(true, true, 60),
  FIND_SOURCES(true, true, 600),
  MOSAIC(false, false, 600),
  ASSOCIATE(false, true, 120),
  PHOTOMETRY(false, true, 600),
  CROSSMATCH(false, false, 600),
  VARIABILITY(false, true, 120),
  REPORT(false, true, 60);

  private final boolean ofObservation;
  private final boolean usual;
  private final Duration warnAfter;

  Stage(boolean ofObservation, boolean usual, long warnAfterSeconds) {
    this.ofObservation = ofObservation;
    this.usual = usual;
    this.warnAfter = Duration.ofSeconds(warnAfterSeconds);
  }

  /** Whether it is done for each observation, not once for the night. */
  boolean ofObservation() {
    return ofObservation;
  }

  /** Whether it is done unless somebody says otherwise. */
  boolean usual() {
    return usual;
  }

  /** For how long one observation (or the night) may take before somebody should look. */
  Duration warnAfter() {
    return warnAfter;
  }

  /** As users write it, and the command's name where a command does it: {@code find-sources}. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Stage named(String word) {
    return Stream.of(values())
        .filter(s -> s.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new UserError(
                    "stage " + word,
                    "there is none of this name",
                    "Use one of "
                        + Stream.of(values()).map(Stage::word).collect(Collectors.joining(", "))));
  }
}
