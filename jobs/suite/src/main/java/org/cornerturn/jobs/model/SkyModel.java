package org.cornerturn.jobs.model;

import java.util.List;
import org.cornerturn.SharedByTasks;
import org.cornerturn.plan.Fingerprint;
import org.cornerturn.prediction.VisibilityPredictor;
import org.cornerturn.radio.Instrument.Beam;
import org.cornerturn.radio.Polarization;
import org.cornerturn.sky.SkyComponent;

/**
 * What is in the sky, and how equal antennas see it. Their beams point where the data are phased
 * to.
 *
 * @param dishDiameterMetres of no meaning without a beam
 */
public record SkyModel(List<SkyComponent> components, Beam beam, double dishDiameterMetres)
    implements SharedByTasks {
  public SkyModel {
    components = List.copyOf(components);
  }

  /** Predicts it for some channels and polarizations. */
  public VisibilityPredictor predictor(double[] frequencyHz, List<Polarization> polarizations) {
    return new VisibilityPredictor(
        components, frequencyHz, polarizations, beam, dishDiameterMetres);
  }

  /** 64 hexadecimal digits that change with anything of it. */
  public String fingerprint() {
    Fingerprint of =
        new Fingerprint().with("beam", beam.name()).with("dish", "" + dishDiameterMetres);
    for (int i = 0; i < components.size(); i++) {
      of.with("component " + i, components.get(i).toString());
    }
    return of.hex();
  }
}
