package org.cornerturn.hdf5;

import java.io.IOException;

/**
 * What the parser says of a broken or unsupported structure. Internal: the public classes turn it
 * into an {@link Hdf5Exception} that names file and object.
 */
final class FormatFault extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final boolean unsupported;

  private FormatFault(String problem, boolean unsupported) {
    // No stack: hostile files raise many, and the message says which structure is at fault.
    super(problem, null, false, false);
    this.unsupported = unsupported;
  }

  static FormatFault broken(String problem) {
    return new FormatFault(problem, false);
  }

  static FormatFault unsupported(String problem) {
    return new FormatFault(problem, true);
  }

  boolean isUnsupported() {
    return unsupported;
  }

  /**
   * One line saying why, for any fault of the parser, of the file's end or of a codec. Other
   * failures to read the file (a network's, say) are no faults of its content and must not come
   * here.
   */
  static String reason(Exception e) {
    if (e instanceof FormatFault || e instanceof Hdf5Exception) {
      return e.getMessage();
    }
    if (e instanceof IOException && e.getMessage() != null) {
      return e.getMessage();
    }
    return "inconsistent structure (" + e + ")";
  }
}
