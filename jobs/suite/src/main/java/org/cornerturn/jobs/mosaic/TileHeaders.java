package org.cornerturn.jobs.mosaic;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.cornerturn.UserError;
import org.cornerturn.fits.FitsException;
import org.cornerturn.fits.FitsImage;
import org.cornerturn.fits.ImageDescription;
import org.cornerturn.fits.LinearAxis;
import org.cornerturn.jobs.FileUri;
import org.cornerturn.jobs.model.BeamChoice;
import org.cornerturn.plan.Fingerprint;
import org.cornerturn.radio.Instrument.Beam;
import org.cornerturn.radio.Polarization;
import org.cornerturn.restoration.PrimaryBeam;
import org.cornerturn.sky.BeamImage;
import org.cornerturn.sky.GaussianBeam;
import org.cornerturn.sky.Wcs;
import org.cornerturn.skyimage.SkyImage;
import org.cornerturn.skyimage.SkyImageLayout;
import org.cornerturn.spark.InputVersion;
import org.cornerturn.storage.ObjectChannel;
import org.cornerturn.storage.ObjectStatus;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.S3Settings;
import org.cornerturn.storage.Stores;
import org.cornerturn.zarr.ZarrException;

/** Reads what images tell of themselves; no pixel. */
final class TileHeaders {
  private static final String REMEDY = "Leave it out, or mend it";
  private static final String NO_PATTERN =
      "the beam of its antennas is not known, which weighs and corrects it";

  private final MosaicParameters parameters;
  private final Map<String, String> hadoop;

  TileHeaders(MosaicParameters parameters, Map<String, String> hadoop) {
    this.parameters = parameters;
    this.hadoop = S3Settings.completed(hadoop);
  }

  /** The images of all files and products, in their order. */
  List<Tile> all() throws IOException {
    List<Tile> tiles = new ArrayList<>();
    for (String uri : parameters.images()) {
      try {
        if (isProduct(uri)) {
          zarr(uri, tiles);
        } else {
          tiles.add(fits(uri));
        }
      } catch (ZarrException | FitsException e) {
        throw new UserError(uri, without(uri, e.getMessage()), REMEDY, e);
      }
    }
    return tiles;
  }

  /** Whether it is a product, or one of its intervals ({@code #3}), and no file. */
  static boolean isProduct(String uri) {
    return uri.matches(".*\\.zarr(#\\d+)?");
  }

  /** A reason that doesn't name the file again. */
  private static String without(String uri, String reason) {
    String text = reason == null ? "it can't be read" : reason;
    int colon = text.indexOf(": ");
    return colon > 0 && uri.endsWith(text.substring(0, colon).replaceAll(".*/", ""))
        ? text.substring(colon + 2)
        : text;
  }

  private void zarr(String asked, List<Tile> tiles) throws IOException {
    int hash = asked.indexOf('#');
    String uri = hash < 0 ? asked : asked.substring(0, hash);
    ObjectStore store = Stores.open(uri, hadoop);
    SkyImage image = SkyImage.open(store, "");
    int channel = parameters.choice().channel();
    if (channel < 0 && image.channels() > 1 || channel >= image.channels()) {
      throw new UserError(
          uri,
          "it has " + image.channels() + " channels",
          "Name one with --channel, counted from 0");
    }
    int at = Math.max(0, channel);
    int polarization = image.polarizations().indexOf(parameters.choice().polarization());
    if (polarization < 0) {
      throw new UserError(
          uri,
          "it has no image in "
              + parameters.choice().polarization()
              + " but in "
              + String.join(" ", image.polarizations()),
          "Name another one with --pol");
    }
    boolean stored = parameters.beam() == null;
    if (stored && !image.planes().contains(SkyImage.PRIMARY_BEAM)) {
      throw noPattern(uri);
    }
    double[] times = image.unixTimes();
    double hertz = image.hertz()[at];
    int only = hash < 0 ? -1 : Integer.parseInt(asked.substring(hash + 1));
    if (only >= image.times()) {
      throw new UserError(
          asked, "it has " + image.times() + " intervals", "Name one, counted from 0");
    }
    for (int t = Math.max(0, only); t < (only < 0 ? image.times() : only + 1); t++) {
      Tile tile =
          new Tile(
              new Tile.Zarr(uri, t, at, polarization),
              image.width(),
              image.height(),
              image.wcs(),
              image.beam(t, at, polarization),
              hertz,
              image.channelHz(at),
              times[t],
              Polarization.valueOf(parameters.choice().polarization()),
              stored ? null : told(uri, image.wcs(), hertz),
              image.field(),
              version(uri, store, stored));
      tiles.add(checked(tile));
    }
  }

  /** Changes when the arrays are written anew: their metadata are the last of what is written. */
  private static InputVersion version(String uri, ObjectStore store, boolean pattern)
      throws IOException {
    Fingerprint version = new Fingerprint();
    List<String> arrays = new ArrayList<>(List.of(SkyImage.SKY, SkyImageLayout.BEAM));
    if (pattern) {
      arrays.add(SkyImage.PRIMARY_BEAM);
    }
    for (String array : arrays) {
      Optional<ObjectStatus> status = store.status(array + "/zarr.json");
      version.with(array, status.map(ObjectStatus::version).orElse("none"));
    }
    return new InputVersion(uri, version.hex(), 0);
  }

