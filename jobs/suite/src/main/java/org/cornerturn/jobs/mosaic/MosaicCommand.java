package org.cornerturn.jobs.mosaic;

import static org.cornerturn.jobs.image.OptionRange.require;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.cornerturn.UserError;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.Verb;
import org.cornerturn.jobs.datagroup.OpenSet;
import org.cornerturn.jobs.image.CatalogOptions;
import org.cornerturn.jobs.image.WscleanWords;
import org.cornerturn.jobs.model.BeamChoice;
import org.cornerturn.mosaic.Interpolation;
import org.cornerturn.spark.RunRequest.Existing;
import org.cornerturn.storage.ObjectStatus;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.S3Settings;
import org.cornerturn.storage.Stores;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cornerturn mosaic}. */
@Command(
    name = "mosaic",
    description = {
      "Put images of several pointings together: each corrected for its own antennas' beam, weighed"
          + " by the inverse of its variance.",
      "An IMAGE is a product of cornerturn image (.zarr), one of its intervals (.zarr#3), a FITS"
          + " file, or a folder of them. Images are taken as they are received, not corrected for"
          + " the beam. The last argument is OUT."
    },
    footer = {
      "",
      "Examples:",
      "  cornerturn mosaic a.image.zarr b.image.zarr c.image.zarr field.image.zarr",
      "  cornerturn mosaic tiles/ deep.image.zarr --beam airy:4.7 --common-beam",
      "  cornerturn mosaic tiles/ quick.image.zarr --tier quicklook",
      "  cornerturn mosaic nights/ epochs/ --epoch 1h --step 30min --min-images 5"
    })
public final class MosaicCommand extends Verb {
  static final String SUFFIX = ".image.zarr";

  @Parameters(
      arity = "2..*",
      paramLabel = "IMAGE... OUT",
      description = "What is put together, and the mosaic's place; with --epoch its folder.")
  private List<String> words;

  @Option(
      names = "--size",
      paramLabel = "WIDTH [HEIGHT]",
      arity = "1",
      parameterConsumer = WscleanWords.Size.class,
      description = "Pixels; default what the images show.")
  private String size;

  @Option(
      names = "--scale",
      paramLabel = "ANGLE",
      description = "Side of a pixel, as in 2.5asec; default the smallest of the images'.")
  private String scale;

  @Option(
      names = "--center",
      paramLabel = "RA,DEC",
      description = "Middle, as in 128.7deg,55.57deg; default that of the images.")
  private String centre;

  @Option(
      names = "--beam",
      paramLabel = "BEAM",
      description =
          "Of every image's antennas, about its own middle: airy, cosine or gaussian with the dish"
              + " as in airy:4.7, fits:FILE, an image of the power, or none; default the one that comes with the image.")
  private String beam;

  @Option(
      names = "--pblimit",
      paramLabel = "PART",
      defaultValue = "0.1",
      description = "An image doesn't count where its beam is less (${DEFAULT-VALUE}).")
  private double pbLimit;

  @Option(
      names = "--tier",
      defaultValue = "all",
      description = {
        "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}): what options say that aren't given: how many"
            + " images count at most, how noisy they may be, and how they are placed.",
        "auto: by the time that images span."
      })
  private Tier tier;

  @Option(
      names = "--max-images",
      paramLabel = "N",
      description = "The latest count; default by the tier.")
  private Integer most;

  @Option(
      names = "--max-rms",
      paramLabel = "JY",
      description = "Images of more noise don't count, as in 1mJy (a beam); default by the tier.")
  private String sigma;

  @Option(
      names = "--interpolation",
      description =
          "${COMPLETION-CANDIDATES}: how values between pixels are had; default by the tier.")
  private Method method;

  @Mixin private CatalogOptions catalog;

  @Option(
      names = "--common-beam",
      description = "Smooth all images to the smallest clean beam that all can be smoothed to.")
  private boolean commonBeam;

  @Option(
      names = "--channel",
      paramLabel = "N",
      defaultValue = "-1",
      description = "Of products with several channels, counted from 0.")
  private int channel;

  @Option(
      names = "--pol",
      paramLabel = "POL",
      defaultValue = "I",
      description = "Polarization that is taken from products (${DEFAULT-VALUE}).")
  private String polarization;

  @Option(names = "--gaps", description = "Images may lie apart, without any overlap.")
  private boolean gaps;

  @Option(
      names = "--epoch",
      paramLabel = "DURATION",
      description =
          "Make a mosaic of each window of so long, as in 1h; windows begin at whole steps since"
              + " 1970, UTC.")
  private Duration epoch;

