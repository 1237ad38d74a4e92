package org.cornerturn.jobs.pyramid;

import org.cornerturn.array.Box;
import org.cornerturn.plan.ChunkTask;

/** Makes some whole chunks of one level from what lies below them. */
sealed interface PyramidTask extends ChunkTask permits LineTask, ImageTask {
  /** URI of the store that holds the array itself. */
  String store();

  /** Level to be made, 1 or more. */
  int level();

  /** What is read, in elements of the level below, and what that becomes. */
  LevelLayout.Share share();

  default Box box() {
    return share().box();
  }

  default Box out() {
    return share().out();
  }

  @Override
  default long inputBytes() {
    return share().inputBytes();
  }

  @Override
  default long peakBytes() {
    return share().peakBytes();
  }

  /** Bytes written, before compression. */
  long outputBytes();

  /** A level waits until all of the one below it is there. */
  @Override
  default int wave() {
    return level() - 1;
  }
}
