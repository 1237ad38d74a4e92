package org.cornerturn.jobs.image;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.cornerturn.UserError;
import org.cornerturn.deconvolution.CleanSettings;
import org.cornerturn.deconvolution.CleanSettings.Method;
import org.cornerturn.deconvolution.CleanSettings.Sign;
import org.cornerturn.deconvolution.SpectralFit;
import org.cornerturn.imaging.Precision;
import org.cornerturn.imaging.UvWeights;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.Verb;
import org.cornerturn.jobs.datagroup.OpenSet;
import org.cornerturn.spark.RunRequest.Existing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cornerturn image}. */
@Command(
    name = "image",
    description = {
      "Make images of the sky from PRODUCT's visibilities, and clean them.",
      "OUT gets them as Zarr (XRADIO's schema) with a pyramid, as FITS files in OUT/fits and as PNG"
          + " in OUT/preview. Options that mean what they mean in WSClean have its names."
    },
    footer = {
      "",
      "Examples:",
      "  cornerturn image night.ps.zarr",
      "  cornerturn image night.ps.zarr --size 4096 --scale 2.5asec --weight briggs 0 --niter 20000",
      "  cornerturn image night.ps.zarr dirty.image.zarr --niter 0 --pol XX,YY",
      "  cornerturn image night.ps.zarr --channels-out 4 --join-channels --fit-spectral-pol 2",
      "  cornerturn image night.ps.zarr movie.image.zarr --intervals-out 10 --preset development"
    })
public final class ImageCommand extends Verb {
  static final String SUFFIX = ".image.zarr";

