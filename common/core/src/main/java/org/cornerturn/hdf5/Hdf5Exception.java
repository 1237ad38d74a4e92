package org.cornerturn.hdf5;

import java.io.IOException;
import org.cornerturn.InputFault;

/**
 * A fault of an HDF5 file, or a part of the format that is not read. The message is one line that
 * names the file, the object, what is wrong and what to do.
 */
public final class Hdf5Exception extends IOException implements InputFault {
  private static final long serialVersionUID = 1L;
  private final String file;
  private final String object;
  private final String problem;
  private final String remedy;

  /**
   * @param file name of the file
   * @param object path of the object in it, or what part of the file it is
   * @param problem what is wrong
   * @param remedy what the user can do
   */
  public Hdf5Exception(String file, String object, String problem, String remedy, Throwable cause) {
    super(file + ": " + object + ": " + problem + ". " + remedy, cause);
    this.file = file;
    this.object = object;
    this.problem = problem;
    this.remedy = remedy;
  }

  /** What a fault found while reading an object means to the user. */
  static Hdf5Exception of(String file, String object, Exception e) {
    if (e instanceof Hdf5Exception h) {
      return h;
    }
    boolean unsupported = e instanceof FormatFault f && f.isUnsupported();
    String problem = FormatFault.reason(e);
    return unsupported
        ? new Hdf5Exception(
            file,
            object,
            problem + " can't be read",
            "Rewrite it with h5repack or h5py, or exclude it",
            e)
        : new Hdf5Exception(
            file, object, problem, "Fetch the file again from its source, or exclude it", e);
  }

  /** Whether the file may be sound, and only a part of the format is not read. */
  public boolean isUnsupported() {
    return getCause() instanceof FormatFault f && f.isUnsupported();
  }

  public String file() {
    return file;
  }

  public String object() {
    return object;
  }

  public String problem() {
    return problem;
  }

  public String remedy() {
    return remedy;
  }
}
