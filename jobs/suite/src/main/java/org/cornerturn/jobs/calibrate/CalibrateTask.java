package org.cornerturn.jobs.calibrate;

import org.cornerturn.plan.ChunkTask;

/** A task of {@code calibrate}. */
sealed interface CalibrateTask extends ChunkTask
    permits SolveTask, FinishTask, CheckTask, RowsTask {
  SolvedSet set();

  /** Number of the term in the chain. */
  int term();
}
