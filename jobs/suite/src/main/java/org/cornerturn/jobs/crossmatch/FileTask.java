package org.cornerturn.jobs.crossmatch;

/**
 * Puts all pairs into one file.
 *
 * @param id its key
 */
record FileTask(String id, Crossmatch match, long inputBytes, long peakBytes)
    implements CrossmatchTask {
  @Override
  public int wave() {
    return 2;
  }
}
