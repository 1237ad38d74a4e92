package org.cornerturn.jobs.convert;

import java.io.Serializable;
import java.util.List;
import org.cornerturn.array.Box;
import org.cornerturn.hdf5.ChunkManifest;
import org.cornerturn.hdf5.DatasetSource;
import org.cornerturn.zarr.ArrayMetadata;

/**
 * Copies regions of datasets into the stored objects that they cover.
 *
 * @param id key of the first object
 */
record CopyTask(String id, Source source, List<Part> parts, long inputBytes, long peakBytes)
    implements ConvertTask {

  /**
   * One region: read once, then cut into objects.
   *
   * @param array path of the array in the store
   * @param metadata of the array, without its attributes
   * @param region whole objects, cut at the array's edge
   * @param manifest the source chunks that the region needs
   */
  record Part(
      DatasetSource dataset,
      ChunkManifest manifest,
      String array,
      ArrayMetadata metadata,
      Box region)
      implements Serializable {}
}
