package org.cornerturn.spark.source;

import java.util.List;
import org.apache.spark.sql.connector.read.InputPartition;

/** The work of a task. */
sealed interface LatticePartition extends InputPartition {
  /**
   * Neighbouring regions of one file.
   *
   * @param lattice with no more than these regions need
   */
  record Regions(Lattice lattice, RegionGrid grid, long from, long to)
      implements LatticePartition {}

  /** Whole files, which the task plans by itself. */
  record Files(List<String> uris) implements LatticePartition {}
}
