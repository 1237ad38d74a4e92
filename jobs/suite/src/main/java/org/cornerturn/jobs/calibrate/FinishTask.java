package org.cornerturn.jobs.calibrate;

import java.io.Serializable;
import java.util.List;

/**
 * Makes a term of what the tasks of its wave have left: puts gains together, refers phases to one
 * antenna, normalises, and writes the term's arrays.
 *
 * @param id key of the term's first array
 * @param parts of the term, in the order of their numbers
 */
record FinishTask(
    String id, SolvedSet set, int term, List<Part> parts, long inputBytes, long peakBytes)
    implements CalibrateTask {
  /**
   * What one task has left.
   *
   * @param firstInterval of its solutions in the term
   * @param intervals how many
   * @param firstFrequency of its solutions in the term
   * @param frequencies how many
   */
  record Part(
      int number,
      int firstInterval,
      int intervals,
      int firstFrequency,
      int frequencies,
      boolean sums)
      implements Serializable {}

  FinishTask {
    parts = List.copyOf(parts);
  }

  @Override
  public int wave() {
    return 2 * term + 1;
  }
}
