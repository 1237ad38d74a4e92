package org.cornerturn.jobs.crossmatch;

import org.cornerturn.plan.ChunkTask;

/** A task of {@code crossmatch}. */
sealed interface CrossmatchTask extends ChunkTask permits SortTask, MatchTask, FileTask {}
