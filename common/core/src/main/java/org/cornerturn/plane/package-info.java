/**
 * Arithmetic on the planes of images: float[], (y, x) in C order, the first pixel that of a FITS
 * file. Transforms, noise, cut-outs, regions.
 */
package org.cornerturn.plane;
