package org.cornerturn.sky;

import org.cornerturn.radio.BeamPattern;
import org.cornerturn.radio.BesselJ1;
import org.cornerturn.radio.FringeRotator;
import org.cornerturn.radio.Instrument.Beam;
import org.cornerturn.sky.SkyComponent.Shape;

/** Spectrum and shape of a component at some channels. */
public final class SampledComponent {
  /** exp(-EXPONENT (theta u)^2) is the transform of a Gaussian of this full width. */
  private static final double EXPONENT = Math.PI * Math.PI / (4 * Math.log(2));

  private static final double SMALLEST = 1e-12;

  private final SkyComponent component;
  private final double[] frequencyHz;
  private final double[] flux;
  private final double majorEast;
  private final double majorNorth;

  /**
   * @param frequencyHz of the channels, in any order
   */
  public SampledComponent(SkyComponent component, double[] frequencyHz) {
    this.component = component;
    this.frequencyHz = frequencyHz;
    flux = new double[frequencyHz.length];
    for (int c = 0; c < flux.length; c++) {
      flux[c] = component.spectrum().fluxJy(frequencyHz[c]);
    }
    majorEast = Math.sin(component.positionAngleRad());
    majorNorth = Math.cos(component.positionAngleRad());
  }

  /**
   * Flux as an antenna pair pointed elsewhere receives it.
   *
   * @param factor on the flux: of a light curve, say
   * @param beam of the antennas
   * @param offsetSine sine of the angle to where they point
   * @param behind whether the component is more than a right angle away
   * @param dish diameter in metres
   * @param out by channel
   */
  public void amplitudes(
      double factor, Beam beam, double offsetSine, boolean behind, double dish, double[] out) {
    for (int c = 0; c < out.length; c++) {
      double dishes = dish * frequencyHz[c] / FringeRotator.SPEED_OF_LIGHT;
      out[c] = factor * flux[c] * BeamPattern.power(beam, offsetSine, behind, dishes);
    }
  }

  /** Whether it has another visibility on long baselines than on short ones. */
  public boolean isExtended() {
    return component.shape() != Shape.POINT && component.majorRad() > 0;
  }

  /**
   * Amplitudes on a baseline, of an extended component.
   *
   * @param u metres in the field's frame
   * @param amplitude of the component, by channel
   * @param out by channel
   */
  public void resolve(double u, double v, double[] amplitude, double[] out) {
    double along = (u * majorEast + v * majorNorth) * component.majorRad();
    double across = (u * majorNorth - v * majorEast) * component.minorRad();
    double perHertz = Math.hypot(along, across) / FringeRotator.SPEED_OF_LIGHT;
    for (int c = 0; c < out.length; c++) {
      double x = perHertz * frequencyHz[c];
      double visibility =
          component.shape() == Shape.GAUSSIAN
              ? Math.exp(-EXPONENT * x * x)
              : BesselJ1.jinc(Math.PI * x);
      out[c] = Math.abs(visibility) < SMALLEST ? 0 : amplitude[c] * visibility;
    }
  }
}