  private Tile fits(String uri) throws IOException {
    ObjectStore store = Stores.open(FileUri.folder(uri), hadoop);
    ObjectStatus status =
        store
            .status(FileUri.key(uri))
            .orElseThrow(() -> new UserError(uri, "there is no such file", "Check the path"));
    String pattern = parameters.beam() != null ? null : pattern(uri, store);
    ImageDescription image = describe(store, FileUri.key(uri));
    Fingerprint version = new Fingerprint().with("image", status.version());
    if (parameters.beam() == null) {
      if (pattern == null) {
        throw noPattern(uri);
      }
      ImageDescription beside = describe(store, FileUri.key(pattern));
      if (beside.width() != image.width() || beside.height() != image.height()) {
        throw new UserError(pattern, "it has not the size of its image " + uri, REMEDY);
      }
      version.with(
          "pattern", store.status(FileUri.key(pattern)).map(ObjectStatus::version).orElse(""));
    }
    LinearAxis axis = image.frequency();
    double hertz = axis == null ? image.origin().restFrequencyHz() : axis.value(0);
    double band = axis == null ? Double.NaN : Math.abs(axis.step());
    if (image.planes() != 1) {
      throw new UserError(
          uri, "it has " + image.planes() + " planes", "Name FITS files of one plane");
    }
    return checked(
        new Tile(
            new Tile.Fits(uri, pattern),
            image.width(),
            image.height(),
            image.wcs(),
            image.beam(),
            hertz,
            band > 1 ? band : Double.NaN,
            image.origin().observed() == null
                ? Double.NaN
                : image.origin().observed().toEpochMilli() / 1e3,
            image.stokes() == null
                ? Polarization.I
                : Polarization.ofAips(Math.round(image.stokes().value(0))).orElse(Polarization.I),
            parameters.beam() == null ? null : told(uri, image.wcs(), hertz),
            image.origin().object(),
            new InputVersion(uri, version.hex(), status.size())));
  }

  private static ImageDescription describe(ObjectStore store, String key) throws IOException {
    try (ObjectChannel file = store.open(key)) {
      return FitsImage.open(file).description();
    }
  }

  /** The file beside an image that holds the pattern: {@code NAME-pb.fits}; null for none. */
  private static String pattern(String uri, ObjectStore store) throws IOException {
    String beside = uri.replaceAll("-(image|dirty)\\.fits$", "-pb.fits");
    return !beside.equals(uri) && store.status(FileUri.key(beside)).isPresent() ? beside : null;
  }

  private static UserError noPattern(String uri) {
    return new UserError(
        uri,
        NO_PATTERN,
        "Say it, as in --beam airy:4.7, or --beam none where every pixel is as sensitive");
  }

  private PrimaryBeam told(String uri, Wcs wcs, double hertz) throws IOException {
    BeamChoice choice = new BeamChoice(parameters.beam());
    BeamImage image = choice.pattern(hadoop);
    if (image == null && choice.named() == Beam.NONE) {
      return new PrimaryBeam(Beam.NONE, 0, wcs.reference());
    }
    if (!(hertz > 0)) {
      throw new UserError(uri, "its frequency is not known, nor so its antennas' beam", REMEDY);
    }
    if (image != null) {
      return new PrimaryBeam(Beam.NONE, 0, wcs.reference(), image);
    }
    return new PrimaryBeam(choice.named(), choice.dish(0), wcs.reference());
  }

  private static Tile checked(Tile tile) {
    GaussianBeam beam = tile.beam();
    if (beam == null || !(beam.minorRad() > 0)) {
      throw new UserError(
          tile.source().uri(),
          "its clean beam is not known, whose size its Jy/beam and its noise are of",
          "Clean it, or write BMAJ, BMIN and BPA into its header");
    }
    return tile;
  }

  /**
   * @throws UserError unless all are of one frequency and polarization
   */
  static void requireAlike(List<Tile> tiles) {
    Tile first = tiles.get(0);
    for (Tile tile : tiles) {
      double apart = Math.abs(tile.hertz() - first.hertz());
      // NaN and 0, of frequencies that aren't known, match nothing but themselves.
      if (apart > 0.01 * first.hertz() || (tile.hertz() > 0) != (first.hertz() > 0)) {
        throw new UserError(
            tile.source().uri(),
            String.format(
                Locale.ROOT,
                "it is of %.6g MHz, %s of %.6g MHz",
                tile.hertz() / 1e6,
                first.source().name(),
                first.hertz() / 1e6),
            "Make a mosaic of each frequency; see --channel");
      }
      if (tile.polarization() != first.polarization()) {
        throw new UserError(
            tile.source().uri(),
            "it shows "
                + tile.polarization()
                + ", "
                + first.source().name()
                + " "
                + first.polarization(),
            "Make a mosaic of each polarization");
      }
    }
  }
}
