package org.cornerturn.zarr;

import java.io.IOException;
import org.cornerturn.InputFault;

/**
 * A Zarr store that can't be read: damaged, hostile, or using a feature that isn't supported. The
 * message is one line that names the store's object and what is wrong with it.
 */
public final class ZarrException extends IOException implements InputFault {
  private static final long serialVersionUID = 1L;

  /**
   * @param object the array, group or chunk, as a path that the user can find
   * @param problem what is wrong with it
   */
  public ZarrException(String object, String problem) {
    super(object + ": " + problem);
  }

  public ZarrException(String object, String problem, Throwable cause) {
    super(object + ": " + problem, cause);
  }
}
