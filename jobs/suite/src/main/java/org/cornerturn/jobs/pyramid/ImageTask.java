package org.cornerturn.jobs.pyramid;

import org.cornerturn.pyramid.ImageLevels;

/**
 * A tile of some images.
 *
 * @param id key of the first object written
 * @param pixels the array itself, read at level 1
 * @param finer the level below, read above level 1; else null
 * @param coarser the level to be made
 * @param share what of them
 */
record ImageTask(
    String id,
    String store,
    StoredArray pixels,
    ImageLevels levels,
    ImageLevel finer,
    ImageLevel coarser,
    LevelLayout.Share share)
    implements PyramidTask {
  @Override
  public int level() {
    return coarser.number();
  }

  @Override
  public long outputBytes() {
    return out().size() * coarser.pixelBytes();
  }
}
