package org.cornerturn.flagging;

import org.cornerturn.radio.ApparentPlace;
import org.cornerturn.radio.Geodetic;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.radio.JulianDate;
import org.cornerturn.radio.LocalSky;

/** What follows from where antennas stand and point. */
public final class Geometry {
  private static final double LIGHT_METRES_PER_SECOND = 299_792_458;

  private Geometry() {}

  /**
   * Antennas that another one shadows: seen from the source their dishes overlap, and theirs is
   * farther from it.
   *
   * @param uvwMetres (baseline, 3) of one integration, antenna 2 less antenna 1; NaN where unknown
   * @param antenna1 first antenna of each baseline
   * @param antenna2 second antenna of each baseline
   * @param diameterMetres of each antenna; NaN where unknown, then it neither shadows nor is
   *     shadowed
   * @return by antenna
   */
  public static boolean[] shadowed(
      double[] uvwMetres, int[] antenna1, int[] antenna2, double[] diameterMetres) {
    boolean[] shadowed = new boolean[diameterMetres.length];
    for (int b = 0; b < antenna1.length; b++) {
      if (antenna1[b] == antenna2[b]) {
        continue;
      }
      double reach = 0.5 * (diameterMetres[antenna1[b]] + diameterMetres[antenna2[b]]);
      if (Math.hypot(uvwMetres[3 * b], uvwMetres[3 * b + 1]) < reach) {
        // w grows towards the source.
        shadowed[uvwMetres[3 * b + 2] > 0 ? antenna1[b] : antenna2[b]] = true;
      }
    }
    return shadowed;
  }

  /**
   * Channels at which a baseline is within a range of lengths.
   *
   * @param uvMetres projected length; where it isn't known no channel is
   * @param least length, wavelengths
   * @param most length, wavelengths
   * @param frequenciesHz ascending
   * @return first channel, and the one after the last
   */
  public static int[] channelsWithin(
      double uvMetres, double least, double most, double[] frequenciesHz) {
    int first = 0;
    while (first < frequenciesHz.length
        && !(uvMetres * frequenciesHz[first] / LIGHT_METRES_PER_SECOND >= least)) {
      first++;
    }
    int past = frequenciesHz.length;
    while (past > first
        && !(uvMetres * frequenciesHz[past - 1] / LIGHT_METRES_PER_SECOND <= most)) {
      past--;
    }
    return new int[] {first, past};
  }

  /**
   * How high a direction stands, without refraction.
   *
   * @return radians above the horizon
   */
  public static double elevationRad(Geodetic site, JulianDate utc, IcrsDirection direction) {
    return elevationRad(LocalSky.over(site, utc).place(direction), site.latitudeRad());
  }

  private static double elevationRad(ApparentPlace place, double latitudeRad) {
    double up =
        Math.sin(latitudeRad) * Math.sin(place.decRad())
            + Math.cos(latitudeRad) * Math.cos(place.decRad()) * Math.cos(place.hourAngleRad());
    return Math.asin(Math.min(1, Math.max(-1, up)));
  }

  /**
   * Integrations that lie, even in part, within some seconds of the beginning or end of their scan.
   *
   * @param unixSeconds middles of the integrations, ascending
   * @param integrationSeconds length of one
   * @param scans name of each integration's scan
   * @return by integration
   */
  public static boolean[] quacked(
      double[] unixSeconds,
      double integrationSeconds,
      String[] scans,
      double beginSeconds,
      double endSeconds) {
    boolean[] quacked = new boolean[unixSeconds.length];
    double half = 0.5 * integrationSeconds;
    int from = 0;
    while (from < quacked.length) {
      int past = from + 1;
      while (past < quacked.length && scans[past].equals(scans[from])) {
        past++;
      }
      double begin = unixSeconds[from] - half + beginSeconds;
      double end = unixSeconds[past - 1] + half - endSeconds;
      // A thousandth of an integration is rounding.
      double slack = 1e-3 * integrationSeconds;
      for (int t = from; t < past; t++) {
        quacked[t] =
            beginSeconds > 0 && unixSeconds[t] - half < begin - slack
                || endSeconds > 0 && unixSeconds[t] + half > end + slack;
      }
      from = past;
    }
    return quacked;
  }
}
