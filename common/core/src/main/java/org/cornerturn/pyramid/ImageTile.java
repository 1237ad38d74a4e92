package org.cornerturn.pyramid;

import org.cornerturn.array.DataType.Primitive;

/**
 * A rectangle of one level of one image, row by row, little-endian.
 *
 * @param level 0 for the image itself
 * @param y row of the first pixel within the level
 * @param x column of the first pixel
 * @param min smallest values, of the image's type (its magnitude's where complex)
 * @param max largest values; for level 0 the same array as {@code min}
 * @param mean of {@link WaveformPyramid#meanType}; null for level 0
 * @param nanCount NaN pixels of the image under each pixel; null where there are none
 */
public record ImageTile(
    int level,
    long y,
    long x,
    int height,
    int width,
    byte[] min,
    byte[] max,
    byte[] mean,
    int[] nanCount) {
  /** A rectangle of the image itself, of any type. */
  public static ImageTile ofImage(long y, long x, int height, int width, byte[] pixels) {
    return new ImageTile(0, y, x, height, width, pixels, pixels, null, null);
  }

  void check(ImageLevels levels, Primitive type) {
    boolean inside =
        y >= 0 && x >= 0 && y + height <= levels.height(level) && x + width <= levels.width(level);
    boolean evenStart = y % 2 == 0 && x % 2 == 0;
    boolean evenEnd =
        (height % 2 == 0 || y + height == levels.height(level))
            && (width % 2 == 0 || x + width == levels.width(level));
    if (!inside || !evenStart || !evenEnd) {
      throw new IllegalArgumentException(
          "tile at "
              + y
              + ","
              + x
              + " of "
              + height
              + " by "
              + width
              + " cuts a 2 by 2 block of a "
              + levels.height(level)
              + " by "
              + levels.width(level)
              + " level");
    }
    int item = level == 0 ? type.itemSize() : Samples.valueType(type).itemSize();
    long bytes = (long) height * width * item;
    boolean full = min.length == bytes && max.length == bytes;
    if (!full || level > 0 && mean.length != (long) height * width * meanSize(type)) {
      throw new IllegalArgumentException("tile's arrays don't fit " + height + " by " + width);
    }
  }

  private static int meanSize(Primitive type) {
    return Samples.meanType(type).itemSize();
  }
}
