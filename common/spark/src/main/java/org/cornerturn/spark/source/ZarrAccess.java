package org.cornerturn.spark.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.storage.Stores;
import org.cornerturn.zarr.ArrayMetadata;
import org.cornerturn.zarr.ZarrArray;

/**
 * Arrays of one Zarr store, in the order of the lattice's arrays.
 *
 * @param paths of the arrays in the store
 */
record ZarrAccess(String uri, List<String> paths, List<ArrayMetadata> metadata)
    implements ArrayAccess {
  ZarrAccess {
    paths = List.copyOf(paths);
    metadata = List.copyOf(metadata);
  }

  /** Where a Zarr chunk lies is told by its place: there is nothing to leave behind. */
  @Override
  public ArrayAccess slice(Lattice lattice, List<Integer> arrays, Box box) {
    return this;
  }

  @Override
  public ArrayReader open(Map<String, String> hadoop) throws IOException {
    CountedStore store = new CountedStore(Stores.open(uri, hadoop));
    List<ZarrArray> arrays = new ArrayList<>();
    for (int i = 0; i < paths.size(); i++) {
      arrays.add(ZarrArray.of(store, paths.get(i), metadata.get(i)));
    }
    return new ArrayReader() {
      @Override
      public Block read(int array, Box box) throws IOException {
        return arrays.get(array).read(box);
      }

      @Override
      public long requests() {
        return store.requests();
      }

      @Override
      public long bytesRead() {
        return store.bytesRead();
      }

      @Override
      public void close() throws IOException {
        store.close();
      }
    };
  }
}
