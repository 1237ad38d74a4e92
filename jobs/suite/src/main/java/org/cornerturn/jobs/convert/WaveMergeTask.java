package org.cornerturn.jobs.convert;

/**
 * Ends a trace that several tasks have converted: its coarse levels from the coarsest fine one, its
 * overview from their parts.
 *
 * @param id key of the overview's object
 */
record WaveMergeTask(
    String id,
    WaveformArrays arrays,
    long channel,
    long trc,
    long segment,
    long inputBytes,
    long peakBytes)
    implements ConvertTask {
  @Override
  public int wave() {
    return 1;
  }
}
