package org.cornerturn.jobs.model;

import java.util.List;
import org.cornerturn.array.Box;
import org.cornerturn.plan.ChunkTask;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.zarr.ArrayMetadata;

/**
 * Predicts one stored object of a measurement set's model.
 *
 * @param id key of the object in the measurement set
 * @param set URI of the processing set
 * @param measurementSet name of the measurement set
 * @param dataGroup whose baseline vectors are taken
 * @param array the model's, without attributes
 * @param box of the object: (time, baseline, frequency, polarization)
 * @param phaseCentres of the box's integrations
 */
record ModelTask(
    String id,
    String set,
    String measurementSet,
    String dataGroup,
    ArrayMetadata array,
    Box box,
    List<IcrsDirection> phaseCentres,
    SkyModel model,
    long inputBytes,
    long peakBytes)
    implements ChunkTask {}