  @Option(
      names = "--step",
      paramLabel = "DURATION",
      description = "From one window to the next, which may overlap; default --epoch.")
  private Duration step;

  @Option(
      names = "--min-images",
      paramLabel = "N",
      defaultValue = "2",
      description = "Windows with fewer images have no mosaic (${DEFAULT-VALUE}).")
  private int fewest;

  @Option(
      names = "--overwrite",
      description = "Replace a mosaic of other images or parameters; of epochs those that changed.")
  private boolean overwrite;

  @Option(
      names = "--dry-run",
      description = "Tell the plan: pixels, tasks, memory. Nothing is written.")
  private boolean dryRun;

  /** How values between pixels are had. */
  enum Method {
    BILINEAR,
    BICUBIC,
    LANCZOS;

    /** As it is written on a command line. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  protected ExitCode run() throws IOException {
    MosaicParameters parameters = parameters();
    MosaicJob job =
        new MosaicJob(global(), console(), overwrite ? Existing.OVERWRITE : Existing.REFUSE);
    return dryRun ? job.dryRun(parameters) : job.run(parameters);
  }

  private MosaicParameters parameters() throws IOException {
    require(pbLimit > 0 && pbLimit < 1, "--pblimit " + pbLimit, "Use a part between 0 and 1");
    require(fewest >= 1, "--min-images " + fewest, "Use 1 or more");
    require(step == null || epoch != null, "--step without --epoch", "Use both");
    int[] pixels = size == null ? new int[2] : WscleanWords.size(size);
    require(
        pixels[0] % 2 == 0 && pixels[1] % 2 == 0, "--size " + size, "Use even numbers of pixels");
    String out = OpenSet.absolute(words.get(words.size() - 1));
    return new MosaicParameters(
        images(words.subList(0, words.size() - 1), out),
        out,
        new MosaicParameters.Frame(
            pixels[0], pixels[1], scale == null ? 0 : WscleanWords.angle("--scale", scale), centre),
        new MosaicParameters.Choice(channel, polarization.toUpperCase(Locale.ROOT)),
        BeamChoice.absolute(beam),
        pbLimit,
        quality(),
        commonBeam ? MosaicParameters.Smoothing.COMMON : MosaicParameters.Smoothing.NONE,
        gaps,
        epochs(),
        catalog.check());
  }

  private MosaicParameters.Quality quality() {
    require(most == null || most >= 1, "--max-images " + most, "Use 1 or more");
    return new MosaicParameters.Quality(
        tier,
        most,
        sigma == null ? null : WscleanWords.jansky("--max-rms", sigma),
        method == null ? null : Interpolation.valueOf(method.name()));
  }

  private MosaicParameters.Epochs epochs() {
    if (epoch == null) {
      return null;
    }
    Duration every = step == null ? epoch : step;
    require(
        every.toSeconds() >= 1 && every.compareTo(epoch) <= 0,
        "--step " + every.toSeconds() + "s",
        "Use 1s or more, up to --epoch: else some images are in none");
    return new MosaicParameters.Epochs(epoch.toMillis() / 1e3, every.toMillis() / 1e3, fewest);
  }

  /** The images that words name, each once and in the order of their names. */
  private List<String> images(List<String> named, String out) throws IOException {
    Map<String, String> hadoop = S3Settings.completed(global().hadoop());
    TreeSet<String> all = new TreeSet<>();
    for (String word : named) {
      if (TileHeaders.isProduct(word) || word.endsWith(".fits")) {
        all.add(OpenSet.absolute(word));
        continue;
      }
      String folder = OpenSet.absolute(word);
      List<String> found = new ArrayList<>();
      try (ObjectStore store = Stores.open(folder, hadoop)) {
        ObjectStore.Folder inside = store.folder("");
        inside.folders().stream().filter(f -> f.endsWith(SUFFIX)).forEach(found::add);
        inside.objects().stream()
            .map(ObjectStatus::key)
            .filter(k -> k.matches(".*-(image|dirty)\\.fits"))
            .forEach(found::add);
      }
      found.removeIf(f -> (folder + "/" + f).equals(out));
      if (found.isEmpty()) {
        throw new UserError(
            word,
            "it has no images",
            "Name images, or a folder with NAME.image.zarr or NAME-image.fits in it");
      }
      found.forEach(f -> all.add(folder + "/" + f));
    }
    if (all.contains(out)) {
      throw new UserError(out, "it is one of the images and the mosaic's place", "Name another");
    }
    return List.copyOf(all);
  }
}
