package org.cornerturn.jobs.simulate;

import java.util.List;
import org.cornerturn.plan.ChunkTask;

/** A part of a simulated file, a file, or the truth. */
sealed interface Uvh5Task extends ChunkTask {
  Uvh5Parameters parameters();

  /**
   * Simulates a run of chunks and leaves them, encoded, beside the file to come.
   *
   * @param key of the part, relative to the files' folder
   * @param firstChunk C-order number of the first chunk
   * @param chunks number of chunks
   */
  record Part(Uvh5Parameters parameters, int subband, String key, long firstChunk, long chunks)
      implements Uvh5Task {
    @Override
    public String id() {
      return key;
    }

    /** Of the visibilities, which are made rather than read. */
    @Override
    public long inputBytes() {
      return chunks * parameters.chunkBytes();
    }

    @Override
    public long peakBytes() {
      return chunkCopies(parameters) + parameters.simulatorBytes();
    }
  }

  /**
   * Writes a file, from parts or simulating on the way.
   *
   * @param parts keys of the parts, in their order; none to simulate on the way
   */
  record File(Uvh5Parameters parameters, int subband, List<String> parts) implements Uvh5Task {
    private static final long CHUNK_IN_INDEX = 3 * 64;
    private static final long ROW_ARRAYS = 2 * 24;

    public File {
      parts = List.copyOf(parts);
    }

    String key() {
      return parameters.key(subband);
    }

    @Override
    public String id() {
      return key();
    }

    @Override
    public long inputBytes() {
      return parts.isEmpty() ? parameters.rawBytes() : 0;
    }

    @Override
    public long peakBytes() {
      return chunkCopies(parameters)
          + parameters.simulatorBytes()
          + (4L << 20)
          + ROW_ARRAYS * parameters.observation().baselines()
          + CHUNK_IN_INDEX * parameters.grid().count();
    }

    @Override
    public int wave() {
      return parts.isEmpty() ? 0 : 1;
    }
  }

  /** Writes the truth; the last of all. */
  record Truth(Uvh5Parameters parameters) implements Uvh5Task {
    @Override
    public String id() {
      return parameters.truthKey();
    }

    @Override
    public long inputBytes() {
      return 0;
    }

    @Override
    public long peakBytes() {
      long channels = parameters.observation().band().channels();
      long antennas = parameters.observation().antennas().size();
      long times = parameters.observation().integrations();
      return (1L << 20) + 64 * antennas * channels + times * (2 * channels + 64 * antennas);
    }

    @Override
    public int wave() {
      return 2;
    }
  }

  /** A chunk's numbers, its bytes, and what filters make of them. */
  private static long chunkCopies(Uvh5Parameters parameters) {
    return 5L * parameters.chunkBytes() + (1 << 20);
  }
}
