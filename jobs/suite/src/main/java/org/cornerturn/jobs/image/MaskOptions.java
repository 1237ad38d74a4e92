package org.cornerturn.jobs.image;

import static org.cornerturn.jobs.image.OptionRange.require;

import org.cornerturn.jobs.datagroup.OpenSet;
import picocli.CommandLine.Option;

/** Where components may be. */
final class MaskOptions {
  @Option(
      names = "--fits-mask",
      paramLabel = "FILE",
      description = "FITS image of the same size: components only where it isn't 0.")
  private String fitsMask;

  @Option(
      names = "--region-mask",
      paramLabel = "FILE",
      description = "Regions of DS9: components only in them.")
  private String regionMask;

  @Option(
      names = "--catalog-mask",
      paramLabel = "TABLE",
      description =
          "Components only about its sources: a Delta table of a catalogue, or a CSV or FITS"
              + " table with columns ra and dec in degrees, perhaps radius_arcsec and flux_mjy.")
  private String catalogMask;

  @Option(
      names = "--mask-radius",
      paramLabel = "ANGLE",
      defaultValue = "60asec",
      description = "Of the circles of --catalog-mask (${DEFAULT-VALUE}).")
  private String radius;

  @Option(
      names = "--mask-min-mjy",
      paramLabel = "MJY",
      defaultValue = "0",
      description = "Fainter sources of --catalog-mask have none (${DEFAULT-VALUE}).")
  private double least;

  ImageParameters.Masks masks() {
    require(least >= 0, "--mask-min-mjy " + least, "Use 0 or more");
    return new ImageParameters.Masks(
        uri(fitsMask),
        uri(regionMask),
        uri(catalogMask),
        catalogMask == null ? 0 : WscleanWords.angle("--mask-radius", radius),
        catalogMask == null ? 0 : least / 1000);
  }

  static String uri(String named) {
    return named == null ? null : OpenSet.absolute(named);
  }
}
