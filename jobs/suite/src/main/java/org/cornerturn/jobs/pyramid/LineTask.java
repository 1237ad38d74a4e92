package org.cornerturn.jobs.pyramid;

import org.cornerturn.pyramid.PyramidLevels;

/**
 * Bins of some lines.
 *
 * @param id key of the first object written
 * @param samples the array itself, read at level 1
 * @param finer the level below, read above level 1; else null
 * @param coarser the level to be made
 * @param share what of them
 */
record LineTask(
    String id,
    String store,
    StoredArray samples,
    PyramidLevels levels,
    LineLevel finer,
    LineLevel coarser,
    LevelLayout.Share share)
    implements PyramidTask {
  @Override
  public int level() {
    return coarser.number();
  }

  @Override
  public long outputBytes() {
    return out().size() * coarser.binBytes();
  }
}
