package org.cornerturn.simulate;

import java.io.Serializable;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.sky.SkyComponent;
import org.cornerturn.sky.Spectrum;

/** A component of the sky, and how its flux changes. */
public record SkySource(SkyComponent component, LightCurve lightCurve) implements Serializable {

  /** A steady point source. */
  public static SkySource point(
      String name, IcrsDirection direction, double fluxJy, double referenceHz, double index) {
    return new SkySource(
        SkyComponent.point(name, direction, Spectrum.powerLaw(fluxJy, referenceHz, index)),
        LightCurve.STEADY);
  }

  public String name() {
    return component.name();
  }

  public IcrsDirection direction() {
    return component.direction();
  }

  /** Flux at the reference frequency, Jy, light curve apart. */
  public double fluxJy() {
    return component.spectrum().fluxJy();
  }
}
