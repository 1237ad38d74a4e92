package org.cornerturn.jobs.image;

/**
 * Adds up what the blocks of a group of cells have left and takes components from it; does nothing
 * for a group that is finished.
 *
 * @param id key of what it leaves
 * @param blocks of each cell of the group
 * @param last whether no components may be taken any more
 * @param peers groups and polarizations that are cleaned at a time, this one counted
 */
record CleanTask(
    String id,
    Imaging imaging,
    int group,
    int polarization,
    int cycle,
    int[] blocks,
    boolean last,
    int peers,
    long inputBytes,
    long peakBytes)
    implements ImageTask {
  @Override
  public int wave() {
    return GridTask.wave(cycle) + 1;
  }
}
