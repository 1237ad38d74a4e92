package org.cornerturn.pyramid;

import java.io.Serializable;

/**
 * The levels of an image pyramid: level 0 is the image, a pixel of level k covers 2^k by 2^k of its
 * pixels, those at the right and bottom edges what is left. Levels go on until both sides are at
 * most {@code smallest}.
 *
 * @param height pixels along the last axis but one
 * @param width pixels along the last axis
 * @param smallest largest side of the coarsest level, 1 or more
 */
public record ImageLevels(long height, long width, long smallest) implements Serializable {
  public ImageLevels {
    if (height < 0 || width < 0 || smallest < 1) {
      throw new IllegalArgumentException(
          "image of " + height + " by " + width + ", smallest " + smallest);
    }
  }

  /** Number of levels above the image itself. */
  public int count() {
    int level = 0;
    while (Math.max(height(level), width(level)) > smallest) {
      level++;
    }
    return level;
  }

  public long height(int level) {
    return PyramidLevels.ceilDiv(height, 1L << level);
  }

  public long width(int level) {
    return PyramidLevels.ceilDiv(width, 1L << level);
  }

  /** Image pixels that a pixel of a level covers. */
  public long pixelsIn(int level, long y, long x) {
    long side = 1L << level;
    return Math.min(side, height - y * side) * Math.min(side, width - x * side);
  }
}
