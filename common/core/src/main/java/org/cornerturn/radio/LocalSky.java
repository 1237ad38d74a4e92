package org.cornerturn.radio;

import org.jastronomy.jsofa.JSOFA;
import org.jastronomy.jsofa.JSOFA.Astrom;
import org.jastronomy.jsofa.JSOFA.JulianDate;
import org.jastronomy.jsofa.JSOFA.ObservedPosition;
import org.jastronomy.jsofa.JSOFA.SphericalCoordinate;
import org.jastronomy.jsofa.JSOFAIllegalParameter;
import org.jastronomy.jsofa.JSOFAInternalError;

/**
 * The sky over a site at an instant, by SOFA (IAU 2006/2000A): sidereal time, and apparent places
 * of ICRS directions and back. What is the same for all directions is computed once.
 */
public final class LocalSky {
  // Half the arc over which the direction of ICRS north is taken: small enough for 1e-10 rad.
  private static final double NORTH_STEP_RAD = 1e-4;
  private static final double TURN = 2 * Math.PI;

  private final Astrom astrom = new Astrom();
  private final double originsEquation;
  private final double siderealTimeRad;

  /**
   * @param utc Julian date, UTC, since 1960
   */
  public LocalSky(Geodetic site, org.cornerturn.radio.JulianDate utc, EarthOrientation earth) {
    double day = utc.day();
    double part = utc.fraction();
    double longitude = site.longitudeRad();
    try {
      originsEquation =
          JSOFA.jauApco13(
              day,
              part,
              earth.dut1Seconds(),
              longitude,
              site.latitudeRad(),
              site.heightMetres(),
              earth.poleXRad(),
              earth.poleYRad(),
              0,
              0,
              0,
              0,
              astrom);
      JulianDate ut1 = JSOFA.jauUtcut1(day, part, earth.dut1Seconds());
      JulianDate tai = JSOFA.jauUtctai(day, part);
      JulianDate tt = JSOFA.jauTaitt(tai.djm0, tai.djm1);
      siderealTimeRad =
          turn(
              JSOFA.jauGst06a(ut1.djm0, ut1.djm1, tt.djm0, tt.djm1)
                  + longitude
                  + JSOFA.jauSp00(tt.djm0, tt.djm1));
    } catch (JSOFAIllegalParameter | JSOFAInternalError e) {
      throw new IllegalArgumentException(
          "no astronomy for Julian date " + utc.toDouble() + ": " + e.getMessage(), e);
    }
  }

  /** The sky with the bundled Earth orientation; where that has none, with UT1 taken as UTC. */
  public static LocalSky over(Geodetic site, org.cornerturn.radio.JulianDate utc) {
    return new LocalSky(
        site, utc, EarthOrientationTable.bundled().at(utc).orElse(EarthOrientation.UNKNOWN));
  }

  /** Local apparent sidereal time, 0 to 2 pi. */
  public double siderealTimeRad() {
    return siderealTimeRad;
  }

  /** Where a direction is seen. */
  public ApparentPlace place(IcrsDirection direction) {
    double ra = direction.raRad();
    double dec = direction.decRad();
    ObservedPosition centre = observed(ra, dec);
    double[] north = vector(observed(ra, dec + NORTH_STEP_RAD));
    double[] south = vector(observed(ra, dec - NORTH_STEP_RAD));
    double sinRa = Math.sin(centre.rob);
    double cosRa = Math.cos(centre.rob);
    double sinDec = Math.sin(centre.dob);
    double cosDec = Math.cos(centre.dob);
    double x = north[0] - south[0];
    double y = north[1] - south[1];
    double z = north[2] - south[2];
    double towardsEast = -sinRa * x + cosRa * y;
    double towardsNorth = -sinDec * cosRa * x - sinDec * sinRa * y + cosDec * z;
    double apparentRa = turn(centre.rob - originsEquation);
    return new ApparentPlace(
        apparentRa,
        centre.dob,
        Math.IEEEremainder(siderealTimeRad - apparentRa, TURN),
        Math.atan2(towardsEast, towardsNorth));
  }

  /**
   * The direction that is seen at an apparent place.
   *
   * @param raRad apparent right ascension, from the true equinox of date
   */
  public IcrsDirection direction(double raRad, double decRad) {
    SphericalCoordinate cirs = JSOFA.jauAtoiq("R", raRad + originsEquation, decRad, astrom);
    SphericalCoordinate icrs = JSOFA.jauAticq(cirs.alpha, cirs.delta, astrom);
    return new IcrsDirection(turn(icrs.alpha), icrs.delta);
  }

  /** The direction that is on the meridian at an apparent declination. */
  public IcrsDirection onMeridian(double decRad) {
    return direction(siderealTimeRad, decRad);
  }

  private ObservedPosition observed(double ra, double dec) {
    SphericalCoordinate cirs = JSOFA.jauAtciqz(ra, dec, astrom);
    return JSOFA.jauAtioq(cirs.alpha, cirs.delta, astrom);
  }

  private static double[] vector(ObservedPosition p) {
    double c = Math.cos(p.dob);
    return new double[] {c * Math.cos(p.rob), c * Math.sin(p.rob), Math.sin(p.dob)};
  }

  private static double turn(double angle) {
    double a = angle % TURN;
    return a < 0 ? a + TURN : a;
  }
}
