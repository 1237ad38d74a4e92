package org.cornerturn.calibrator;

import java.util.ArrayList;
import java.util.List;
import org.cornerturn.radio.ApparentPlace;
import org.cornerturn.radio.Geodetic;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.radio.JulianDate;
import org.cornerturn.radio.LocalSky;

/** When sources pass the meridian of a site: local apparent sidereal time = apparent place. */
public final class Transits {
  /** Turns of the sky in a mean solar day. */
  public static final double SIDEREAL_FACTOR = 1.002737909350795;

  private static final double DAY_SECONDS = 86400;
  private static final double SIDEREAL_DAY_SECONDS = DAY_SECONDS / SIDEREAL_FACTOR;

  /** A microsecond of time. */
  private static final double CLOSE_RAD = 2 * Math.PI / DAY_SECONDS * 1e-6;

  private static final int MOST_STEPS = 10;

  private final Geodetic site;

  public Transits(Geodetic site) {
    this.site = site;
  }

  /** The first transit at a time or after it. */
  public Transit next(IcrsDirection source, JulianDate from) {
    Transit near = nearest(source, from);
    while (near.utc().compareTo(from) < 0) {
      near = nearest(source, near.utc().plusSeconds(SIDEREAL_DAY_SECONDS));
    }
    return near;
  }

  /**
   * All transits from one time (included) to another (excluded), at most some.
   *
   * @throws IllegalArgumentException where there are more
   */
  public List<Transit> between(IcrsDirection source, JulianDate from, JulianDate to, int most) {
    List<Transit> all = new ArrayList<>();
    for (Transit t = next(source, from);
        t.utc().compareTo(to) < 0;
        t = nearest(source, t.utc().plusSeconds(SIDEREAL_DAY_SECONDS))) {
      if (all.size() == most) {
        throw new IllegalArgumentException("there are more than " + most + " transits");
      }
      all.add(t);
    }
    return all;
  }

  /** The transit that is nearest to a time: half a sidereal day before or after it at most. */
  public Transit nearest(IcrsDirection source, JulianDate about) {
    JulianDate at = about;
    for (int i = 0; i < MOST_STEPS; i++) {
      LocalSky sky = LocalSky.over(site, at);
      ApparentPlace place = sky.place(source);
      double ha = place.hourAngleRad();
      if (Math.abs(ha) < CLOSE_RAD) {
        return new Transit(at, sky.siderealTimeRad(), place.decRad(), elevation(place.decRad()));
      }
      at = at.plusSeconds(-ha / (2 * Math.PI) * SIDEREAL_DAY_SECONDS);
    }
    throw new IllegalStateException("no transit is found near " + about.toDouble());
  }

  private double elevation(double decRad) {
    return Math.PI / 2 - Math.abs(site.latitudeRad() - decRad);
  }
}
