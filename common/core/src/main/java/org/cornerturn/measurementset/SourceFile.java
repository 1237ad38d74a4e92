package org.cornerturn.measurementset;

/**
 * A UVH5 file that a measurement set was made of.
 *
 * @param name the file's own
 * @param number under which {@link SourceHeader} keeps its header
 * @param group which of the file's spectral windows this measurement set is
 * @param firstChannel of the measurement set that is this file's
 * @param channels how many are
 * @param subband its number in the observation, -1 where it is the only file
 */
public record SourceFile(
    String name, int number, int group, int firstChannel, int channels, int subband) {}
