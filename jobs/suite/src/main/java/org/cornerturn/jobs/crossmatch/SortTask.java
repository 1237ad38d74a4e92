package org.cornerturn.jobs.crossmatch;

/**
 * Reads a piece of one side and leaves its rows in runs by declination.
 *
 * @param id key of the index of its runs
 * @param from first unit of the table
 * @param to end
 */
record SortTask(String id, Side side, long from, long to, long inputBytes, long peakBytes)
    implements CrossmatchTask {}
