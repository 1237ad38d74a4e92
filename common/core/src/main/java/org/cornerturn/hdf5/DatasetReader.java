package org.cornerturn.hdf5;

import java.io.IOException;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.storage.ObjectChannel;

/**
 * Reads a dataset's elements. Keeps buffers from one read to the next, so it serves one thread; a
 * task makes its own from a {@link DatasetSource}.
 */
public final class DatasetReader {
  private final DatasetSource source;
  private final ChunkManifest manifest;
  private final ObjectChannel raw;

  /**
   * @param manifest the dataset's manifest, or the slice that covers what will be read
   * @param raw the file; the caller closes it
   */
  public DatasetReader(DatasetSource source, ChunkManifest manifest, ObjectChannel raw) {
    this.source = source;
    this.manifest = manifest;
    this.raw = raw;
  }

  public DatasetSource source() {
    return source;
  }

  /**
   * The elements of a region, unwritten ones as the fill value.
   *
   * @throws Hdf5Exception where the file is broken
   */
  public Block read(Box region) throws IOException {
    throw new UnsupportedOperationException(manifest + " of " + raw.name() + " " + region);
  }

  /**
   * One whole chunk of a chunked dataset of fixed-size elements, little-endian, past the dataset's
   * edge where the chunk reaches there.
   *
   * @param coordinates the chunk's place in the chunk grid
   */
  public byte[] readChunk(long... coordinates) throws IOException {
    throw new UnsupportedOperationException(manifest + " of " + raw.name());
  }
}
