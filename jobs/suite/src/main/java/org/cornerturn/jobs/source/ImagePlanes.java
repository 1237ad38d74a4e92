package org.cornerturn.jobs.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.cornerturn.UserError;
import org.cornerturn.fits.FitsException;
import org.cornerturn.fits.FitsImage;
import org.cornerturn.fits.ImageDescription;
import org.cornerturn.fits.LinearAxis;
import org.cornerturn.jobs.FileUri;
import org.cornerturn.jobs.datagroup.OpenSet;
import org.cornerturn.plan.Fingerprint;
import org.cornerturn.radio.JulianDate;
import org.cornerturn.skyimage.SkyImage;
import org.cornerturn.skyimage.SkyImageLayout;
import org.cornerturn.spark.StoreFaults;
import org.cornerturn.storage.ObjectChannel;
import org.cornerturn.storage.ObjectStatus;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.Stores;
import org.cornerturn.zarr.ZarrException;

/** Opens the images that a command names; reads no pixel. */
public final class ImagePlanes {
  private static final String PRODUCT = ".zarr";
  private static final double STOKES_I = 1;
  private static final double UNIX_EPOCH = 40_587;
  private static final double DAY = 86_400;

  private final Map<String, String> hadoop;
  private final int channel;
  private final String polarization;

  /**
   * @param channel of images with several; negative for the only one
   * @param polarization of products
   */
  public ImagePlanes(Map<String, String> hadoop, int channel, String polarization) {
    this.hadoop = hadoop;
    this.channel = channel;
    this.polarization = polarization;
  }

  /** The images of files, products and folders; each once, by their names. */
  public List<ImagePlane> all(List<String> named) throws IOException {
    List<ImagePlane> planes = new ArrayList<>();
    for (String uri : expanded(named)) {
      try {
        if (isProduct(uri)) {
          product(uri, planes);
        } else {
          planes.add(file(uri));
        }
      } catch (ZarrException | FitsException e) {
        throw new UserError(uri, reason(uri, e), "Name an image in FITS or of cornerturn image", e);
      } catch (IOException e) {
        throw StoreFaults.orMistake(e, uri);
      }
    }
    return planes;
  }

  private static String reason(String uri, IOException e) {
    String text = String.valueOf(e.getMessage());
    int colon = text.indexOf(": ");
    String before = colon < 0 ? "" : text.substring(0, colon).replaceAll(".*/", "");
    return !before.isEmpty() && uri.endsWith(before) ? text.substring(colon + 2) : text;
  }

  private static boolean isProduct(String uri) {
    return uri.matches(".*\\.zarr(#\\d+)?");
  }

  private List<String> expanded(List<String> named) throws IOException {
    TreeSet<String> all = new TreeSet<>();
    for (String word : named) {
      String uri = OpenSet.absolute(word);
      if (isProduct(word) || word.toLowerCase(Locale.ROOT).matches(".*\\.(fits|fit|fts)")) {
        all.add(uri);
        continue;
      }
      int before = all.size();
      try (ObjectStore store = Stores.open(uri, hadoop)) {
        ObjectStore.Folder inside = store.folder("");
        inside.folders().stream()
            .filter(f -> f.endsWith(".image" + PRODUCT))
            .forEach(f -> all.add(uri + "/" + f));
        inside.objects().stream()
            .map(ObjectStatus::key)
            .filter(k -> k.endsWith(".fits"))
            .forEach(k -> all.add(uri + "/" + k));
      } catch (IOException e) {
        throw StoreFaults.orMistake(e, word);
      }
      if (all.size() == before) {
        throw new UserError(
            word, "it has no images", "Name images, or a folder with *.image.zarr or *.fits in it");
      }
    }
    return List.copyOf(all);
  }

  private void product(String asked, List<ImagePlane> planes) throws IOException {
    int hash = asked.indexOf('#');
    String uri = hash < 0 ? asked : asked.substring(0, hash);
    try (ObjectStore store = Stores.open(uri, hadoop)) {
      SkyImage image = SkyImage.open(store, "");
      int at = channel(uri, image.channels());
      int p = image.polarizations().indexOf(polarization);
      if (p < 0) {
        throw new UserError(
            uri,
            "it has no image in "
                + polarization
                + " but in "
                + String.join(" ", image.polarizations()),
            "Name another one with --pol");
      }
      int only = hash < 0 ? -1 : Integer.parseInt(asked.substring(hash + 1));
      if (only >= image.times()) {
        throw new UserError(
            asked, "it has " + image.times() + " intervals", "Name one, counted from 0");
      }
      double[] unix = image.unixTimes();
      for (int t = Math.max(0, only); t < (only < 0 ? image.times() : only + 1); t++) {
        planes.add(
            checked(
                new ImagePlane(
                    image.times() == 1 ? uri : uri + "#" + t,
                    uri,
                    new ImagePlane.Place(t, at, p),
                    true,
                    image.width(),
                    image.height(),
                    image.wcs(),
                    image.beam(t, at, p),
                    milli(uri, image.unit(SkyImage.SKY)),
                    image.hertz()[at],
                    mjd(unix[t]),
                    version(store),
                    image.planes().contains(SkyImage.PRIMARY_BEAM))));
      }
    }
  }

