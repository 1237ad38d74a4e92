package org.cornerturn.simulate;

import org.cornerturn.radio.FringeRotator;
import org.cornerturn.simulate.SkySource.Shape;

/** Spectrum and shape of one source over the channels of a file. */
final class SourceModel {
  /** exp(-EXPONENT (theta u)^2) is the transform of a Gaussian of this full width. */
  private static final double EXPONENT = Math.PI * Math.PI / (4 * Math.log(2));

  private static final double SMALLEST = 1e-12;

  private final SkySource source;
  private final double[] frequencyHz;
  private final double[] flux;
  private final double majorEast;
  private final double majorNorth;

  SourceModel(SkySource source, double[] frequencyHz) {
    this.source = source;
    this.frequencyHz = frequencyHz;
    flux = new double[frequencyHz.length];
    for (int c = 0; c < flux.length; c++) {
      flux[c] = source.fluxJy(frequencyHz[c]);
    }
    majorEast = Math.sin(source.positionAngleRad());
    majorNorth = Math.cos(source.positionAngleRad());
  }

  SkySource source() {
    return source;
  }

  /**
   * Flux as an antenna pair pointed elsewhere receives it.
   *
   * @param factor of the light curve
   * @param beam of the antennas
   * @param offsetSine sine of the angle to where they point
   * @param behind whether the source is more than a right angle away
   * @param dish diameter in metres
   * @param out by channel
   */
  void amplitudes(
      double factor,
      org.cornerturn.radio.Instrument.Beam beam,
      double offsetSine,
      boolean behind,
      double dish,
      double[] out) {
    for (int c = 0; c < out.length; c++) {
      double dishes = dish * frequencyHz[c] / FringeRotator.SPEED_OF_LIGHT;
      out[c] = factor * flux[c] * BeamPattern.power(beam, offsetSine, behind, dishes);
    }
  }

  boolean isExtended() {
    return source.shape() != Shape.POINT && source.majorRad() > 0;
  }

  /**
   * Amplitudes on a baseline, of an extended source.
   *
   * @param u metres in the field's frame
   * @param amplitude of the source, by channel
   * @param out by channel
   */
  void resolve(double u, double v, double[] amplitude, double[] out) {
    double along = (u * majorEast + v * majorNorth) * source.majorRad();
    double across = (u * majorNorth - v * majorEast) * source.minorRad();
    double perHertz = Math.hypot(along, across) / FringeRotator.SPEED_OF_LIGHT;
    for (int c = 0; c < out.length; c++) {
      double x = perHertz * frequencyHz[c];
      double visibility =
          source.shape() == Shape.GAUSSIAN
              ? Math.exp(-EXPONENT * x * x)
              : BesselJ1.jinc(Math.PI * x);
      out[c] = Math.abs(visibility) < SMALLEST ? 0 : amplitude[c] * visibility;
    }
  }
}
