package org.cornerturn.jobs.convert;

import java.io.IOException;
import java.util.Optional;
import org.cornerturn.array.Block;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.zarr.ArrayMetadata;
import org.cornerturn.zarr.EmptyChunks;
import org.cornerturn.zarr.EncodedObject;
import org.cornerturn.zarr.ObjectEncoder;

/** Encodes and stores objects of one array. */
final class ObjectWriter {
  private final ObjectStore store;
  private final String path;
  private final ArrayMetadata metadata;
  private final ObjectEncoder encoder;

  ObjectWriter(ObjectStore store, String path, ArrayMetadata metadata, EmptyChunks empty) {
    this.store = store;
    this.path = path;
    this.metadata = metadata;
    this.encoder = new ObjectEncoder(metadata, empty);
  }

  /** Key of the object at these coordinates of the array's grid. */
  static String key(String path, ArrayMetadata metadata, long... coordinates) {
    String key = metadata.objectKey(coordinates);
    return path.isEmpty() ? key : path + "/" + key;
  }

  void put(long[] coordinates, Block block) throws IOException {
    Optional<EncodedObject> object = encoder.encode(coordinates, block);
    if (object.isPresent()) {
      store.put(key(path, metadata, coordinates), object.get().bytes(), 0, object.get().length());
    }
  }
}
