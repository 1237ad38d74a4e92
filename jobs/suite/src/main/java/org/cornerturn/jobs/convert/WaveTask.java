package org.cornerturn.jobs.convert;

import org.cornerturn.array.Box;
import org.cornerturn.hdf5.ChunkManifest;
import org.cornerturn.hdf5.DatasetSource;

/**
 * Converts a group of traces, or one range of samples of it: raw chunks, fine pyramid levels, and
 * the overview (or the range's part of it) from one reading of the source.
 *
 * @param id key of the first raw object
 * @param box of the waveform array: (channel, trc, segment, sample)
 */
record WaveTask(
    String id,
    Source source,
    DatasetSource dataset,
    ChunkManifest manifest,
    WaveformArrays arrays,
    Box box,
    long inputBytes,
    long peakBytes)
    implements ConvertTask {}
