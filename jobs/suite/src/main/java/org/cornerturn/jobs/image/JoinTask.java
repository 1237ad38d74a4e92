package org.cornerturn.jobs.image;

/**
 * Adds up the weights that the blocks of an interval have left.
 *
 * @param id key of what it leaves
 */
record JoinTask(
    String id,
    Imaging imaging,
    int interval,
    int polarization,
    int parts,
    long inputBytes,
    long peakBytes)
    implements ImageTask {
  static final int WAVE = 1;

  @Override
  public int wave() {
    return WAVE;
  }
}
