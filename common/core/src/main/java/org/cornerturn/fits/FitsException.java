package org.cornerturn.fits;

import java.io.IOException;
import org.cornerturn.InputFault;

/** A FITS file that is damaged, or holds what we don't read; the message says where and what. */
public final class FitsException extends IOException implements InputFault {
  private static final long serialVersionUID = 1L;

  public FitsException(String message) {
    super(message);
  }

  public FitsException(String message, Throwable cause) {
    super(message, cause);
  }
}
