package org.cornerturn.jobs.simulate;

import org.cornerturn.jobs.Angle;
import org.cornerturn.radio.Instrument.Beam;
import org.cornerturn.simulate.SimulatedObservation.Directions;
import org.cornerturn.sky.SkyComponent.Shape;
import picocli.CommandLine.Option;

/** What is in the sky, and how antennas see it. */
final class SkyOptions {
  @Option(
      names = "--flux-jy",
      paramLabel = "JY",
      defaultValue = "25",
      description = "Flux of the source at 1.4 GHz (${DEFAULT-VALUE}).")
  double fluxJy;

  @Option(
      names = "--spectral-index",
      paramLabel = "A",
      defaultValue = "0",
      description = "Flux goes as frequency^A (${DEFAULT-VALUE}).")
  double spectralIndex;

  @Option(
      names = "--source-model",
      defaultValue = "point",
      description = "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
  Shape model;

  @Option(
      names = "--source-size",
      paramLabel = "ANGLE",
      defaultValue = "10arcsec",
      description = "Full width at half maximum, or a disk's diameter (${DEFAULT-VALUE}).")
  Angle size;

  @Option(
      names = "--source-minor-size",
      paramLabel = "ANGLE",
      description = "Across the major axis; default as --source-size.")
  Angle minorSize;

  @Option(
      names = "--source-pa",
      paramLabel = "ANGLE",
      defaultValue = "0deg",
      description = "Of the major axis, from north through east (${DEFAULT-VALUE}).")
  Angle positionAngle;

  @Option(
      names = "--source-offset",
      paramLabel = "EAST,NORTH",
      split = ",",
      arity = "1",
      description = "Of the source from the field's centre, as in 10arcmin,-5arcmin; default 0.")
  Angle[] offset;

  @Option(
      names = "--random-sources",
      paramLabel = "N",
      description = "Instead: N point sources of 20 mJy to 2 Jy, counts as S^-0.9, in the field.")
  Integer randomSources;

  @Option(
      names = "--field-radius",
      paramLabel = "ANGLE",
      defaultValue = "1.2deg",
      description = "In which --random-sources lie (${DEFAULT-VALUE}).")
  Angle fieldRadius;

  @Option(
      names = "--catalog",
      paramLabel = "FILE",
      description = "Instead: sources of a CSV or YAML file, see the page of this command.")
  String catalog;

  @Option(
      names = "--region",
      paramLabel = "RA,DEC,RADIUS",
      split = ",",
      arity = "1",
      description = "Sources of the catalogue in this circle alone, as in 128.7deg,55.5deg,1deg.")
  Angle[] region;

  @Option(
      names = "--min-flux-mjy",
      paramLabel = "MJY",
      defaultValue = "0",
      description = "Sources of the catalogue of this flux at least (${DEFAULT-VALUE}).")
  double minFluxMjy;

  @Option(
      names = "--max-sources",
      paramLabel = "N",
      description = "The brightest N of the catalogue alone.")
  Integer maxSources;

  @Option(
      names = "--write-catalog",
      paramLabel = "FILE",
      description = "Also write the sources as CSV, as --catalog takes it.")
  String writeCatalog;

  @Option(names = "--beam", description = "${COMPLETION-CANDIDATES}; default the instrument's.")
  Beam beam;

  @Option(
      names = "--directions",
      defaultValue = "tangent",
      description =
          "${COMPLETION-CANDIDATES}: apparent gives each source its own aberration"
              + " (${DEFAULT-VALUE}).")
  Directions directions;
}
