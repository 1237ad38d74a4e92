package org.cornerturn.source;

import org.cornerturn.plane.CutOut;

/**
 * Pixels that hang together, all above the level to which sources are followed, at least one above
 * that at which they are seen.
 *
 * @param pixels places in the window, ascending
 * @param bounds the smallest rectangle about them, in the window
 * @param peak place of the pixel that stands highest above the noise
 * @param peakSnr how many times the noise that is
 */
record Island(int[] pixels, CutOut bounds, int peak, float peakSnr) {}
