package org.cornerturn.jobs.mosaic;

import java.io.Serializable;
import org.cornerturn.radio.Polarization;
import org.cornerturn.restoration.PrimaryBeam;
import org.cornerturn.sky.GaussianBeam;
import org.cornerturn.sky.Wcs;
import org.cornerturn.spark.InputVersion;

/**
 * An image that goes into a mosaic: what antennas received, not corrected for their beam.
 *
 * @param source where its pixels are
 * @param beam clean beam
 * @param hertz middle of its band
 * @param bandHz width of the band; NaN where it isn't known
 * @param unix time, seconds since 1970: the middle, or where only that is known the beginning; NaN
 *     where it isn't known
 * @param pattern of its antennas; null where it comes with the image
 */
record Tile(
    Source source,
    int width,
    int height,
    Wcs wcs,
    GaussianBeam beam,
    double hertz,
    double bandHz,
    double unix,
    Polarization polarization,
    PrimaryBeam pattern,
    String field,
    InputVersion version)
    implements Serializable {

  /** Where pixels are. */
  sealed interface Source extends Serializable {
    /** URI of the file or product. */
    String uri();

    /** What it is called in messages and headers. */
    String name();

    /** As it is asked for: the URI, of an interval with its number behind it. */
    String asked();
  }

  /**
   * A FITS file.
   *
   * @param pattern URI of the file of the antennas' pattern; null for none
   */
  record Fits(String uri, String pattern) implements Source {
    @Override
    public String asked() {
      return uri;
    }

    @Override
    public String name() {
      return uri.substring(uri.lastIndexOf('/') + 1);
    }
  }

  /** An image of a product. */
  record Zarr(String uri, int time, int channel, int polarization) implements Source {
    @Override
    public String asked() {
      return uri + "#" + time;
    }

    @Override
    public String name() {
      String last = uri.substring(uri.lastIndexOf('/') + 1);
      return time == 0 ? last : last + " interval " + time;
    }
  }

  long pixels() {
    return (long) width * height;
  }
}
