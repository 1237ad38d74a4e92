package org.cornerturn.simulate;

import java.io.Serializable;

/**
 * Radio interference: transmitters that fill a channel all the time, and bursts that fill a sixth
 * of the band for one integration.
 *
 * @param persistent part of the channels that a transmitter fills
 * @param bursts part of the integrations that have a burst
 * @param strengthJy least amplitude on a baseline; up to five times as much on some
 */
public record Interference(double persistent, double bursts, double strengthJy)
    implements Serializable {
  /** A quiet site. */
  public static final Interference NONE = new Interference(0, 0, 0);

  private static final long CHANNELS = 21;
  private static final long BURSTS = 22;
  private static final int BURST_PART = 6;

  /**
   * Where interference is: the truth for flaggers, the same on all baselines and polarizations.
   *
   * @param channels of the whole band, from the lowest
   * @return by channel
   */
  public boolean[] mask(long seed, int integration, int channels) {
    boolean[] bad = new boolean[channels];
    CounterRandom persistentDraws = new CounterRandom(seed, CHANNELS);
    for (int c = 0; c < channels; c++) {
      bad[c] = persistentDraws.uniform(c) < persistent;
    }
    CounterRandom burstDraws = new CounterRandom(seed, BURSTS);
    if (burstDraws.uniform(2L * integration) < bursts) {
      int width = Math.max(1, channels / BURST_PART);
      int first = (int) (burstDraws.uniform(2L * integration + 1) * (channels - width + 1));
      for (int c = first; c < first + width; c++) {
        bad[c] = true;
      }
    }
    return bad;
  }
}
