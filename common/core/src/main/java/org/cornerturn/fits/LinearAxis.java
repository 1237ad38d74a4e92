package org.cornerturn.fits;

import java.io.Serializable;
import org.cornerturn.radio.Polarization;

/**
 * An axis of even steps.
 *
 * @param first value of the first pixel: Hz, or a code of Stokes parameters (1 to 4: I to V; -5 XX,
 *     -6 YY)
 * @param step from pixel to pixel, other than 0
 * @param count of pixels
 */
public record LinearAxis(double first, double step, int count) implements Serializable {
  public LinearAxis {
    if (count < 1 || step == 0 || !Double.isFinite(first) || !Double.isFinite(step)) {
      throw new IllegalArgumentException(count + " pixels from " + first + " by " + step);
    }
  }

  /** One channel. */
  public static LinearAxis channel(double frequencyHz, double widthHz) {
    return new LinearAxis(frequencyHz, widthHz, 1);
  }

  /** One correlation or Stokes parameter. */
  public static LinearAxis of(Polarization polarization) {
    return new LinearAxis(polarization.aipsCode(), polarization.aipsCode() < 0 ? -1 : 1, 1);
  }

  public double value(int pixel) {
    return first + pixel * step;
  }
}
