package org.cornerturn.simulate;

import java.io.Serializable;
import org.cornerturn.radio.IcrsDirection;

/**
 * An unpolarised source.
 *
 * @param fluxJy Stokes I at the reference frequency
 * @param spectralIndex flux goes as (nu / reference)^index
 * @param majorRad full width at half maximum, or diameter of a disk; 0 for a point
 * @param minorRad across the major axis
 * @param positionAngleRad of the major axis, from north through east
 */
public record SkySource(
    String name,
    IcrsDirection direction,
    double fluxJy,
    double referenceHz,
    double spectralIndex,
    Shape shape,
    double majorRad,
    double minorRad,
    double positionAngleRad,
    LightCurve lightCurve)
    implements Serializable {

  /** Brightness over the sky. */
  public enum Shape {
    POINT,
    GAUSSIAN,
    DISK
  }

  public SkySource {
    if (shape != Shape.POINT && !(majorRad >= minorRad && minorRad >= 0)) {
      throw new IllegalArgumentException(name + ": the major axis is shorter than the minor one");
    }
  }

  /** A steady point source. */
  public static SkySource point(
      String name, IcrsDirection direction, double fluxJy, double referenceHz, double index) {
    return new SkySource(
        name, direction, fluxJy, referenceHz, index, Shape.POINT, 0, 0, 0, LightCurve.STEADY);
  }

  /** Flux at a frequency, light curve apart. */
  public double fluxJy(double frequencyHz) {
    return fluxJy * Math.pow(frequencyHz / referenceHz, spectralIndex);
  }
}
