package org.cornerturn.source;

import java.io.Serializable;

/**
 * How sources are looked for.
 *
 * @param seed a source's brightest pixel is at least so many times the noise
 * @param flood its island goes down to so many times the noise
 * @param box side of the boxes for level and noise, pixels, even; 0 for what suits the beam
 */
public record FindSettings(double seed, double flood, int box) implements Serializable {
  /** Beams that a box is wide. */
  private static final int BEAMS = 20;

  private static final int LEAST_BOX = 32;
  private static final int MOST_BOX = 1024;

  public static final FindSettings DEFAULT = new FindSettings(5, 4, 0);

  public FindSettings {
    if (!(seed >= flood && flood > 0 && seed < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "sources from " + seed + " times the noise, followed down to " + flood + " times");
    }
    if (box != 0 && (box < 16 || box > MOST_BOX || box % 2 != 0)) {
      throw new IllegalArgumentException("boxes of " + box + " pixels; even ones of 16 to 1024");
    }
  }

  /** The same with boxes that suit a beam. */
  public FindSettings resolved(PixelShape beam) {
    if (box != 0) {
      return this;
    }
    double wide = Math.min(MOST_BOX, Math.max(LEAST_BOX, BEAMS * beam.major()));
    return new FindSettings(seed, flood, 2 * (int) Math.round(wide / 2));
  }
}
