package org.cornerturn.imaging;

import java.io.Serializable;

/**
 * How far visibilities reach, in wavelengths. Of each visibility (u, v, w) and its mirror image
 * (-u, -v, -w) the one with w of at least 0 counts.
 *
 * @param mostU largest |u|
 * @param mostV largest |v|
 * @param leastW smallest |w|
 * @param mostW largest |w|
 */
public record UvwExtent(double mostU, double mostV, double leastW, double mostW)
    implements Serializable {
  /** What nothing reaches: the start of a union. */
  public static final UvwExtent NONE = new UvwExtent(0, 0, Double.POSITIVE_INFINITY, 0);

  private static final double SPEED_OF_LIGHT = 299_792_458.0;

  /**
   * Of all rows at all frequencies between two.
   *
   * @param uvwMetres (row, 3); rows that aren't finite are passed over
   */
  public static UvwExtent of(double[] uvwMetres, double lowestHz, double highestHz) {
    double u = 0;
    double v = 0;
    double least = Double.POSITIVE_INFINITY;
    double most = 0;
    for (int i = 0; i + 2 < uvwMetres.length; i += 3) {
      double w = Math.abs(uvwMetres[i + 2]);
      if (w + Math.abs(uvwMetres[i]) + Math.abs(uvwMetres[i + 1]) < Double.POSITIVE_INFINITY) {
        u = Math.max(u, Math.abs(uvwMetres[i]));
        v = Math.max(v, Math.abs(uvwMetres[i + 1]));
        least = Math.min(least, w);
        most = Math.max(most, w);
      }
    }
    double high = highestHz / SPEED_OF_LIGHT;
    return new UvwExtent(u * high, v * high, least * (lowestHz / SPEED_OF_LIGHT), most * high);
  }

  /** Of both. */
  public UvwExtent union(UvwExtent other) {
    return new UvwExtent(
        Math.max(mostU, other.mostU),
        Math.max(mostV, other.mostV),
        Math.min(leastW, other.leastW),
        Math.max(mostW, other.mostW));
  }

  /** Whether nothing was in it. */
  public boolean isEmpty() {
    return !(leastW <= mostW);
  }
}
