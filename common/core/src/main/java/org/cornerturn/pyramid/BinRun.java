package org.cornerturn.pyramid;

/**
 * Consecutive bins of one level, within one storage chunk.
 *
 * @param level 1 or more
 * @param firstBin number of the first bin within the level
 * @param count bins
 * @param minMax shape (bin, 2): minimum and maximum, little-endian, of {@link
 *     WaveformPyramid#valueType}
 * @param mean shape (bin), little-endian, of {@link WaveformPyramid#meanType}; null unless asked
 *     for
 * @param nanCount NaN samples of each bin; null where there are none
 */
public record BinRun(
    int level, long firstBin, int count, byte[] minMax, byte[] mean, long[] nanCount) {

  /** Receives finished runs, finest levels first within a stretch of samples. */
  @FunctionalInterface
  public interface Sink {
    void accept(BinRun run);
  }
}
