package org.cornerturn.spark;

import java.util.Map;

/** Where a chunk job of a test runs. */
enum Where {
  SPARK,
  LOOP;

  ChunkJob job() {
    return this == SPARK ? ChunkJob.onSpark(Tiny.spark(), Map.of()) : ChunkJob.inLoop(Map.of());
  }
}
