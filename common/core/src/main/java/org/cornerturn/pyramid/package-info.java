/**
 * Multi-resolution pyramids of waveforms (minimum, maximum and mean per bin) and of images (2 by
 * 2). Pure arithmetic on primitive arrays: no files, no clock.
 *
 * <p>NaN is ignored and counted; a bin of nothing but NaN is NaN. Complex numbers enter by their
 * magnitude. Results don't depend on how the input is cut into pieces or ranges, bit for bit.
 */
package org.cornerturn.pyramid;
