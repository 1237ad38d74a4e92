package org.cornerturn.sky;

import java.io.Serializable;
import org.cornerturn.radio.IcrsDirection;

/**
 * An unpolarised piece of the sky's brightness, at rest among the stars.
 *
 * @param spectrum Stokes I
 * @param majorRad full width at half maximum, or diameter of a disk; 0 for a point
 * @param minorRad across the major axis
 * @param positionAngleRad of the major axis, from north through east
 */
public record SkyComponent(
    String name,
    IcrsDirection direction,
    Spectrum spectrum,
    Shape shape,
    double majorRad,
    double minorRad,
    double positionAngleRad)
    implements Serializable {

  /** Brightness over the sky. */
  public enum Shape {
    POINT,
    GAUSSIAN,
    DISK
  }

  public SkyComponent {
    if (shape != Shape.POINT && !(majorRad >= minorRad && minorRad >= 0)) {
      throw new IllegalArgumentException(name + ": the major axis is shorter than the minor one");
    }
  }

  public static SkyComponent point(String name, IcrsDirection direction, Spectrum spectrum) {
    return new SkyComponent(name, direction, spectrum, Shape.POINT, 0, 0, 0);
  }
}
