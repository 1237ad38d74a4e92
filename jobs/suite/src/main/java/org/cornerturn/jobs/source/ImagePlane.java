package org.cornerturn.jobs.source;

import java.io.IOException;
import java.io.Serializable;
import java.util.Map;
import org.cornerturn.fits.FitsImage;
import org.cornerturn.jobs.FileUri;
import org.cornerturn.plane.CutOut;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.sky.GaussianBeam;
import org.cornerturn.sky.Wcs;
import org.cornerturn.skyimage.SkyImage;
import org.cornerturn.source.PixelShape;
import org.cornerturn.storage.ObjectChannel;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.Stores;

/**
 * A plane of an image: what is known of it, and its pixels by windows.
 *
 * @param id its URI, of an interval of a product with its number behind it
 * @param uri of the file or product
 * @param place time, channel and polarization in a product; channel and Stokes in a file
 * @param product whether it is one
 * @param milli what a pixel's unit is in mJy/beam
 * @param hertz middle of its band; NaN where it isn't known
 * @param mjd middle of the observation (of FITS files its beginning), UTC; NaN where it isn't known
 * @param version changes when its pixels do
 * @param pattern whether the response of the antennas comes with it, for which it isn't corrected
 */
public record ImagePlane(
    String id,
    String uri,
    Place place,
    boolean product,
    int width,
    int height,
    Wcs wcs,
    GaussianBeam beam,
    double milli,
    double hertz,
    double mjd,
    String version,
    boolean pattern)
    implements Serializable {
  /** Where a plane is among others. */
  public record Place(int time, int channel, int polarization) implements Serializable {}

  /** The beam in pixels. */
  public PixelShape shape() {
    return PixelShape.of(beam, wcs);
  }

  public CutOut all() {
    return new CutOut(0, 0, width, height);
  }

  public long pixels() {
    return (long) width * height;
  }

  /** Pixels of a window, (y, x), mJy/beam; NaN where blank. */
  public float[] read(CutOut w, Map<String, String> hadoop) throws IOException {
    float[] out = product ? zarr(SkyImage.SKY, w, hadoop) : fits(w, hadoop);
    if (milli != 1) {
      for (int i = 0; i < out.length; i++) {
        out[i] *= (float) milli;
      }
    }
    return out;
  }

  /** What antennas receive of what is at each pixel of a window, 1 at most; null where unknown. */
  public float[] pattern(CutOut w, Map<String, String> hadoop) throws IOException {
    return pattern ? zarr(SkyImage.PRIMARY_BEAM, w, hadoop) : null;
  }

  private float[] fits(CutOut w, Map<String, String> hadoop) throws IOException {
    try (ObjectStore store = Stores.open(FileUri.folder(uri), hadoop);
        ObjectChannel file = store.open(FileUri.key(uri))) {
      float[] out = new float[Math.multiplyExact(w.width(), w.height())];
      FitsImage.open(file)
          .read(place.channel(), place.polarization(), w.x(), w.y(), w.width(), w.height(), out);
      return out;
    }
  }

  private float[] zarr(String array, CutOut w, Map<String, String> hadoop) throws IOException {
    try (ObjectStore store = Stores.open(uri, hadoop)) {
      return SkyImage.open(store, "")
          .read(
              array,
              place.time(),
              place.channel(),
              place.polarization(),
              w.x(),
              w.y(),
              w.width(),
              w.height());
    }
  }

  /**
   * How places change with pixels about one: (east by x, east by y, north by x, north by y),
   * radians of the sky there.
   */
  public double[] scale(double x, double y) {
    IcrsDirection at = wcs.direction(x, y);
    double[] right = wcs.direction(x + 0.5, y).cosines(at);
    double[] left = wcs.direction(x - 0.5, y).cosines(at);
    double[] up = wcs.direction(x, y + 0.5).cosines(at);
    double[] down = wcs.direction(x, y - 0.5).cosines(at);
    double[] out = {
      right[0] - left[0], up[0] - down[0], right[1] - left[1], up[1] - down[1],
    };
    // Beside the end of the sky in the image there is no slope: that of the middle is as good.
    for (double v : out) {
      if (!Double.isFinite(v)) {
        return new double[] {wcs.xx(), wcs.xy(), wcs.yx(), wcs.yy()};
      }
    }
    return out;
  }
}
