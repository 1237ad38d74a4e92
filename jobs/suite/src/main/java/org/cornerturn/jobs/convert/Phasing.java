package org.cornerturn.jobs.convert;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.cornerturn.radio.EarthOrientation;
import org.cornerturn.radio.FringeRotator;
import org.cornerturn.radio.Geodetic;
import org.cornerturn.radio.JulianDate;
import org.cornerturn.radio.LocalSky;
import org.cornerturn.radio.PhaseReference;
import org.cornerturn.radio.Rephasing;

/**
 * How visibilities and uvw go from one phase reference to another.
 *
 * @param from of the file, one for each of the set's phase centres
 * @param to of the measurement set
 * @param fromOfTime index in {@code from} of each integration of the region
 * @param turnsOnly whether w stays what it was, so that visibilities do
 * @param instants middles of the region's integrations
 * @param earth at these instants
 */
record Phasing(
    List<PhaseReference> from,
    PhaseReference to,
    int[] fromOfTime,
    boolean turnsOnly,
    Geodetic site,
    List<JulianDate> instants,
    List<EarthOrientation> earth)
    implements Serializable {

  /** The part of some integrations. */
  Phasing times(int first, int count) {
    return new Phasing(
        from,
        to,
        Arrays.copyOfRange(fromOfTime, first, first + count),
        turnsOnly,
        site,
        List.copyOf(instants.subList(first, first + count)),
        List.copyOf(earth.subList(first, first + count)));
  }

  /**
   * Turns uvw in place.
   *
   * @param uvw (time, baseline, uvw)
   * @return metres by which w has changed for the visibilities, (time, baseline)
   */
  double[] turn(double[] uvw, int baselines) {
    double[] shift = new double[uvw.length / 3];
    double[] ofTime = new double[baselines];
    for (int t = 0; t < instants.size(); t++) {
      LocalSky sky = new LocalSky(site, instants.get(t), earth.get(t));
      Rephasing.between(from.get(fromOfTime[t]), to, site, sky)
          .apply(uvw, 3 * t * baselines, baselines, ofTime);
      System.arraycopy(ofTime, 0, shift, t * baselines, baselines);
    }
    return shift;
  }

  /**
   * Turns visibilities.
   *
   * @param visibilities (cell, frequency, polarization), real and imaginary part in turn
   * @param shiftMetres of each cell
   */
  static void rotate(
      float[] visibilities, double[] shiftMetres, double[] frequencyHz, int polarizations) {
    FringeRotator rotator = new FringeRotator(frequencyHz, polarizations);
    int step = 2 * frequencyHz.length * polarizations;
    for (int cell = 0; cell < shiftMetres.length; cell++) {
      rotator.rotate(visibilities, cell * step, shiftMetres[cell]);
    }
  }

  /** As {@link #rotate(float[], double[], double[], int)}, of double precision. */
  static void rotate(
      double[] visibilities, double[] shiftMetres, double[] frequencyHz, int polarizations) {
    FringeRotator rotator = new FringeRotator(frequencyHz, polarizations);
    int step = 2 * frequencyHz.length * polarizations;
    for (int cell = 0; cell < shiftMetres.length; cell++) {
      rotator.rotate(visibilities, cell * step, shiftMetres[cell]);
    }
  }
}
