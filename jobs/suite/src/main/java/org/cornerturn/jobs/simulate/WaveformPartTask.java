package org.cornerturn.jobs.simulate;

/**
 * Simulates a run of chunks and leaves them, encoded, beside the file to come.
 *
 * @param key of the part, relative to the file's folder
 * @param firstChunk C-order number of the first chunk
 * @param chunks number of chunks
 */
record WaveformPartTask(WaveformParameters parameters, String key, long firstChunk, long chunks)
    implements WaveformTask {
  /** Copies of a chunk at once: samples, their bytes, and what filters make of them. */
  private static final long COPIES = 5;

  @Override
  public String id() {
    return key;
  }

  /** Of the samples, which are made rather than read. */
  @Override
  public long inputBytes() {
    return chunks * parameters.chunkSamples() * Short.BYTES;
  }

  @Override
  public long peakBytes() {
    return COPIES * parameters.chunkSamples() * Short.BYTES + (1 << 20);
  }
}
