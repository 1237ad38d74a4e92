package org.cornerturn.jobs.pyramid;

import java.io.IOException;
import java.io.Serializable;
import org.cornerturn.array.Box;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.zarr.ArrayMetadata;
import org.cornerturn.zarr.ArrayWriter;
import org.cornerturn.zarr.EmptyChunks;
import org.cornerturn.zarr.ZarrArray;

/**
 * An array of real numbers, published or not.
 *
 * @param path in its store
 */
record StoredArray(String path, ArrayMetadata metadata) implements Serializable {

  Primitive type() {
    return (Primitive) metadata.type();
  }

  /** Little-endian elements of a box. */
  byte[] read(ObjectStore store, Box box) throws IOException {
    return ZarrArray.of(store, path, metadata).read(box).bytes();
  }

  void write(ObjectStore store, Box box, byte[] bytes) throws IOException {
    new ArrayWriter(store, path, metadata, EmptyChunks.OMIT).put(box, bytes);
  }

  /** Without attributes, which would only make tasks larger. */
  StoredArray bare() {
    return new StoredArray(path, metadata.withAttributes(null));
  }

  /** Bytes to decode one chunk, beside the result. */
  long chunkBytes() {
    return 2 * metadata.chunk().size() * metadata.type().itemSize();
  }
}
