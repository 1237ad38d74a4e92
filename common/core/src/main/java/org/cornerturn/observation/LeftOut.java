package org.cornerturn.observation;

import java.util.Objects;

/**
 * A file that is no member of its group.
 *
 * @param file the file
 * @param number its subband, from name or frequency
 * @param reason one sentence without the file's name
 */
public record LeftOut(SubbandFile file, int number, Cause cause, String reason) {
  /** Why a file is left out. */
  public enum Cause {
    /** A newer file has the same subband at the same time. */
    DUPLICATE,
    /** Its header doesn't agree with those of the other members. */
    CONTRADICTORY
  }

  public LeftOut {
    Objects.requireNonNull(file);
    Objects.requireNonNull(cause);
    Objects.requireNonNull(reason);
  }
}
