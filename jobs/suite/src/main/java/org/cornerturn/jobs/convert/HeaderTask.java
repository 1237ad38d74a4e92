package org.cornerturn.jobs.convert;

/**
 * Keeps the header of one file, so that it can be built again.
 *
 * @param id key of the first object
 * @param number under which the header is kept
 */
record HeaderTask(String id, Source source, int number, long inputBytes, long peakBytes)
    implements ConvertTask {}
