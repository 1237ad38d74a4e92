/**
 * From visibilities to dirty images and back: w-gridder and degridder, imaging weights, point
 * spread function and the beam fitted to it. Pure arithmetic on one core; {@code
 * docs/concepts/imaging.md} says how.
 */
package org.cornerturn.imaging;
