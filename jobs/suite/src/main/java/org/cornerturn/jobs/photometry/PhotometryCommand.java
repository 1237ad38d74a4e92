package org.cornerturn.jobs.photometry;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cornerturn.UserError;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.Verb;
import org.cornerturn.jobs.source.ImagePlane;
import org.cornerturn.jobs.source.ImagePlanes;
import org.cornerturn.source.FindSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cornerturn photometry}. */
@Command(
    name = "photometry",
    description = {
      "Measure fluxes at given places of images, whether or not anything is seen there: of the"
          + " warehouse's sources, of a catalogue in it, or of a file. The rows of each image and list"
          + " in the table photometry are replaced.",
      "With --inject fluxes of sources that are put into the images are measured instead, to see"
          + " what is wrong with them."
    },
    footer = {
      "",
      "Examples:",
      "  cornerturn photometry epochs/",
      "  cornerturn photometry sky.image.zarr --catalog NVSS --min-flux-mjy 10",
      "  cornerturn photometry other-image.fits --positions places.csv",
      "  cornerturn photometry sky.image.zarr --inject 2000"
    })
public final class PhotometryCommand extends Verb {
  @Parameters(
      paramLabel = "IMAGE",
      arity = "1..*",
      description = "NAME.image.zarr (#3 for its interval 3), NAME.fits, or a folder of them.")
  private List<String> images = new ArrayList<>();

  @Option(
      names = "--catalog",
      paramLabel = "SURVEY",
      description = "Measure at the places of a survey in the table catalog_sources, or of all.")
  private String catalogue;

  @Option(
      names = "--min-flux-mjy",
      paramLabel = "MJY",
      defaultValue = "0",
      description = "Of the catalogue's sources (${DEFAULT-VALUE}).")
  private double leastMjy;

  @Option(
      names = "--positions",
      paramLabel = "FILE",
      description = "Measure at the places of a CSV or YAML file: name, ra_deg, dec_deg, flux_jy.")
  private String positions;

  @Option(
      names = "--box",
      paramLabel = "PIXELS",
      defaultValue = "0",
      description = "Side of the boxes for level and noise, even; 0 for 20 beams.")
  private int box;

  @Option(
      names = "--pblimit",
      paramLabel = "PART",
      defaultValue = "0.1",
      description =
          "Nothing is measured where the antennas' beam, if it is known, is less"
              + " (${DEFAULT-VALUE}).")
  private double least;

  @Option(
      names = "--channel",
      paramLabel = "N",
      defaultValue = "-1",
      description = "Of images with several channels, counted from 0.")
  private int channel;

  @Option(
      names = "--pol",
      paramLabel = "POL",
      defaultValue = "I",
      description = "Polarization that is taken from products (${DEFAULT-VALUE}).")
  private String polarization;

  @Option(
      names = "--inject",
      paramLabel = "N",
      description = "Test: put N sources of each of six brightnesses into each image.")
  private Integer inject;

  @Option(
      names = "--random-seed",
      paramLabel = "NUMBER",
      defaultValue = "1",
      description = "Of the places of injected sources (${DEFAULT-VALUE}).")
  private long randomSeed;

  @Option(names = "--dry-run", description = "Tell how many. No pixel is read.")
  private boolean dryRun;

  @Override
  protected ExitCode run() throws IOException {
    if (catalogue != null && positions != null) {
      throw new UserError(
          "--catalog and --positions", "places come from one of them", "Leave one of them out");
    }
    List<ImagePlane> planes = new ImagePlanes(global().hadoop(), channel, polarization).all(images);
    PhotometryJob job = new PhotometryJob(global(), console(), planes, settings(), least);
    if (inject != null) {
      if (inject < 1 || inject > 1_000_000) {
        throw new UserError("--inject " + inject, "1 to 1000000 can be injected", "Give 2000");
      }
      return job.inject(inject, randomSeed);
    }
    Places places =
        positions != null
            ? Places.ofFile(global(), positions)
            : catalogue != null
                ? Places.ofCatalogue(global(), catalogue, leastMjy)
                : Places.ofSources(global());
    return dryRun ? job.dryRun(places) : job.run(places);
  }

  private FindSettings settings() {
    try {
      return new FindSettings(FindSettings.DEFAULT.seed(), FindSettings.DEFAULT.flood(), box);
    } catch (IllegalArgumentException e) {
      throw new UserError("--box " + box, e.getMessage(), "Leave it out", e);
    }
  }
}
