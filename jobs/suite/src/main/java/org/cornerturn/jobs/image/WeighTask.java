package org.cornerturn.jobs.image;

/**
 * Sums up the weights of a block by cell of the uv plane, for every polarization.
 *
 * @param id key of what it leaves
 * @param part number of the block among those of its interval
 * @param parts how many there are: what one alone leaves is the sum of all
 */
record WeighTask(
    String id,
    Imaging imaging,
    int interval,
    int part,
    int parts,
    Cell.Block block,
    long inputBytes,
    long peakBytes)
    implements ImageTask {
  static final int WAVE = 0;

  @Override
  public int wave() {
    return WAVE;
  }
}
