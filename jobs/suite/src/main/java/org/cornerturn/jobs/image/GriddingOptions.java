package org.cornerturn.jobs.image;

import static org.cornerturn.jobs.image.OptionRange.require;

import java.util.Locale;
import org.cornerturn.imaging.Precision;
import picocli.CommandLine.Option;

/** How visibilities are gridded. */
final class GriddingOptions {
  @Option(
      names = "--wgridder-accuracy",
      paramLabel = "E",
      description = "Relative error of the dirty image, from 1e-2 to 1e-7.")
  private Double accuracy;

  @Option(
      names = "--precision",
      defaultValue = "single",
      description =
          "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}): how grids are kept; below 2e-5 they are"
              + " double.")
  private Digits precision;

  @Option(
      names = "--parts",
      paramLabel = "N",
      defaultValue = "0",
      description = "In which an image's visibilities are gridded; 0 for as many as they need.")
  private int parts;

  @Option(
      names = "--facets",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Along either axis, in which an image is gridded for itself; 0 for 1, or as many as grids"
              + " need to fit a task.")
  private int facets;

  @Option(
      names = "--task-threads",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Of a task; 0 for two where there are fewer tasks than twice the processors, else one. The"
              + " image is the same.")
  private int threads;

  @Option(
      names = "--no-make-psf",
      description = "With --niter 0: no point spread function, and no beam in the headers.")
  private boolean noPsf;

  /** How grids are kept. */
  enum Digits {
    SINGLE,
    FULL;

    /** As it is written on a command line. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  ImageParameters.Gridding gridding(Preset preset) {
    require(parts >= 0, "--parts " + parts, "Use 0 or more");
    require(threads >= 0 && threads <= 64, "--task-threads " + threads, "Use 0 to 64");
    double error = accuracy == null ? preset.accuracy : accuracy;
    require(error >= 1e-10 && error <= 0.1, "--wgridder-accuracy " + error, "Use 1e-2 to 1e-7");
    boolean full = precision == Digits.FULL || error < 1.99e-5;
    return new ImageParameters.Gridding(
        error, full ? Precision.DOUBLE : Precision.SINGLE, parts, facets, !noPsf, threads);
  }
}
