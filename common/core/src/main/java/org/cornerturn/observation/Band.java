package org.cornerturn.observation;

import java.io.Serializable;

/**
 * The frequencies of a file.
 *
 * @param lowHz lower edge of the lowest channel
 * @param highHz upper edge of the highest channel
 * @param channels how many
 */
public record Band(double lowHz, double highHz, int channels) implements Serializable {
  public Band {
    if (channels < 1 || !(lowHz < highHz)) {
      throw new IllegalArgumentException(
          channels + " channels, " + lowHz + " to " + highHz + " Hz");
    }
  }

  public double widthHz() {
    return highHz - lowHz;
  }

  /** Hertz that both have. */
  double shared(Band other) {
    return Math.min(highHz, other.highHz) - Math.max(lowHz, other.lowHz);
  }

  /** Whether both claim more than the rounding of an edge: half a channel or more. */
  boolean collides(Band other) {
    double channel = Math.min(widthHz() / channels, other.widthHz() / other.channels);
    return shared(other) > channel / 2;
  }
}