  private static String version(ObjectStore store) throws IOException {
    Fingerprint version = new Fingerprint();
    for (String array : List.of(SkyImage.SKY, SkyImageLayout.BEAM)) {
      Optional<ObjectStatus> status = store.status(array + "/zarr.json");
      version.with(array, status.map(ObjectStatus::version).orElse("none"));
    }
    return version.hex();
  }

  private int channel(String uri, int channels) {
    if (channel < 0 && channels > 1 || channel >= channels) {
      throw new UserError(
          uri, "it has " + channels + " channels", "Name one with --channel, counted from 0");
    }
    return Math.max(0, channel);
  }

  private ImagePlane file(String uri) throws IOException {
    try (ObjectStore store = Stores.open(FileUri.folder(uri), hadoop)) {
      ObjectStatus status =
          store
              .status(FileUri.key(uri))
              .orElseThrow(() -> new UserError(uri, "there is no such file", "Check the path"));
      ImageDescription image;
      try (ObjectChannel file = store.open(FileUri.key(uri))) {
        image = FitsImage.open(file).description();
      }
      LinearAxis axis = image.frequency();
      int at = channel(uri, axis == null ? 1 : axis.count());
      double hertz = axis == null ? image.origin().restFrequencyHz() : axis.value(at);
      return checked(
          new ImagePlane(
              uri,
              uri,
              new ImagePlane.Place(0, at, stokes(uri, image.stokes())),
              false,
              image.width(),
              image.height(),
              image.wcs(),
              image.beam(),
              milli(uri, image.unit()),
              hertz > 0 ? hertz : Double.NaN,
              image.origin().observed() == null
                  ? Double.NaN
                  : mjd(image.origin().observed().toEpochMilli() / 1e3),
              status.version(),
              false));
    }
  }

  private static int stokes(String uri, LinearAxis axis) {
    for (int i = 0; axis != null && i < axis.count(); i++) {
      if (axis.value(i) == STOKES_I) {
        return i;
      }
    }
    if (axis != null && axis.count() > 1) {
      throw new UserError(uri, "it has no plane of Stokes I", "Name an image of Stokes I");
    }
    return 0;
  }

  private static double mjd(double unix) {
    return Double.isFinite(unix) ? UNIX_EPOCH + unix / DAY : Double.NaN;
  }

  /** The same moment as a Julian date. */
  static JulianDate julian(double mjd) {
    return JulianDate.ofUnixSeconds((mjd - UNIX_EPOCH) * DAY);
  }

  /** What a pixel's unit is in mJy/beam; one that isn't said is taken for Jy/beam. */
  private static double milli(String uri, String unit) {
    return switch (unit.toUpperCase(Locale.ROOT).replace(" ", "")) {
      case "JY/BEAM", "JY", "JYBEAM-1", "JY.BEAM-1", "JY*BEAM-1", "" -> 1e3;
      case "MJY/BEAM", "MJY", "MJYBEAM-1", "MJY.BEAM-1", "MJY*BEAM-1" ->
          unit.strip().startsWith("MJ") ? 1e9 : 1;
      case "UJY/BEAM", "UJY" -> 1e-3;
      default ->
          throw new UserError(
              uri, "its unit is '" + unit + "', not Jy/beam", "Name an image in Jy/beam");
    };
  }

  private static ImagePlane checked(ImagePlane plane) {
    if (plane.beam() == null || !(plane.beam().minorRad() > 0)) {
      throw new UserError(
          plane.uri(),
          "its clean beam is not known, the shape of a point in it",
          "Clean it, or write BMAJ, BMIN and BPA into its header");
    }
    double pixels = plane.shape().minor();
    if (!(pixels >= 1 && plane.shape().major() <= 200)) {
      throw new UserError(
          plane.uri(),
          String.format(Locale.ROOT, "its clean beam is %.3g pixels wide", pixels),
          "Make it with 3 to 10 pixels a beam");
    }
    return plane;
  }
}
