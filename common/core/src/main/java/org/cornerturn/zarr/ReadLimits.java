package org.cornerturn.zarr;

/**
 * Bounds of reading.
 *
 * @param maxChunkBytes most bytes that a chunk may decode to, or a stored object read whole may
 *     have
 * @param maxGap inner chunks of a shard are fetched by one request when no more bytes than this lie
 *     between them
 * @param maxMerged most bytes of such a merged request
 */
public record ReadLimits(int maxChunkBytes, int maxGap, int maxMerged) {
  /** Chunks up to 512 MiB, gaps up to 1 MiB, merged requests up to 16 MiB. */
  public static final ReadLimits STANDARD = new ReadLimits(512 << 20, 1 << 20, 16 << 20);

  public ReadLimits {
    if (maxChunkBytes < 1 || maxGap < 0 || maxMerged < 0) {
      throw new IllegalArgumentException("limits of reading must be positive");
    }
  }
}
