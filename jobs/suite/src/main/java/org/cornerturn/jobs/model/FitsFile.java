package org.cornerturn.jobs.model;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.stream.IntStream;
import org.cornerturn.UserError;
import org.cornerturn.fits.FitsException;
import org.cornerturn.fits.FitsImage;
import org.cornerturn.fits.ImageDescription;
import org.cornerturn.fits.LinearAxis;
import org.cornerturn.storage.ObjectChannel;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.Stores;

/** A FITS file of a model or a beam, in all frequencies that it has, of Stokes I. */
final class FitsFile {
  /** Pixels of a plane, and of all planes of a beam. */
  static final long MOST_PIXELS = 1L << 28;

  private static final double STOKES_I = 1;

  private FitsFile() {}

  /** Does something with an image. */
  @FunctionalInterface
  interface Use<T> {
    T of(FitsImage image) throws IOException;
  }

  static <T> T read(String uri, Map<String, String> hadoop, Use<T> use) throws IOException {
    return read(folder(uri, hadoop), uri, use);
  }

  /** Where a file lies. */
  static ObjectStore folder(String uri, Map<String, String> hadoop) throws IOException {
    return Stores.open(folder(uri), hadoop);
  }

  /** URI of the folder of a file. */
  static String folder(String uri) {
    int slash = uri.lastIndexOf('/');
    return slash <= 0 ? "/" : uri.substring(0, slash);
  }

  /**
   * @param folder where the file lies
   */
  static <T> T read(ObjectStore folder, String uri, Use<T> use) throws IOException {
    try (ObjectChannel file = folder.open(uri.substring(uri.lastIndexOf('/') + 1))) {
      return use.of(FitsImage.open(file));
    } catch (NoSuchFileException e) {
      throw new UserError(uri, "there is no such file", "Name one that there is", e);
    } catch (FitsException e) {
      throw new UserError(uri, e.getMessage(), "Name an image in FITS", e);
    }
  }

  /** Frequencies of the planes, Hz; one of 0 where the file has none. */
  static double[] frequencies(ImageDescription description) {
    LinearAxis axis = description.frequency();
    return axis == null
        ? new double[1]
        : IntStream.range(0, axis.count()).mapToDouble(axis::value).toArray();
  }

  /** Index of Stokes I. */
  static int stokes(String uri, ImageDescription description) {
    LinearAxis axis = description.stokes();
    for (int i = 0; axis != null && i < axis.count(); i++) {
      if (axis.value(i) == STOKES_I) {
        return i;
      }
    }
    if (axis != null) {
      throw new UserError(uri, "it has no plane of Stokes I", "Name an image of Stokes I");
    }
    return 0;
  }
}
