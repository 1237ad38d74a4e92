package org.cornerturn.spark.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import org.cornerturn.UserError;
import org.cornerturn.hdf5.Hdf5Exception;
import org.cornerturn.spark.StoreFaults;
import org.cornerturn.uvh5.Uvh5Exception;
import org.cornerturn.zarr.ZarrException;

/** Says in one line what is wrong with a file, where Spark's driver has no checked exceptions. */
final class SourceFaults {
  private SourceFaults() {}

  /**
   * @param uri the file or store opened
   */
  static RuntimeException explain(IOException fault, String uri) {
    if (fault instanceof Hdf5Exception h) {
      return new UserError(h.file() + ": " + h.object(), h.problem(), h.remedy(), h);
    }
    if (fault instanceof Uvh5Exception u) {
      return new UserError(u.file() + ": " + u.object(), u.problem(), u.remedy(), u);
    }
    if (fault instanceof ZarrException z) {
      return new UserError("can't read " + uri, z.getMessage(), "Check path and store", z);
    }
    if (fault instanceof NoSuchFileException n) {
      return new UserError("can't read " + uri, "there is no such file", "Check the path", n);
    }
    return StoreFaults.explain(fault, uri)
        .<RuntimeException>map(u -> u)
        .orElseGet(() -> new UncheckedIOException("can't read " + uri, fault));
  }
}
