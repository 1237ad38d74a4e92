package org.cornerturn.jobs.export;

import org.cornerturn.plan.ChunkTask;

/** A part of an exported file, or the file that the parts become. */
sealed interface ExportTask extends ChunkTask permits ExportPartTask, ExportFileTask {}
