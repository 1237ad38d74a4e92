package org.cornerturn.jobs.model;

/**
 * A model as the user names it.
 *
 * @param model {@code point:FLUX[,INDEX]}, {@code components:FILE} or {@code catalog:TABLE}
 * @param beam {@code none}, or {@code airy}, {@code cosine}, {@code gaussian} with {@code :METRES}
 * @param centre {@code RA,DEC} of a point, or of the region of a catalogue; null for the phase
 *     centre
 * @param radius of that region, an angle
 * @param minFluxJy least flux of a catalogue's source
 * @param index spectral index of a catalogue's sources
 */
public record ModelChoice(
    String model, String beam, String centre, String radius, double minFluxJy, double index) {}
