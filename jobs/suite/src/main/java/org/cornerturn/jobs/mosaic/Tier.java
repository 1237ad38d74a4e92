package org.cornerturn.jobs.mosaic;

import java.time.Duration;
import java.util.Locale;
import org.cornerturn.mosaic.Interpolation;

/** Which images a mosaic takes and how, where options don't say it. */
enum Tier {
  /** All images, as well as they can be placed. */
  ALL(Integer.MAX_VALUE, Double.POSITIVE_INFINITY, Interpolation.LANCZOS),
  /** By the time from the first image to the last: up to an hour, two days, more. */
  AUTO(0, 0, null),
  /** The last few images, soon. */
  QUICKLOOK(10, 10e-3, Interpolation.BILINEAR),
  SCIENCE(100, 1e-3, Interpolation.BICUBIC),
  DEEP(1000, 0.5e-3, Interpolation.LANCZOS);

  private static final Duration QUICK = Duration.ofHours(1);
  private static final Duration LONG = Duration.ofHours(48);

  private final int most;
  private final double sigmaJy;
  private final Interpolation interpolation;

  Tier(int most, double sigmaJy, Interpolation interpolation) {
    this.most = most;
    this.sigmaJy = sigmaJy;
    this.interpolation = interpolation;
  }

  /** Images at most: the latest. */
  int most() {
    return most;
  }

  /** Images of more noise don't count, Jy/beam. */
  double sigmaJy() {
    return sigmaJy;
  }

  Interpolation interpolation() {
    return interpolation;
  }

  /**
   * This one, or of {@link #AUTO} the one for images over so long.
   *
   * @param seconds from the first image to the last
   */
  Tier over(double seconds) {
    if (this != AUTO) {
      return this;
    }
    return seconds < QUICK.toSeconds() ? QUICKLOOK : seconds <= LONG.toSeconds() ? SCIENCE : DEEP;
  }

  /** As it is written on a command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
