package org.cornerturn.jobs.export;

import org.cornerturn.measurementset.SourceRows;

/**
 * Puts a run of rows together and leaves their chunks, encoded, beside the file to come.
 *
 * @param key of the parts without their endings, relative to the file's folder
 * @param firstChunk number of the first chunk; all three datasets have the same
 * @param cells where the rows are
 */
record ExportPartTask(ExportedFile file, String key, long firstChunk, SourceRows.Cells cells)
    implements ExportTask {
  private static final long READING_BYTES = 48L << 20;

  @Override
  public String id() {
    return key;
  }

  @Override
  public long inputBytes() {
    return cells.rows() * file.rowBytes();
  }

  @Override
  public long peakBytes() {
    // In the set's type, in the file's, and a chunk on its way.
    return 4 * cells.rows() * file.rowBytes() + READING_BYTES;
  }
}
