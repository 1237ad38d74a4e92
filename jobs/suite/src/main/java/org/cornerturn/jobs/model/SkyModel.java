package org.cornerturn.jobs.model;

import java.util.List;
import org.cornerturn.SharedByTasks;
import org.cornerturn.plan.Fingerprint;
import org.cornerturn.prediction.VisibilityPredictor;
import org.cornerturn.radio.BeamPattern;
import org.cornerturn.radio.FringeRotator;
import org.cornerturn.radio.Instrument.Beam;
import org.cornerturn.radio.Polarization;
import org.cornerturn.sky.BeamImage;
import org.cornerturn.sky.SkyComponent;

/**
 * What is in the sky, and how equal antennas see it. Their beams point where the data are phased
 * to.
 *
 * @param dishDiameterMetres of no meaning without a beam
 * @param pattern a beam that is an image; null for none
 * @param image what is in the sky beside the components; null for nothing
 * @param group data group that has the model's visibilities, in the place of all else; null for
 *     none
 * @param groupVersion changes with these
 */
public record SkyModel(
    List<SkyComponent> components,
    Beam beam,
    double dishDiameterMetres,
    BeamImage pattern,
    SkyImage image,
    String group,
    String groupVersion)
    implements SharedByTasks {
  public SkyModel {
    components = List.copyOf(components);
  }

  SkyModel with(List<SkyComponent> other) {
    return new SkyModel(other, beam, dishDiameterMetres, pattern, image, group, groupVersion);
  }

  SkyModel with(SkyImage other) {
    return new SkyModel(components, beam, dishDiameterMetres, pattern, other, group, groupVersion);
  }

  /** Predicts its components for some channels and polarizations. */
  public VisibilityPredictor predictor(double[] frequencyHz, List<Polarization> polarizations) {
    return new VisibilityPredictor(
        components, frequencyHz, polarizations, beam, dishDiameterMetres, pattern);
  }

  /**
   * Response of an antenna's beam.
   *
   * @param lmn direction cosines about where it points
   */
  double power(double[] lmn, double hertz) {
    double sine = Math.min(1, Math.hypot(lmn[0], lmn[1]));
    double wavelengths = dishDiameterMetres * hertz / FringeRotator.SPEED_OF_LIGHT;
    double power = BeamPattern.power(beam, sine, lmn[2] < 0, wavelengths);
    return pattern == null ? power : power * pattern.power(lmn, hertz);
  }

  /** 64 hexadecimal digits that change with anything of it. */
  public String fingerprint() {
    Fingerprint of =
        new Fingerprint().with("beam", beam.name()).with("dish", "" + dishDiameterMetres);
    for (int i = 0; i < components.size(); i++) {
      of.with("component " + i, components.get(i).toString());
    }
    if (pattern != null) {
      of.with("pattern", pattern.toString());
    }
    if (image != null) {
      of.with("image", image.toString());
    }
    if (group != null) {
      of.with("group", group).with("version", groupVersion);
    }
    return of.hex();
  }
}
