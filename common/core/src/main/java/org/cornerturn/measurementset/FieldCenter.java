package org.cornerturn.measurementset;

import java.io.Serializable;

/**
 * A direction to which visibilities are phased: a row of {@code field_and_source_base_xds}.
 *
 * @param name of the field, unique in its measurement set
 * @param source name of what is there
 * @param longitudeRad right ascension
 * @param latitudeRad declination
 */
public record FieldCenter(String name, String source, double longitudeRad, double latitudeRad)
    implements Serializable {}
