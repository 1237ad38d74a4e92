package org.cornerturn.radio;

import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Baselines as the places of their antennas make them, from the first antenna to the second, in the
 * frame of the site's meridian; their uvw without what a file states of it.
 */
public final class BaselineVectors implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Within this, two computations of the same w agree; so that no file is turned by rounding. */
  private static final double AGREEING_METRES = 1e-4;

  /** (baseline, 3), metres. */
  private final double[] xyz;

  private BaselineVectors(double[] xyz) {
    this.xyz = xyz;
  }

  /**
   * @param antennas with places relative to the site
   * @param first number of each baseline's first antenna
   * @param second number of each baseline's second antenna
   */
  public static BaselineVectors of(
      Geodetic site, List<Antenna> antennas, int[] first, int[] second) {
    Map<Integer, double[]> places = new HashMap<>();
    for (Antenna a : antennas) {
      places.put(a.number(), UvwFrame.meridianAxes(a.position(), site));
    }
    double[] xyz = new double[3 * first.length];
    for (int b = 0; b < first.length; b++) {
      double[] from = place(places, first[b]);
      double[] to = place(places, second[b]);
      for (int i = 0; i < 3; i++) {
        xyz[3 * b + i] = to[i] - from[i];
      }
    }
    return new BaselineVectors(xyz);
  }

  private static double[] place(Map<Integer, double[]> places, int antenna) {
    double[] place = places.get(antenna);
    if (place == null) {
      throw new IllegalArgumentException("no antenna " + antenna);
    }
    return place;
  }

  public int count() {
    return xyz.length / 3;
  }

  /** The vectors of some baselines. */
  public BaselineVectors part(int first, int count) {
    return first == 0 && count == count()
        ? this
        : new BaselineVectors(Arrays.copyOfRange(xyz, 3 * first, 3 * (first + count)));
  }

  /** (baseline, 3) metres in a frame: r(antenna 2) - r(antenna 1). */
  public double[] uvw(UvwFrame frame) {
    return frame.project(xyz);
  }

  /**
   * Whether a stated w is the computed one but for how it was computed and stored: within 0.1 mm,
   * or the last place of single precision, if it is of such.
   */
  public static boolean agree(double statedMetres, double computedMetres) {
    double apart = Math.abs(statedMetres - computedMetres);
    return apart <= AGREEING_METRES
        || statedMetres == (float) statedMetres && apart <= Math.ulp((float) statedMetres);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BaselineVectors v && Arrays.equals(xyz, v.xyz);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(xyz);
  }
}
