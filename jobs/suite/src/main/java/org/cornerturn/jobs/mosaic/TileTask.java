package org.cornerturn.jobs.mosaic;

/**
 * Measures the noise of a tile, and smooths it where tiles are smoothed.
 *
 * @param id key of what was measured
 * @param tile its place in the list
 */
record TileTask(String id, Mosaic mosaic, int tile, long inputBytes, long peakBytes)
    implements MosaicTask {}
