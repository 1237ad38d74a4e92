package org.cornerturn.jobs.source;

import java.util.List;
import org.cornerturn.UserError;
import org.cornerturn.source.FindSettings;

/**
 * What sources are looked for in.
 *
 * @param least gain of the antennas below which nothing is looked for
 * @param tile side of a tile, pixels
 */
record FindParameters(
    List<String> images,
    int channel,
    String polarization,
    FindSettings settings,
    double least,
    int tile) {
  FindParameters {
    images = List.copyOf(images);
    if (!(least >= 0 && least < 1)) {
      throw new UserError("--pblimit " + least, "it is no part of 1", "Give 0 to 1, as in 0.1");
    }
    if (tile < 64 || tile > 1 << 14) {
      throw new UserError("--tile " + tile, "tiles have 64 to 16384 pixels", "Give 2048");
    }
  }

  static FindSettings settings(double seed, double flood, int box) {
    try {
      return new FindSettings(seed, flood, box);
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "--seed " + seed + " --flood " + flood + " --box " + box,
          e.getMessage(),
          "Give --seed 5 --flood 4",
          e);
    }
  }
}