  @Parameters(index = "0", paramLabel = "PRODUCT", description = "A processing set (.ps.zarr).")
  private String product;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "OUT",
      description = "The images; default NAME.image.zarr beside the processing set.")
  private String output;

  @Option(
      names = "--preset",
      defaultValue = "standard",
      description =
          "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}): what options say that aren't given: size of"
              + " pixels, --niter, --nmiter, --auto-mask, --auto-threshold, --wgridder-accuracy.")
  private Preset preset;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "With which FITS files begin; default OUT's name without its ending.")
  private String name;

  @Option(
      names = "--size",
      paramLabel = "WIDTH [HEIGHT]",
      arity = "1",
      parameterConsumer = WscleanWords.Size.class,
      description = "Pixels; default 1.33 wavelengths over the dish, or 3.5 degrees.")
  private String size;

  @Option(
      names = "--scale",
      paramLabel = "ANGLE",
      description = "Side of a pixel, as in 2.5asec; default a fifth of the longest baseline's.")
  private String scale;

  @Option(
      names = "--center",
      paramLabel = "RA,DEC",
      description = "Middle of the image, as in 128.7deg,55.57deg; default the phase centre.")
  private String centre;

  @Option(
      names = "--weight",
      paramLabel = "natural|uniform|briggs R",
      arity = "1",
      defaultValue = "briggs 0",
      parameterConsumer = WscleanWords.Weight.class,
      description = "How visibilities are weighed among each other (${DEFAULT-VALUE}).")
  private String weight;

  @Option(
      names = "--taper-gaussian",
      paramLabel = "ANGLE",
      description = "Weigh long baselines less, for a beam of this width.")
  private String taper;

  @Option(
      names = "--minuv-l",
      paramLabel = "WAVELENGTHS",
      defaultValue = "0",
      description = "Leave out shorter baselines (${DEFAULT-VALUE}).")
  private double minUv;

  @Option(
      names = "--maxuv-l",
      paramLabel = "WAVELENGTHS",
      description = "Leave out longer baselines; those that the pixels can't show are in any case.")
  private Double maxUv;

  @Option(
      names = "--pol",
      paramLabel = "POL",
      split = ",",
      defaultValue = "I",
      description = "I, or parallel hands such as XX,YY, each an image (${DEFAULT-VALUE}).")
  private List<String> polarizations;

  @Option(
      names = "--channels-out",
      paramLabel = "N",
      defaultValue = "1",
      description = "Images along frequency (${DEFAULT-VALUE}).")
  private int channels;

  @Option(
      names = "--join-channels",
      description = "Look for components in all channels together; makes MFS images, too.")
  private boolean joined;

  @Option(
      names = "--fit-spectral-pol",
      paramLabel = "TERMS",
      description = "Fit a polynomial of frequency to the components of joined channels.")
  private Integer polynomial;

  @Option(
      names = "--fit-spectral-log-pol",
      paramLabel = "TERMS",
      description = "Fit a power law (2 terms), or one with curvature (3), instead.")
  private Integer logarithmic;

  @Option(
      names = "--intervals-out",
      paramLabel = "N",
      defaultValue = "1",
      description = "Images along time, each of its own visibilities (${DEFAULT-VALUE}).")
  private int intervals;

  @Option(
      names = "--niter",
      paramLabel = "N",
      description = "Components at most; 0 for the dirty image.")
  private Integer iterations;

  @Option(names = "--nmiter", paramLabel = "N", description = "Major cycles at most.")
  private Integer majorCycles;

  @Option(
      names = "--gain",
      paramLabel = "G",
      defaultValue = "0.1",
      description = "Part of a peak that a component takes (${DEFAULT-VALUE}).")
  private double gain;

  @Option(
      names = "--mgain",
      paramLabel = "G",
      defaultValue = "0.8",
      description =
          "Part of the peak that is taken before visibilities are looked at again"
              + " (${DEFAULT-VALUE}).")
  private double majorGain;

  @Option(
      names = "--threshold",
      paramLabel = "JY",
      defaultValue = "0Jy",
      description = "Leave peaks below, as in 1mJy (${DEFAULT-VALUE}).")
  private String threshold;

  @Option(
      names = "--auto-threshold",
      paramLabel = "SIGMA",
      description = "Clean down to so many times the noise.")
  private Double autoThreshold;

  @Option(
      names = "--auto-mask",
      paramLabel = "SIGMA",
      description =
          "Look for components everywhere down to so many times the noise, below it only where"
              + " there are some; 0 for nowhere else.")
  private Double autoMask;

  @Option(
      names = "--local-rms-window",
      paramLabel = "PIXELS",
      defaultValue = "0",
      description = "Take the noise in boxes of this side; 0 for one noise (${DEFAULT-VALUE}).")
  private int noiseBox;

  @Option(names = "--no-negative", description = "No components below 0.")
  private boolean noNegative;

  @Option(
      names = "--clean-method",
      defaultValue = "clark",
      description = "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
  private CleanMethod method;

  @Option(names = "--multiscale", description = "As --clean-method multiscale.")
  private boolean multiscale;

  @Option(
      names = "--multiscale-scales",
      paramLabel = "PIXELS",
      split = ",",
      description = "Sizes of components, as in 0,5,15; default from the beam.")
  private List<Double> scales;

  @Option(
      names = "--multiscale-scale-bias",
      paramLabel = "B",
      defaultValue = "0.6",
      description = "Smaller prefers larger components (${DEFAULT-VALUE}).")
  private double scaleBias;

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
      names = "--beam",
      paramLabel = "BEAM",
      description =
          "Of every antenna: none, or airy, cosine, gaussian, with the dish as in airy:4.7; default"
              + " airy where the set tells the dish.")
  private String beam;

  @Option(
      names = "--pblimit",
      paramLabel = "PART",
      defaultValue = "0.2",
      description = "Where the beam is less the corrected image is blank (${DEFAULT-VALUE}).")
  private double pbLimit;

  @Option(
      names = "--data-group",
      paramLabel = "NAME",
      description = "What is imaged, as in corrected; default flagged if there is one, else base.")
  private String dataGroup;

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
      names = "--no-make-psf",
      description = "With --niter 0: no point spread function, and no beam in the headers.")
  private boolean noPsf;

  @Option(
      names = "--catalog",
      paramLabel = "TABLE",
      description =
          "Delta table of sources that the images are held beside: flux scale, positions,"
              + " completeness.")
  private String catalog;

  @Option(
      names = "--catalog-min-mjy",
      paramLabel = "MJY",
      defaultValue = "10",
      description = "Fainter sources of it don't count (${DEFAULT-VALUE}).")
  private double catalogMin;

  @Option(names = "--overwrite", description = "Replace images of other parameters or data.")
  private boolean overwrite;

  @Option(
      names = "--dry-run",
      description = "Tell the plan: grid, tasks, memory. Nothing is written.")
  private boolean dryRun;

  /** How components are found. */
  enum CleanMethod {
    HOGBOM(Method.HOGBOM),
    CLARK(Method.CLARK),
    MULTISCALE(Method.MULTISCALE);

    private final Method method;

    CleanMethod(Method method) {
      this.method = method;
    }

    /** As it is written on a command line. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

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

  @Override
  protected ExitCode run() throws IOException {
    ImageParameters parameters = parameters();
    ImageJob job =
        new ImageJob(global(), console(), overwrite ? Existing.OVERWRITE : Existing.REFUSE);
    return dryRun ? job.dryRun(parameters) : job.run(parameters);
  }

  private ImageParameters parameters() {
    require(channels >= 1, "--channels-out " + channels, "Use 1 or more");
    require(intervals >= 1, "--intervals-out " + intervals, "Use 1 or more");
    require(parts >= 0, "--parts " + parts, "Use 0 or more");
    require(minUv >= 0, "--minuv-l " + minUv, "Use 0 or more");
    require(maxUv == null || maxUv > minUv, "--maxuv-l " + maxUv, "Use more than --minuv-l");
    require(catalogMin >= 0, "--catalog-min-mjy " + catalogMin, "Use 0 or more");
    require(pbLimit >= 0 && pbLimit < 1, "--pblimit " + pbLimit, "Use a part from 0 to 1");
    require(
        !(polynomial != null && logarithmic != null),
        "--fit-spectral-pol and --fit-spectral-log-pol",
        "Use one of them");
    require(
        joined || polynomial == null && logarithmic == null,
        "--fit-spectral-pol without --join-channels",
        "Use both");
    int cycles = majorCycles == null ? preset.majorCycles : majorCycles;
    require(cycles >= 0 && cycles <= 99, "--nmiter " + cycles, "Use 0 to 99");
    double error = accuracy == null ? preset.accuracy : accuracy;
    require(error >= 1e-10 && error <= 0.1, "--wgridder-accuracy " + error, "Use 1e-2 to 1e-7");
    String set = OpenSet.absolute(product);
    String out =
        output == null ? set.replaceAll("(\\.ps)?\\.zarr$", "") + SUFFIX : OpenSet.absolute(output);
    String title = out.substring(out.lastIndexOf('/') + 1).replaceAll("(\\.image)?\\.zarr$", "");
    int[] pixels = size == null ? new int[2] : WscleanWords.size(size);
    boolean full = precision == Digits.FULL || error < 1.99e-5;
    return new ImageParameters(
        set,
        out,
        name == null ? title : name,
        dataGroup,
        new ImageParameters.Field(
            pixels[0],
            pixels[1],
            scale == null ? 0 : WscleanWords.angle("--scale", scale),
            preset.coarser,
            centre),
        weights(),
        clean(),
        cycles,
        axes(),
        new ImageParameters.Antennas(beam, pbLimit),
        new ImageParameters.Masks(file(fitsMask), file(regionMask)),
        new ImageParameters.Gridding(
            error, full ? Precision.DOUBLE : Precision.SINGLE, parts, facets, !noPsf),
        new ImageParameters.Check(file(catalog), catalogMin / 1000));
  }

  private static String file(String uri) {
    return uri == null ? null : OpenSet.absolute(uri);
  }

  private UvWeights weights() {
    UvWeights weights = WscleanWords.weights(weight);
    if (taper != null) {
      weights = weights.tapered(WscleanWords.angle("--taper-gaussian", taper));
    }
    return weights.between(minUv, maxUv == null ? Double.POSITIVE_INFINITY : maxUv);
  }

  private CleanSettings clean() {
    int components = iterations == null ? preset.iterations : iterations;
    double end = autoThreshold == null ? preset.autoThreshold : autoThreshold;
    double mask = autoMask == null ? (autoThreshold == null ? preset.autoMask : 0) : autoMask;
    Method chosen = multiscale ? Method.MULTISCALE : method.method;
    try {
      return CleanSettings.usual(chosen)
          .withGains(gain, majorGain)
          .withLimits(components, WscleanWords.jansky("--threshold", threshold), mask, end)
          .withSign(noNegative ? Sign.POSITIVE : Sign.ANY)
          .withNoiseBox(noiseBox)
          .withScales(scales == null ? List.of() : scales, scaleBias);
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "the options of cleaning", e.getMessage(), "Look at cornerturn image --help", e);
    }
  }

  private ImageParameters.Axes axes() {
    int terms = polynomial != null ? polynomial : logarithmic != null ? logarithmic : 1;
    require(terms >= 1, "a fit of " + terms + " terms", "Use 1 or more");
    SpectralFit.Form form =
        polynomial != null
            ? SpectralFit.Form.POLYNOMIAL
            : logarithmic != null ? SpectralFit.Form.LOGARITHMIC : SpectralFit.Form.FREE;
    return new ImageParameters.Axes(
        polarizations.stream().distinct().toList(), channels, joined, form, terms, intervals);
  }

  private static void require(boolean right, String what, String remedy) {
    if (!right) {
      throw new UserError(what, "it is out of range", remedy);
    }
  }
}
