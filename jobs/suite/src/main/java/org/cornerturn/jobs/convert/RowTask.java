package org.cornerturn.jobs.convert;

import org.cornerturn.array.Box;
import org.cornerturn.uvh5.RowMap;
import org.cornerturn.zarr.ArrayMetadata;

/**
 * Writes what a measurement set says of its rows: uvw and, where they vary, integration times.
 *
 * @param id key of the first object
 * @param set path of the measurement set
 * @param uvw array of (time, baseline, uvw)
 * @param seconds array of (time, baseline); null where all integrations are equally long
 * @param times (time, baseline) of the region: whole chunks of both arrays
 * @param rows of the region
 * @param phasing null where uvw stay as they are
 */
record RowTask(
    String id,
    RowSource source,
    String set,
    ArrayMetadata uvw,
    ArrayMetadata seconds,
    Box times,
    RowMap rows,
    Phasing phasing,
    long inputBytes,
    long peakBytes)
    implements ConvertTask {}
