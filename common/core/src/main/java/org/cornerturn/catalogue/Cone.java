package org.cornerturn.catalogue;

/**
 * What is within an angle of a place.
 *
 * @param radiusDeg 0 to 180, degrees
 */
public record Cone(double raDeg, double decDeg, double radiusDeg) implements SkyRegion {
  public Cone {
    if (!Double.isFinite(raDeg) || !(Math.abs(decDeg) <= 90)) {
      throw new IllegalArgumentException("no place on the sphere: " + raDeg + ", " + decDeg);
    }
    if (!(radiusDeg >= 0 && radiusDeg <= 180)) {
      throw new IllegalArgumentException("no radius from 0 to 180 degrees: " + radiusDeg);
    }
    raDeg = Separation.turned(raDeg);
  }

  @Override
  public boolean contains(double ra, double dec) {
    return Separation.degrees(raDeg, decDeg, ra, dec) <= radiusDeg;
  }

  @Override
  public boolean mayMeet(double ra, double dec, double reachDeg) {
    return Separation.degrees(raDeg, decDeg, ra, dec) <= radiusDeg + reachDeg;
  }

  @Override
  public boolean surrounds(double ra, double dec, double reachDeg) {
    return Separation.degrees(raDeg, decDeg, ra, dec) + reachDeg <= radiusDeg;
  }
}
