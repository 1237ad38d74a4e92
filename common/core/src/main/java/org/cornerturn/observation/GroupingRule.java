package org.cornerturn.observation;

import java.time.Duration;

/**
 * How files are put together.
 *
 * @param tolerance how much later than the first file of an observation another may start
 * @param subbands how many a whole observation has
 */
public record GroupingRule(Duration tolerance, int subbands) {
  /** The rule of the DSA-110: 16 subbands, within 60 s of the first. */
  public static final GroupingRule DSA_110 = new GroupingRule(Duration.ofSeconds(60), 16);

  /** Numbers in names have at most three digits. */
  public static final int MOST_SUBBANDS = 1000;

  public GroupingRule {
    if (tolerance.isNegative() || subbands < 1 || subbands > MOST_SUBBANDS) {
      throw new IllegalArgumentException(subbands + " subbands within " + tolerance);
    }
  }
}
