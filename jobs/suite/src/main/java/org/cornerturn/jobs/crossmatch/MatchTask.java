package org.cornerturn.jobs.crossmatch;

/**
 * Matches the left rows of one zone of declination. Zones have equal numbers of rows: where they
 * begin follows from the runs.
 *
 * @param id key of its pairs
 * @param zone from 0
 */
record MatchTask(String id, Crossmatch match, int zone, long inputBytes, long peakBytes)
    implements CrossmatchTask {
  @Override
  public int wave() {
    return 1;
  }
}
