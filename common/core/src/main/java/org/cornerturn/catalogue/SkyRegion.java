package org.cornerturn.catalogue;

/** A part of the sphere. */
public sealed interface SkyRegion permits Cone, SkyBox, SkyPolygon {
  /** Whether a place (degrees) is in it; the rim is. */
  boolean contains(double raDeg, double decDeg);

  /**
   * False only if no place within a distance of another is in this region.
   *
   * @param reachDeg distance from the place, degrees
   */
  boolean mayMeet(double raDeg, double decDeg, double reachDeg);

  /** True only if all places within a distance of another are in this region. */
  boolean surrounds(double raDeg, double decDeg, double reachDeg);
}
