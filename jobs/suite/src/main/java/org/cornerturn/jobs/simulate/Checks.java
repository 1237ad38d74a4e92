package org.cornerturn.jobs.simulate;

import org.cornerturn.UserError;

/** What options must satisfy. */
final class Checks {
  private Checks() {}

  static void require(boolean right, String what, String reason, String remedy) {
    if (!right) {
      throw new UserError(what, reason, remedy);
    }
  }

  /** A count that was given, or the usual one. */
  static int positive(String option, Integer given, int standard) {
    require(given == null || given >= 1, option + " " + given, "too few", "Use 1 or more");
    return given == null ? standard : given;
  }
}
