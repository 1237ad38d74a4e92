package org.cornerturn.jobs.flag;

import java.io.Serializable;
import org.cornerturn.array.ChunkGrid;
import org.cornerturn.array.Shape;
import org.cornerturn.flagging.PlaneFlagger;
import org.cornerturn.flagging.SampleMasks;
import org.cornerturn.flagging.VisibilityWindow;
import org.cornerturn.zarr.ArrayMetadata;

/**
 * The windows in which visibilities are searched: some times by some channels of all baselines and
 * correlations, in whole chunks. Interference stands out best from long lines in both directions,
 * so the band is kept whole while {@value #TIMES} integrations fit the memory, these while {@value
 * #CHANNELS} channels do.
 *
 * @param window extent of a full window
 */
record WindowGrid(Shape array, Shape window) implements Serializable {
  static final int TIMES = 24;
  static final int CHANNELS = 64;

  /** Chunks in their stored, decoded and numeric form, with flags. */
  private static final long PIECE_ROOM = 32L << 20;

  /**
   * @param visibilities of the measurement set
   * @param memoryBytes that a task may take
   */
  static WindowGrid of(ArrayMetadata visibilities, long memoryBytes) {
    Shape array = visibilities.shape();
    Shape chunk = visibilities.chunk();
    long times = array.dim(0);
    long channels = array.dim(2);
    for (long parts = 2; !fits(array, chunk, times, channels, memoryBytes); parts++) {
      long fewer = share(array.dim(0), parts, chunk.dim(0));
      if (fewer < Math.min(TIMES, array.dim(0)) || fewer >= times && times <= TIMES) {
        break;
      }
      times = fewer;
    }
    channels = narrowed(array, chunk, times, memoryBytes, Math.min(CHANNELS, channels));
    while (!fits(array, chunk, times, channels, memoryBytes) && times > chunk.dim(0)) {
      times = Math.max(chunk.dim(0), up((times + 1) / 2, chunk.dim(0)));
    }
    channels = narrowed(array, chunk, times, memoryBytes, 1);
    return new WindowGrid(
        array,
        Shape.of(
            up(times, chunk.dim(0)),
            up(array.dim(1), chunk.dim(1)),
            up(channels, chunk.dim(2)),
            up(array.dim(3), chunk.dim(3))));
  }

  /** The most channels that fit, but no fewer than so many. */
  private static long narrowed(
      Shape array, Shape chunk, long times, long memoryBytes, long fewest) {
    long channels = array.dim(2);
    for (long parts = 2; !fits(array, chunk, times, channels, memoryBytes); parts++) {
      long fewer = share(array.dim(2), parts, chunk.dim(2));
      if (fewer < fewest || channels <= chunk.dim(2)) {
        break;
      }
      channels = fewer;
    }
    return channels;
  }

  private static long share(long length, long parts, long step) {
    return up((length + parts - 1) / parts, step);
  }

  private static long up(long n, long step) {
    return (n + step - 1) / step * step;
  }

  private static boolean fits(
      Shape array, Shape chunk, long times, long channels, long memoryBytes) {
    return bytes(array, chunk, times, channels) <= memoryBytes;
  }

  private static long bytes(Shape array, Shape chunk, long times, long channels) {
    long samples = times * array.dim(1) * channels * array.dim(3);
    long slab = chunk.dim(0) * array.dim(1) * channels * array.dim(3);
    return VisibilityWindow.bytes(times, array.dim(1), channels, array.dim(3))
        + samples // Found flags on their way out, if they don't compress.
        + 2 * slab
        + PlaneFlagger.bytes(times, channels)
        + SampleMasks.bytes(times, array.dim(1), channels)
        + PIECE_ROOM;
  }

  /** Bytes that the search of a full window takes. */
  long bytes(Shape chunk) {
    return bytes(
        array, chunk, Math.min(window.dim(0), array.dim(0)), Math.min(window.dim(2), array.dim(2)));
  }

  ChunkGrid grid() {
    return new ChunkGrid(array, window);
  }
}
