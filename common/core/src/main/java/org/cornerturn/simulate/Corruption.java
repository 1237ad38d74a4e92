package org.cornerturn.simulate;

import java.io.Serializable;

/**
 * How far antennas' complex gains scatter about 1, each receptor for itself; standard deviations.
 *
 * @param amplitude of the gain's modulus
 * @param phaseRad of its phase
 * @param delaySeconds of a delay, whose phase is zero in the band's middle
 * @param bandpass of each coefficient of a polynomial of order 3 over the band, in the modulus
 * @param drift of the slope of modulus and phase from the observation's middle to its end
 */
public record Corruption(
    double amplitude, double phaseRad, double delaySeconds, double bandpass, double drift)
    implements Serializable {
  /** Perfect antennas. */
  public static final Corruption NONE = new Corruption(0, 0, 0, 0, 0);
}
