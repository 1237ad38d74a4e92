package org.cornerturn.jobs.image;

import org.cornerturn.plan.ChunkTask;

/** A task of {@code image}. */
sealed interface ImageTask extends ChunkTask
    permits WeighTask, JoinTask, GridTask, CleanTask, OutputTask, CoordinateTask, ReportTask {
  Imaging imaging();
}
