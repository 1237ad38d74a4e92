package org.cornerturn.spark.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.array.ChunkGrid;
import org.cornerturn.hdf5.ChunkManifest;
import org.cornerturn.hdf5.DatasetReader;
import org.cornerturn.hdf5.DatasetSource;
import org.cornerturn.storage.ObjectChannel;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.Stores;

/** Datasets of one HDF5 file, in the order of the lattice's arrays. */
record Hdf5Access(String uri, List<DatasetSource> sources, List<ChunkManifest> manifests)
    implements ArrayAccess {
  Hdf5Access {
    sources = List.copyOf(sources);
    manifests = List.copyOf(manifests);
  }

  static ObjectChannel channel(String uri, Map<String, String> hadoop) throws IOException {
    int slash = uri.lastIndexOf('/');
    try (ObjectStore store = Stores.open(slash == 0 ? "/" : uri.substring(0, slash), hadoop)) {
      return store.open(uri.substring(slash + 1));
    }
  }

  @Override
  public ArrayAccess slice(Lattice lattice, List<Integer> arrays, Box box) {
    List<ChunkManifest> sliced = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      DatasetSource s = sources.get(i);
      boolean needed = arrays.contains(i) && s.chunk() != null;
      Box part = lattice.arrays().get(i).part(box);
      sliced.add(
          needed
              ? manifests.get(i).slice(new ChunkGrid(s.shape(), s.chunk()), part)
              : ChunkManifest.none());
    }
    return new Hdf5Access(uri, sources, sliced);
  }

  @Override
  public ArrayReader open(Map<String, String> hadoop) throws IOException {
    return new Reader(this, channel(uri, hadoop));
  }

  /** Reads through one channel, with one reader for each dataset. */
  private static final class Reader implements ArrayReader {
    private final Hdf5Access access;
    private final ObjectChannel channel;
    private final DatasetReader[] datasets;

    Reader(Hdf5Access access, ObjectChannel channel) {
      this.access = access;
      this.channel = channel;
      this.datasets = new DatasetReader[access.sources.size()];
    }

    @Override
    public Block read(int array, Box box) throws IOException {
      if (datasets[array] == null) {
        datasets[array] =
            new DatasetReader(access.sources.get(array), access.manifests.get(array), channel);
      }
      return datasets[array].read(box);
    }

    @Override
    public long requests() {
      return channel.requests();
    }

    @Override
    public long bytesRead() {
      return channel.bytesRead();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
