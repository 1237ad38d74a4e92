package org.cornerturn.hdf5;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.cornerturn.storage.CachedChannel;
import org.cornerturn.storage.ObjectChannel;

/**
 * The structure of an HDF5 file (File Format Specification 3.0), read through range requests. Holds
 * caches and serves one thread; elements are read by {@link DatasetReader}.
 */
public final class Hdf5File implements Closeable {
  private static final int CACHED_BLOCKS = 32;

  private final ObjectChannel metadata;

  private Hdf5File(ObjectChannel metadata) {
    this.metadata = metadata;
  }

  /**
   * @param raw the file, closed with this object
   * @throws Hdf5Exception where it isn't an HDF5 file that can be read
   */
  public static Hdf5File open(ObjectChannel raw) throws IOException {
    return open(raw, Hdf5Limits.DEFAULT);
  }

  public static Hdf5File open(ObjectChannel raw, Hdf5Limits limits) throws IOException {
    return new Hdf5File(new CachedChannel(raw, CachedChannel.BLOCK, CACHED_BLOCKS));
  }

  public String name() {
    return metadata.name();
  }

  public Hdf5Group root() throws IOException {
    throw new UnsupportedOperationException();
  }

  /**
   * Every object once, in the order of paths (a group before its members, members by name). Soft
   * and external links, and further hard links to an object listed before, are {@link Hdf5Link}s.
   */
  public List<Hdf5Object> walk() throws IOException {
    throw new UnsupportedOperationException();
  }

  /** The object or link at an absolute path; links on the way are followed. */
  public Optional<Hdf5Object> find(String path) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Range requests sent for structure so far. */
  public long requests() {
    return metadata.requests();
  }

  /** Bytes received for structure so far. */
  public long bytesRead() {
    return metadata.bytesRead();
  }

  @Override
  public void close() throws IOException {
    metadata.close();
  }
}
