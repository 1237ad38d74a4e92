package org.cornerturn.query.hdf5;

import java.io.IOException;
import java.util.Optional;
import org.cornerturn.hdf5.ChunkManifest;
import org.cornerturn.hdf5.Hdf5Dataset;
import org.cornerturn.query.ByteCache;
import org.cornerturn.query.Caches;
import org.cornerturn.query.http.Deadline;
import org.cornerturn.query.http.Problem;
import org.cornerturn.query.root.Located;
import org.cornerturn.storage.ObjectStatus;

/** Open files and chunk indexes, shared between requests. */
public final class Hdf5Files {
  private static final double FILES_SHARE = 0.07;
  private static final double INDEXES_SHARE = 0.03;
  private static final long CHUNK_ENTRY_BYTES = 24;

  private record IndexKey(FileKey file, String path) {}

  private final ByteCache<FileKey, SharedFile> files;
  private final ByteCache<IndexKey, ChunkManifest> indexes;

  public Hdf5Files(Caches caches) {
    files =
        caches.cache("hdf5_files", FILES_SHARE, SharedFile::weight, (key, file) -> file.release());
    indexes = caches.cache("hdf5_indexes", INDEXES_SHARE, m -> m.size() * CHUNK_ENTRY_BYTES);
  }

  /**
   * Opens a file, or shares the open one of the same version; the caller closes it.
   *
   * @param status of the object, just asked for
   * @throws Problem 404, 422 where it isn't an HDF5 file that can be read, 502, 503 where it
   *     changes at this moment
   */
  public OpenFile open(Located located, ObjectStatus status, Deadline deadline) throws Exception {
    FileKey key = new FileKey(located.root().name(), located.key(), status.version());
    while (true) {
      SharedFile[] mine = new SharedFile[1];
      SharedFile shared =
          files.get(
              key,
              deadline,
              () -> {
                SharedFile opened = load(key, located);
                opened.retain();
                mine[0] = opened;
                return opened;
              });
      if (mine[0] != null || shared.retain()) {
        return new OpenFile(shared);
      }
      deadline.check(); // It was dropped and closed between the two steps.
    }
  }

  private static SharedFile load(FileKey key, Located located) {
    try {
      SharedFile opened = SharedFile.open(key, located);
      Optional<String> now = located.find().map(ObjectStatus::version);
      if (now.isPresent() && now.get().equals(key.version())) {
        return opened;
      }
      opened.release();
    } catch (IOException e) {
      throw Faults.problem(located, e);
    }
    throw Problem.unavailable(located.fullKey() + " is being replaced; ask again", null);
  }

  ChunkManifest manifest(OpenFile file, Hdf5Dataset dataset, Deadline deadline) throws Exception {
    SharedFile shared = file.shared();
    return indexes.get(
        new IndexKey(shared.key(), dataset.path()),
        deadline,
        () -> {
          try {
            return shared.manifest(dataset);
          } catch (IOException e) {
            throw Faults.problem(shared.located(), e);
          }
        });
  }
}
