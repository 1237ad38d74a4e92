package org.cornerturn.jobs.image;

/** Writes the coordinates of the Zarr arrays, and the beams that were fitted. */
record CoordinateTask(String id, Imaging imaging, int wave, long inputBytes, long peakBytes)
    implements ImageTask {}
