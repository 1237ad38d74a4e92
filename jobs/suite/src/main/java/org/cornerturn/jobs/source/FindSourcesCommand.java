package org.cornerturn.jobs.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cornerturn.UserError;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cornerturn find-sources}. */
@Command(
    name = "find-sources",
    description = {
      "Find sources in images: background and noise in boxes, islands, Gaussians fitted to them. The"
          + " rows of each image in the table detections are replaced.",
      "With --inject the images are tested instead: what part of sources that are put into them is"
          + " found again, and how many are found in the image upside down, where none is."
    },
    footer = {
      "",
      "Examples:",
      "  cornerturn find-sources sky.image.zarr",
      "  cornerturn find-sources mosaics/ other-image.fits --seed 6 --flood 4",
      "  cornerturn --json find-sources sky.image.zarr --inject 200"
    })
public final class FindSourcesCommand extends Verb {
  @Parameters(
      paramLabel = "IMAGE",
      arity = "1..*",
      description = "NAME.image.zarr (#3 for its interval 3), NAME.fits, or a folder of them.")
  private List<String> images = new ArrayList<>();

  @Option(
      names = "--seed",
      paramLabel = "SIGMAS",
      defaultValue = "5",
      description = "Times the noise that a source's brightest pixel has (${DEFAULT-VALUE}).")
  private double seed;

  @Option(
      names = "--flood",
      paramLabel = "SIGMAS",
      defaultValue = "4",
      description = "Times the noise down to which it is followed (${DEFAULT-VALUE}).")
  private double flood;

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
          "Sources don't count where the antennas' beam, if it is known, is less"
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
      names = "--tile",
      paramLabel = "PIXELS",
      defaultValue = "2048",
      description = "Side of what a task searches (${DEFAULT-VALUE}).")
  private int tile;

  @Option(
      names = "--inject",
      paramLabel = "N",
      description = "Test: put N sources of each of ten brightnesses into the images.")
  private Integer inject;

  @Option(
      names = "--random-seed",
      paramLabel = "NUMBER",
      defaultValue = "1",
      description = "Of the places of injected sources (${DEFAULT-VALUE}).")
  private long randomSeed;

  @Option(names = "--dry-run", description = "Tell the tiles. Nothing is read or written.")
  private boolean dryRun;

  @Override
  protected ExitCode run() throws IOException {
    FindParameters parameters =
        new FindParameters(
            images, channel, polarization, FindParameters.settings(seed, flood, box), least, tile);
    FindJob job = new FindJob(global(), console());
    if (dryRun) {
      return job.dryRun(parameters);
    }
    if (inject != null) {
      if (inject < 1 || inject > 100_000) {
        throw new UserError("--inject " + inject, "1 to 100000 can be injected", "Give 200");
      }
      return new FindTest(global(), console()).run(parameters, inject, randomSeed);
    }
    return job.run(parameters);
  }
}
