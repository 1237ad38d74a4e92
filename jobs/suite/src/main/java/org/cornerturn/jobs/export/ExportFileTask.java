package org.cornerturn.jobs.export;

import java.util.List;

/**
 * Writes the file from its header and all parts, in their order.
 *
 * @param key of the file in its folder
 * @param parts keys of the parts without their endings
 */
record ExportFileTask(ExportedFile file, String key, List<String> parts) implements ExportTask {
  private static final long PIECES = 32L << 20;
  private static final long CHUNK_IN_INDEX = 200;

  ExportFileTask {
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
    return PIECES + CHUNK_IN_INDEX * file.storage().visibilities().grid().count();
  }

  @Override
  public int wave() {
    return 1;
  }
}
