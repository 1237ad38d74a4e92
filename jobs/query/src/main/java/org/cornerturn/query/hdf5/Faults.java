package org.cornerturn.query.hdf5;

import java.io.IOException;
import org.cornerturn.hdf5.Hdf5Exception;
import org.cornerturn.query.http.Problem;
import org.cornerturn.query.root.Located;

/** What a fault while reading a file means to the asker. */
final class Faults {
  private Faults() {}

  static Problem problem(Located located, IOException e) {
    if (e instanceof Hdf5Exception h) {
      String detail = located.fullKey() + ": " + h.object() + ": " + h.problem();
      return h.isUnsupported() ? Problem.unsupported(detail, h) : Problem.damaged(detail, h);
    }
    return located.failed(e);
  }
}
