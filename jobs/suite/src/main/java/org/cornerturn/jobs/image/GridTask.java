package org.cornerturn.jobs.image;

/**
 * Grids a block: in the first cycle its visibilities and the point spread function, in later ones
 * what the model leaves of its visibilities; nothing for images that are finished.
 *
 * @param id key of what it leaves
 * @param number of the block in its cell
 * @param cycle major cycle, from 0
 * @param peers blocks that are gridded at a time, this one counted
 */
record GridTask(
    String id,
    Imaging imaging,
    Cell cell,
    int number,
    Cell.Block block,
    int cycle,
    int peers,
    long inputBytes,
    long peakBytes)
    implements ImageTask {
  static int wave(int cycle) {
    return 2 + 2 * cycle;
  }

  @Override
  public int wave() {
    return wave(cycle);
  }
}
