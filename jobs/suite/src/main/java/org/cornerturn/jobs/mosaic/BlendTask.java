package org.cornerturn.jobs.mosaic;

import java.io.Serializable;
import java.util.List;
import org.cornerturn.plane.CutOut;

/**
 * Puts the tiles of a stored object together.
 *
 * @param id key of the object of the image
 * @param block pixels of the mosaic that it has
 * @param windows of the tiles that have a part in it, in the order of tiles
 */
record BlendTask(
    String id, Mosaic mosaic, Block block, List<Window> windows, long inputBytes, long peakBytes)
    implements MosaicTask {
  /** A rectangle of the mosaic's pixels. */
  record Block(int x, int y, int width, int height) implements Serializable {}

  /**
   * What is needed of a tile.
   *
   * @param tile its place in the list
   */
  record Window(int tile, int x, int y, int width, int height) implements Serializable {
    CutOut pixels() {
      return new CutOut(x, y, width, height);
    }

    long count() {
      return (long) width * height;
    }
  }

  BlendTask {
    windows = List.copyOf(windows);
  }

  @Override
  public int wave() {
    return 1;
  }
}
