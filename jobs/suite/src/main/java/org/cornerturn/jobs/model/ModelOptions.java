package org.cornerturn.jobs.model;

import java.util.List;
import org.cornerturn.jobs.datagroup.OpenSet;
import picocli.CommandLine.Option;

/** How a command is told what is in the sky. */
public final class ModelOptions {
  @Option(
      names = "--model",
      paramLabel = "MODEL",
      defaultValue = ModelChoice.CALIBRATOR,
      description =
          "calibrator, the brightest of the registry in the beam, or calibrator:NAME;"
              + " point:JY[,INDEX] at 1.4 GHz; components:FILE, a component list of WSClean, or CSV"
              + " or YAML as simulate reads it; catalog:TABLE, a Delta table of sources;"
              + " image:FILE, a model image in FITS; group:NAME, of calibrate alone: the model that"
              + " a data group has"
              + " (${DEFAULT-VALUE}).")
  private String model;

  @Option(
      names = "--beam",
      paramLabel = "BEAM",
      description =
          "Of every antenna, pointed to the phase centre: none, or airy, cosine, gaussian, with the"
              + " dish as in airy:4.7, or fits:FILE, an image of the power; default of the dish what the set says, of the beam airy for a"
              + " calibrator where the dish is known, else none.")
  private String beam;

  @Option(
      names = "--center",
      paramLabel = "RA,DEC",
      description =
          "Where the point is, or the middle of the catalogue's region, as in 128.7deg,55.57deg;"
              + " default the phase centre.")
  private String centre;

  @Option(
      names = "--radius",
      paramLabel = "ANGLE",
      defaultValue = "1.5deg",
      description =
          "Of the catalogue's region; how far from the middle of a field its calibrator may be"
              + " (${DEFAULT-VALUE}).")
  private String radius;

  @Option(
      names = "--min-flux-mjy",
      paramLabel = "MJY",
      defaultValue = "10",
      description = "Fainter sources of a catalogue are left out (${DEFAULT-VALUE}).")
  private double minFluxMjy;

  @Option(
      names = "--spectral-index",
      paramLabel = "A",
      defaultValue = "-0.7",
      description = "Of a catalogue's sources (${DEFAULT-VALUE}).")
  private double index;

  /** What was chosen; files by their absolute places. */
  public ModelChoice choice() {
    int colon = model.indexOf(':');
    String kind = colon < 0 ? model : model.substring(0, colon);
    boolean names = List.of("components", "catalog", ModelChoice.IMAGE).contains(kind);
    String absolute =
        names && colon >= 0 ? kind + ":" + OpenSet.absolute(model.substring(colon + 1)) : model;
    return new ModelChoice(
        absolute, BeamChoice.absolute(beam), centre, radius, minFluxMjy / 1000, index);
  }
}
