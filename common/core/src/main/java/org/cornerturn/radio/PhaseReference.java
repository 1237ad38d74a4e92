package org.cornerturn.radio;

import java.io.Serializable;

/** Where uvw and the phases of visibilities refer to. */
public sealed interface PhaseReference extends Serializable {
  /** Axes of uvw at an instant. */
  UvwFrame frame(Geodetic site, LocalSky sky);

  /**
   * Whether delays of w were taken out of the data. Where they weren't, the data are as with w = 0,
   * whatever w the file states.
   */
  boolean delaysTaken();

  /** Not phased to any direction: uvw are east, north and up. */
  record Unprojected() implements PhaseReference {
    @Override
    public UvwFrame frame(Geodetic site, LocalSky sky) {
      return UvwFrame.zenith(site);
    }

    @Override
    public boolean delaysTaken() {
      return false;
    }
  }

  /**
   * The meridian at an apparent declination, v to apparent north: the same uvw for all times.
   *
   * @param decRad apparent declination
   */
  record Meridian(double decRad) implements PhaseReference {
    @Override
    public UvwFrame frame(Geodetic site, LocalSky sky) {
      return UvwFrame.meridian(decRad);
    }

    @Override
    public boolean delaysTaken() {
      return true;
    }
  }

  /**
   * The ICRS direction that is on the meridian at an apparent declination, v to ICRS north: a
   * centre of its own for each integration.
   *
   * @param decRad apparent declination
   */
  record MeridianIcrs(double decRad) implements PhaseReference {
    @Override
    public UvwFrame frame(Geodetic site, LocalSky sky) {
      return UvwFrame.towards(sky.place(sky.onMeridian(decRad)));
    }

    @Override
    public boolean delaysTaken() {
      return true;
    }
  }

  /** A direction among the stars, v to ICRS north. */
  record Sidereal(IcrsDirection centre) implements PhaseReference {
    @Override
    public UvwFrame frame(Geodetic site, LocalSky sky) {
      return UvwFrame.towards(sky.place(centre));
    }

    @Override
    public boolean delaysTaken() {
      return true;
    }
  }

  /**
   * An apparent place at this one instant, such as a file states it for its rows.
   *
   * @param delaysTaken false where the file says that its rows are unprojected all the same
   */
  record Apparent(ApparentPlace place, boolean delaysTaken) implements PhaseReference {
    @Override
    public UvwFrame frame(Geodetic site, LocalSky sky) {
      return UvwFrame.towards(place);
    }
  }
}
