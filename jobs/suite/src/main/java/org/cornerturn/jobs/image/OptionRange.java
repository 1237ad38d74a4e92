package org.cornerturn.jobs.image;

import org.cornerturn.UserError;

/** What options allow. */
public final class OptionRange {
  private OptionRange() {}

  /**
   * @param what the option as it was given
   * @throws UserError unless it is right
   */
  public static void require(boolean right, String what, String remedy) {
    if (!right) {
      throw new UserError(what, "it is out of range", remedy);
    }
  }
}
