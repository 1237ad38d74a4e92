package org.cornerturn.jobs.index;

import java.io.Serializable;
import org.cornerturn.observation.FileVersion;
import org.cornerturn.observation.SubbandFile;

/**
 * What was found in a file; its objects are in a data file of the table by then.
 *
 * @param uvh5 what the header says, where it is UVH5 and sound
 * @param error why it is refused or failed; else null
 */
record ScannedFile(
    FileVersion file,
    State state,
    Format format,
    Uvh5Facts uvh5,
    String error,
    long objects,
    long unreadable,
    long requests,
    long bytesRead)
    implements Serializable {

  /** How it went. */
  enum State {
    INDEXED,
    /** Its content can't be read. */
    REFUSED,
    /** Its store did not give it. */
    FAILED,
    /** It is gone since it was listed. */
    GONE
  }

  /** What it was taken for. */
  enum Format {
    HDF5,
    UVH5
  }

  /**
   * @param version of the format
   * @param rows Nblts
   * @param object what was observed
   * @param note what is odd; else null
   */
  record Uvh5Facts(SubbandFile header, String version, long rows, String object, String note)
      implements Serializable {}

  static ScannedFile without(FileVersion file, State state, String error) {
    return new ScannedFile(file, state, null, null, error, 0, 0, 0, 0);
  }
}
