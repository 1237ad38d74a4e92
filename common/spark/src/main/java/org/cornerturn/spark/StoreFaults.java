package org.cornerturn.spark;

import java.util.Optional;
import org.cornerturn.UserError;

/** Says in the user's words what a store's exception means. */
public final class StoreFaults {
  private StoreFaults() {}

  /**
   * The user's side of a fault: no permission, no such bucket, no such host, no credentials, no
   * space left.
   *
   * @param uri what was opened, for the message
   * @return empty when the fault is none of these
   */
  public static Optional<UserError> explain(Throwable fault, String uri) {
    throw new UnsupportedOperationException(uri, fault);
  }
}
