package org.cornerturn.jobs.convert;

import org.cornerturn.array.ChunkGrid;
import org.cornerturn.array.Shape;

/**
 * Cuts an array into regions that are read at once: whole stored objects and, where that stays
 * bounded, whole source chunks, so that no source chunk is decoded twice.
 */
final class RegionPlan {
  private static final long GROW_TO = 16L << 20;
  private static final long MOST = 128L << 20;

  private RegionPlan() {}

  /**
   * The grid of regions.
   *
   * @param object extent of a stored object
   * @param sourceChunk chunk extent of the source, or null
   * @param itemSize bytes of an element
   */
  static ChunkGrid regions(Shape array, Shape object, Shape sourceChunk, int itemSize) {
    return new ChunkGrid(array, extent(array, object, sourceChunk, itemSize));
  }

  static Shape extent(Shape array, Shape object, Shape sourceChunk, int itemSize) {
    long[] region = object.dims();
    if (sourceChunk != null) {
      for (int i = 0; i < region.length; i++) {
        long source = Math.min(sourceChunk.dim(i), array.dim(i));
        if (source > region[i]) {
          region[i] = up(source, region[i]);
        }
      }
      if (bytes(region, array, itemSize) > MOST) {
        region = object.dims();
      }
    }
    // Small objects are read together, fastest axes first, since those lie side by side in the
    // source.
    for (int i = region.length - 1; i >= 0; i--) {
      long whole = up(array.dim(i), region[i]);
      long room = GROW_TO / Math.max(1, bytes(region, array, itemSize));
      if (room <= 1) {
        break;
      }
      region[i] = Math.min(whole, region[i] * room);
      if (region[i] < whole) {
        break;
      }
    }
    return Shape.of(region);
  }

  private static long up(long n, long step) {
    return Math.max(1, (n + step - 1) / step) * step;
  }

  private static long bytes(long[] region, Shape array, int itemSize) {
    double n = itemSize;
    for (int i = 0; i < region.length; i++) {
      n *= Math.max(1, Math.min(region[i], array.dim(i)));
    }
    return (long) Math.min(n, Long.MAX_VALUE / 2.0);
  }
}
