package org.cornerturn.calibrator;

/**
 * A calibrator, and the fields of an observation in which it is seen best.
 *
 * @param source index among the sources
 * @param peak index of the field of the largest response
 * @param first first field of the window about it
 * @param last last field of the window
 * @param response of the beam in the field of the peak, 0 to 1
 * @param apparentJy flux times response
 */
public record CalibratorField(
    int source, int peak, int first, int last, double response, double apparentJy) {}
