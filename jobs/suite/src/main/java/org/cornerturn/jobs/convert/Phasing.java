package org.cornerturn.jobs.convert;

import java.util.Arrays;
import java.util.List;
import org.cornerturn.SharedByTasks;
import org.cornerturn.radio.BaselineVectors;
import org.cornerturn.radio.EarthOrientation;
import org.cornerturn.radio.FringeRotator;
import org.cornerturn.radio.Geodetic;
import org.cornerturn.radio.JulianDate;
import org.cornerturn.radio.LocalSky;
import org.cornerturn.radio.PhaseReference;
import org.cornerturn.radio.Rephasing;
import org.cornerturn.radio.UvwFrame;

/**
 * How visibilities and uvw go from one phase reference to another.
 *
 * @param from of the file, one for each of the set's phase centres
 * @param to of the measurement set; null where it is the file's
 * @param fromOfTime index in {@code from} of each integration of the region
 * @param antennas baselines of the region, whose uvw take the place of the file's; null where these
 *     are kept
 * @param turnsOnly whether w stays what it was, so that visibilities do
 * @param instants middles of the region's integrations
 * @param earth at these instants
 */
record Phasing(
    List<PhaseReference> from,
    PhaseReference to,
    int[] fromOfTime,
    BaselineVectors antennas,
    boolean turnsOnly,
    Geodetic site,
    List<JulianDate> instants,
    List<EarthOrientation> earth)
    implements SharedByTasks {

  /** The part of some integrations and baselines. */
  Phasing part(int first, int count, int firstBaseline, int baselines) {
    return new Phasing(
        from,
        to,
        Arrays.copyOfRange(fromOfTime, first, first + count),
        antennas == null ? null : antennas.part(firstBaseline, baselines),
        turnsOnly,
        site,
        List.copyOf(instants.subList(first, first + count)),
        List.copyOf(earth.subList(first, first + count)));
  }

  /** The same, with visibilities that are turned by what w changes. */
  Phasing turningVisibilities() {
    return new Phasing(from, to, fromOfTime, antennas, false, site, instants, earth);
  }

  /** Frame of the file's uvw in an integration. */
  UvwFrame frame(int time) {
    return from.get(fromOfTime[time]).frame(site, sky(time));
  }

  /** Whether delays of w were taken out of an integration's visibilities. */
  boolean delaysTaken(int time) {
    return from.get(fromOfTime[time]).delaysTaken();
  }

  private LocalSky sky(int time) {
    return new LocalSky(site, instants.get(time), earth.get(time));
  }

  /**
   * Turns uvw in place, or puts those of the antennas there.
   *
   * @param uvw (time, baseline, uvw) of the file
   * @return metres by which w has changed for the visibilities, (time, baseline)
   */
  double[] turn(double[] uvw, int baselines) {
    double[] shift = new double[uvw.length / 3];
    double[] ofTime = new double[baselines];
    for (int t = 0; t < instants.size(); t++) {
      PhaseReference before = from.get(fromOfTime[t]);
      Rephasing change = Rephasing.between(before, to == null ? before : to, site, sky(t));
      if (antennas == null) {
        change.apply(uvw, 3 * t * baselines, baselines, ofTime);
      } else {
        change.replace(antennas, uvw, 3 * t * baselines, ofTime);
      }
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
