package org.cornerturn.plan;

import java.io.Serializable;

/**
 * One unit of work: a serializable record that names everything an executor needs to write one
 * output object (or a few that belong together). Running it twice writes the same bytes under the
 * same keys.
 */
public interface ChunkTask extends Serializable {
  /**
   * Stable id within the product, the ledger's key; by custom the key of the main object written.
   */
  String id();

  /** Bytes that the task will read from its inputs. */
  long inputBytes();

  /** Upper bound of the heap that the task holds at once, in bytes. */
  long peakBytes();

  /**
   * Barrier before the task: a task of wave n starts when every task of its product's lower waves
   * is in the ledger. Coarse pyramid levels, which read what finer ones wrote, come in later waves;
   * most plans have wave 0 alone.
   */
  default int wave() {
    return 0;
  }
}
