package org.cornerturn.jobs.simulate;

import org.cornerturn.plan.ChunkTask;

/** A part of a simulated recording, or the file that the parts become. */
sealed interface WaveformTask extends ChunkTask permits WaveformPartTask, WaveformFileTask {
  WaveformParameters parameters();
}
