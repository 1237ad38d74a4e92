package org.cornerturn.jobs.image;

/**
 * Writes one of the images of a cell and polarization, or of all channels of an interval together,
 * as FITS and into the Zarr arrays.
 *
 * @param id key of its FITS file
 * @param cell its number; -1 - interval for all channels together, which are FITS alone
 * @param peers images that are written at a time, this one counted
 */
record OutputTask(
    String id,
    Imaging imaging,
    int cell,
    int polarization,
    Role role,
    int wave,
    int peers,
    long inputBytes,
    long peakBytes)
    implements ImageTask {}
