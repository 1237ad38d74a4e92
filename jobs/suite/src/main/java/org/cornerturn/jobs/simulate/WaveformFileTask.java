package org.cornerturn.jobs.simulate;

import java.util.List;

/**
 * Writes the file from all parts, in their order.
 *
 * @param key of the file in its folder
 * @param parts keys of the parts
 */
record WaveformFileTask(WaveformParameters parameters, String key, List<String> parts)
    implements WaveformTask {
  private static final long PIECE = 4 << 20;
  private static final long CHUNK_IN_INDEX = 64;

  WaveformFileTask {
    parts = List.copyOf(parts);
  }

  @Override
  public String id() {
    return key;
  }

  @Override
  public long inputBytes() {
    return 0;
  }

  @Override
  public long peakBytes() {
    return 2 * PIECE + CHUNK_IN_INDEX * parameters.grid().count();
  }

  @Override
  public int wave() {
    return 1;
  }
}
