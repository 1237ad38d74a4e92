package org.cornerturn.jobs.model;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import org.cornerturn.UserError;
import org.cornerturn.calibrator.Calibrator;
import org.cornerturn.calibrator.CalibratorField;
import org.cornerturn.calibrator.CalibratorFields;
import org.cornerturn.jobs.datagroup.PhaseTrack;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.sky.SkyComponent;
import org.cornerturn.sky.Spectrum;

/** Finds the calibrator that an observation sees: of those in its beam the brightest there. */
public final class FieldCalibrator {
  /** What the message of a field without a calibrator has in it. */
  public static final String NONE = "no calibrator is in the beam";

  /** Farther out in the beam, its pattern is not known well enough to calibrate with. */
  private static final double LEAST_RESPONSE = 0.1;

  private final List<Calibrator> known;
  private final DoubleUnaryOperator beam;
  private final double hertz;
  private final double radiusRad;

  /**
   * @param known calibrators of the registry
   * @param beam power response at an angle (radians) from the middle
   * @param hertz middle of the band
   * @param radiusRad how far from a field's middle a calibrator may be
   */
  FieldCalibrator(
      List<Calibrator> known, DoubleUnaryOperator beam, double hertz, double radiusRad) {
    this.known = known.stream().filter(c -> c.fluxJyAt(hertz) > 0).toList();
    this.beam = beam;
    this.hertz = hertz;
    this.radiusRad = radiusRad;
  }

  /**
   * The model of the calibrator, a point.
   *
   * @param name of the one that is wanted; empty for the best
   * @param place of the data, for the message
   * @throws UserError when none is in the beam
   */
  SkyComponent in(PhaseTrack track, String name, String place) {
    List<Calibrator> candidates =
        name.isEmpty() ? known : known.stream().filter(c -> c.isCalled(name)).toList();
    if (candidates.isEmpty()) {
      throw new UserError(
          "the calibrator " + name,
          "the registry has none of this name that is active and whose flux is known",
          "See cornerturn calibrator list, import a list, or add it");
    }
    List<IcrsDirection> fields = track.ofTime().stream().distinct().toList();
    CalibratorField found =
        new CalibratorFields(fields, beam)
                .within(
                    candidates.stream().map(Calibrator::direction).toList(),
                    candidates.stream().mapToDouble(c -> c.fluxJyAt(hertz)).toArray(),
                    radiusRad,
                    1)
                .stream()
                .filter(f -> f.response() >= LEAST_RESPONSE)
                .findFirst()
                .orElseThrow(() -> none(candidates, fields, place));
    Calibrator c = candidates.get(found.source());
    double index = Double.isNaN(c.spectralIndex()) ? 0 : c.spectralIndex();
    return SkyComponent.point(
        c.name(), c.direction(), Spectrum.powerLaw(c.fluxJy(), c.frequencyHz(), index));
  }

  private static UserError none(
      List<Calibrator> candidates, List<IcrsDirection> fields, String place) {
    Calibrator nearest =
        candidates.stream()
            .min(Comparator.comparingDouble(c -> separation(c, fields)))
            .orElseThrow();
    return new UserError(
        place,
        String.format(
            Locale.ROOT,
            NONE + ": of %d the nearest, %s, is %.2f deg from its fields",
            candidates.size(),
            nearest.name(),
            Math.toDegrees(separation(nearest, fields))),
        "Name a --model, import a list with `cornerturn calibrator import`, or widen --radius");
  }

  private static double separation(Calibrator c, List<IcrsDirection> fields) {
    return fields.stream().mapToDouble(c.direction()::separationRad).min().orElse(Double.NaN);
  }
}
