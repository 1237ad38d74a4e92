package org.cornerturn.jobs.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cornerturn.SharedByTasks;
import org.cornerturn.UserError;
import org.cornerturn.fits.FitsImage;
import org.cornerturn.fits.ImageDescription;
import org.cornerturn.imaging.ImageGeometry;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.sky.Projection;
import org.cornerturn.sky.SkyComponent;
import org.cornerturn.sky.Spectrum;
import org.cornerturn.sky.Wcs;
import org.cornerturn.storage.ObjectStore;

/**
 * A model image in FITS: fluxes of points in the middles of its pixels, in the SIN projection. Its
 * pixels are square, north is up and east to the left; its reference is in the middle of a pixel.
 *
 * @param uri of the file
 * @param centre direction of the reference pixel
 * @param geometry about the reference, wide enough for all of the file's pixels
 * @param firstX column of the geometry that is the file's first
 * @param firstY row of the geometry that is the file's first
 * @param frequencyHz of the planes, ascending
 * @param points how many pixels of all planes aren't 0
 * @param digest of all pixels
 */
public record SkyImage(
    String uri,
    IcrsDirection centre,
    ImageGeometry geometry,
    int firstX,
    int firstY,
    double[] frequencyHz,
    long points,
    long digest)
    implements SharedByTasks {
  /** Pixels are where they are said to be, in parts of one. */
  private static final double NEAR = 1e-6;

  static SkyImage of(String uri, Map<String, String> hadoop) throws IOException {
    return FitsFile.read(uri, hadoop, image -> of(uri, image));
  }

  private static SkyImage of(String uri, FitsImage image) throws IOException {
    ImageDescription d = image.description();
    Wcs wcs = d.wcs();
    double cell = wcs.cellRad();
    boolean upright =
        Math.abs(wcs.xx() + cell) + Math.abs(wcs.yy() - cell) < NEAR * cell
            && Math.abs(wcs.xy()) + Math.abs(wcs.yx()) < NEAR * cell;
    double x = wcs.referenceX();
    double y = wcs.referenceY();
    boolean whole = Math.abs(x - Math.rint(x)) + Math.abs(y - Math.rint(y)) < NEAR;
    if (!wcs.projection().equals(Projection.SIN) || !upright || !whole) {
      throw new UserError(
          uri,
          "a model image is in the SIN projection, with square pixels, north up, east to the left"
              + " and its reference in the middle of a pixel",
          "Make it with cornerturn image or WSClean");
    }
    if (!d.unit().toUpperCase(Locale.ROOT).replace(" ", "").equals("JY/PIXEL")) {
      throw new UserError(
          uri,
          "its unit is '" + d.unit() + "', not Jy/pixel",
          "Name the model, not the restored image");
    }
    int width = side((int) Math.rint(x), d.width());
    int height = side((int) Math.rint(y), d.height());
    double[] hertz = FitsFile.frequencies(d);
    long points = 0;
    long digest = 0;
    int stokes = FitsFile.stokes(uri, d);
    for (int f = 0; f < hertz.length; f++) {
      if (f > 0 && !(hertz[f] > hertz[f - 1])) {
        throw new UserError(uri, "its frequencies don't ascend", "Turn its planes round");
      }
      float[] plane = image.plane(f, stokes, FitsFile.MOST_PIXELS);
      for (float value : plane) {
        points += value != 0 && !Float.isNaN(value) ? 1 : 0;
      }
      digest = 31 * digest + Arrays.hashCode(plane);
    }
    return new SkyImage(
        uri,
        wcs.reference(),
        new ImageGeometry(width, height, cell),
        width / 2 - (int) Math.rint(x),
        height / 2 - (int) Math.rint(y),
        hertz,
        points,
        digest);
  }

  /** An even side about the reference that has all pixels. */
  private static int side(int reference, int pixels) {
    int half = Math.max(1, Math.max(reference, pixels - reference));
    return Math.multiplyExact(2, half);
  }

  /** Sees a pixel with flux. */
  @FunctionalInterface
  interface Sink {
    /**
     * @param index of the geometry's pixel, (y, x)
     */
    void pixel(int plane, int index, float fluxJy);
  }

  /**
   * Passes all pixels with flux.
   *
   * @param folder where the file lies
   */
  void read(ObjectStore folder, Sink sink) throws IOException {
    FitsFile.read(
        folder,
        uri,
        image -> {
          int width = image.description().width();
          int stokes = FitsFile.stokes(uri, image.description());
          for (int f = 0; f < frequencyHz.length; f++) {
            float[] plane = image.plane(f, stokes, FitsFile.MOST_PIXELS);
            for (int i = 0; i < plane.length; i++) {
              if (plane[i] != 0 && !Float.isNaN(plane[i])) {
                int x = firstX + i % width;
                sink.pixel(f, (firstY + i / width) * geometry.width() + x, plane[i]);
              }
            }
          }
          return null;
        });
  }

  /** Its pixels as points of the same flux at all frequencies; for an image of one plane. */
  List<SkyComponent> components(ObjectStore folder) throws IOException {
    List<SkyComponent> all = new ArrayList<>();
    read(
        folder,
        (plane, index, flux) -> {
          int x = index % geometry.width();
          int y = index / geometry.width();
          IcrsDirection at = centre.at(geometry.l(x), geometry.m(y));
          all.add(SkyComponent.point("pixel " + x + " " + y, at, Spectrum.flat(flux)));
        });
    return all;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SkyImage that && toString().equals(that.toString());
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }

  @Override
  public String toString() {
    return String.join(
        " ",
        uri,
        centre.toString(),
        geometry.toString(),
        Arrays.toString(frequencyHz),
        Long.toHexString(digest));
  }
}
