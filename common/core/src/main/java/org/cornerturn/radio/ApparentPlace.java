package org.cornerturn.radio;

import java.io.Serializable;

/**
 * Where a direction is seen from a site at an instant: after precession, nutation, aberration,
 * light deflection, polar motion and the Earth's turn, without refraction.
 *
 * @param raRad apparent right ascension, counted from the true equinox of date, 0 to 2 pi; local
 *     sidereal time less this is the hour angle
 * @param decRad apparent declination
 * @param hourAngleRad west of the meridian, -pi to pi
 * @param framePositionAngleRad position angle of ICRS north in the apparent frame, positive from
 *     apparent north through east (pyuvdata's {@code frame_pa})
 */
public record ApparentPlace(
    double raRad, double decRad, double hourAngleRad, double framePositionAngleRad)
    implements Serializable {}
