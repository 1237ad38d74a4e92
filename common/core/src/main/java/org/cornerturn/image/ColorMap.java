package org.cornerturn.image;

/** Colours of values, from dark to bright, each step as far from the one before for the eye. */
public enum ColorMap {
  /** Blue, purple, orange, cream. */
  DUSK(0x0b1030, 0x2a2a72, 0x4b3f9e, 0x7a4fa8, 0xae5a9b, 0xdc6f7f, 0xf5935f, 0xfcc35a, 0xfdf3a8),
  /** Black to white. */
  GREY(0x000000, 0xffffff),
  /** White to black, for print. */
  PAPER(0xffffff, 0x000000),
  /** Black, red, yellow, white. */
  HEAT(0x000000, 0x550000, 0xaa1100, 0xe65500, 0xf8a013, 0xffe680, 0xffffff);

  private final int[] ramp;

  ColorMap(int... ramp) {
    this.ramp = ramp;
  }

  /**
   * @param part of the way from the first to the last colour; outside of [0, 1] it has the end's
   * @return 0xRRGGBB
   */
  public int colour(double part) {
    double at = Math.max(0, Math.min(1, part)) * (ramp.length - 1);
    int i = Math.min(ramp.length - 2, (int) at);
    int mixed = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      double from = ramp[i] >> shift & 0xff;
      double to = ramp[i + 1] >> shift & 0xff;
      mixed |= (int) Math.round(from + (at - i) * (to - from)) << shift;
    }
    return mixed;
  }
}
