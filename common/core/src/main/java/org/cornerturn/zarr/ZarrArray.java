package org.cornerturn.zarr;

import java.io.IOException;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.storage.ObjectStore;

/**
 * An array in a store, for reading: Zarr v2 and v3, ours and other people's. Safe for several
 * threads.
 */
public final class ZarrArray {
  private final ObjectStore store;
  private final String path;
  private final ArrayMetadata metadata;

  private ZarrArray(ObjectStore store, String path, ArrayMetadata metadata) {
    this.store = store;
    this.path = path;
    this.metadata = metadata;
  }

  /** An array whose metadata are known, published or not. */
  public static ZarrArray of(ObjectStore store, String path, ArrayMetadata metadata) {
    return new ZarrArray(store, path, metadata);
  }

  /**
   * @param path of the array in the store, without slashes at its ends; empty for the root
   * @throws ZarrException when there is no array, or it can't be read
   */
  public static ZarrArray open(ObjectStore store, String path) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Path in the store, empty for the root. */
  public String path() {
    return path;
  }

  public ArrayMetadata metadata() {
    return metadata;
  }

  /** Reads a box with the standard limits. */
  public Block read(Box box) throws IOException {
    return read(box, ReadLimits.STANDARD);
  }

  /**
   * Reads a box. Missing chunks give the fill value. Of shards, the index and the chunks needed are
   * fetched by range, near ones together.
   *
   * @return block of the box's shape
   * @throws ZarrException when stored bytes are damaged, hostile or beyond the limits
   * @throws IllegalArgumentException when the box leaves the array
   */
  public Block read(Box box, ReadLimits limits) throws IOException {
    throw new UnsupportedOperationException(store.uri());
  }
}
