package org.cornerturn.jobs.export;

import java.io.Serializable;
import java.util.List;
import org.cornerturn.measurementset.SourceRows;
import org.cornerturn.uvh5.Uvh5Storage;

/**
 * A file to build again, as its tasks know it.
 *
 * @param product URI of the processing set
 * @param number under which the set keeps the file's header
 * @param parts measurement sets that hold its visibilities
 * @param channels on its frequency axis, windows of rank 4 one after the other
 * @param pols on its polarization axis
 */
record ExportedFile(
    String product,
    int number,
    List<SourceRows.Part> parts,
    Uvh5Storage storage,
    int channels,
    int pols)
    implements Serializable {
  ExportedFile {
    parts = List.copyOf(parts);
  }

  /** Bytes of a row's visibilities in the file. */
  long rowBytes() {
    return (long) channels * pols * storage.visibilities().type().size();
  }
}
