package org.cornerturn.jobs.mosaic;

import org.cornerturn.plan.ChunkTask;

/** A task of {@code mosaic}. */
sealed interface MosaicTask extends ChunkTask permits TileTask, BlendTask, FileTask {
  Mosaic mosaic();
}
