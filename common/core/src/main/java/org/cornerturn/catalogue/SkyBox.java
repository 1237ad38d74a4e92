package org.cornerturn.catalogue;

/**
 * Right ascensions and declinations between bounds, which belong to it.
 *
 * @param west right ascension from which it reaches eastward to the other, through 0 where that is
 *     smaller; degrees
 */
public record SkyBox(double west, double east, double south, double north) implements SkyRegion {
  public SkyBox {
    if (!Double.isFinite(west) || !Double.isFinite(east)) {
      throw new IllegalArgumentException("right ascensions " + west + " to " + east);
    }
    if (!(south >= -90 && south <= north && north <= 90)) {
      throw new IllegalArgumentException("declinations " + south + " to " + north);
    }
    boolean around = Math.abs(east - west) >= 360;
    west = around ? 0 : Separation.turned(west);
    east = around ? 360 : Separation.turned(east);
  }

  private double width() {
    return east == 360 ? 360 : Separation.turned(east - west);
  }

  @Override
  public boolean contains(double ra, double dec) {
    return dec >= south && dec <= north && (east == 360 || Separation.turned(ra - west) <= width());
  }

  @Override
  public boolean mayMeet(double ra, double dec, double reachDeg) {
    if (dec + reachDeg < south || dec - reachDeg > north) {
      return false;
    }
    if (east == 360 || Math.abs(dec) + reachDeg >= 90) {
      return true;
    }
    // As wide as a circle about the place is in right ascension.
    double half =
        Math.toDegrees(
            Math.asin(
                Math.min(1, Math.sin(Math.toRadians(reachDeg)) / Math.cos(Math.toRadians(dec)))));
    double slack = half * (1 + 1e-12) + 1e-12;
    return Separation.turned(ra - west + slack) <= width() + 2 * slack
        || width() + 2 * slack >= 360;
  }

  @Override
  public boolean surrounds(double ra, double dec, double reachDeg) {
    return east == 360 && dec - reachDeg >= south && dec + reachDeg <= north;
  }
}
