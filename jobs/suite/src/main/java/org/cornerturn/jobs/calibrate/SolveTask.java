package org.cornerturn.jobs.calibrate;

/**
 * Solves for some intervals and channels of a term, all their samples: no solution depends on those
 * of another task. Where a solution spans the channels of several tasks, they leave sums, of which
 * the finishing task makes it.
 *
 * @param id key of what it leaves
 * @param number of the part among those of its term
 * @param intervals that it solves for
 * @param firstInterval number of the first in the term
 * @param firstChannel of the data
 * @param channels of the data
 * @param leavesSums whether it leaves sums rather than gains
 * @param takesSums whether it takes the sums that the task of its number has left of the term
 *     before, rather than the data
 */
record SolveTask(
    String id,
    SolvedSet set,
    int term,
    int number,
    Intervals intervals,
    int firstInterval,
    int firstChannel,
    int channels,
    boolean leavesSums,
    boolean takesSums,
    long inputBytes,
    long peakBytes)
    implements CalibrateTask {
  @Override
  public int wave() {
    return 2 * term;
  }
}
