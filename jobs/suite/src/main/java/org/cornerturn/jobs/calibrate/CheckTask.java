package org.cornerturn.jobs.calibrate;

/**
 * Compares some of the data with the model, before and after the gains of all terms are applied.
 *
 * @param id key of what it leaves
 * @param integrations that it looks at
 * @param firstChannel of the data
 * @param channels of the data
 */
record CheckTask(
    String id,
    SolvedSet set,
    int[] integrations,
    int firstChannel,
    int channels,
    long inputBytes,
    long peakBytes)
    implements CalibrateTask {
  @Override
  public int term() {
    return set.chain().size();
  }

  @Override
  public int wave() {
    return 2 * term();
  }
}
