package org.cornerturn.jobs.convert;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cornerturn.UserError;
import org.cornerturn.array.Box;
import org.cornerturn.array.ChunkGrid;
import org.cornerturn.array.Shape;
import org.cornerturn.hdf5.ChunkManifest;
import org.cornerturn.hdf5.DatasetSource;
import org.cornerturn.hdf5.Hdf5Dataset;
import org.cornerturn.zarr.ArrayMetadata;
import org.cornerturn.zarr.EmptyChunks;

/** Makes tasks of the regions of arrays: large ones alone, small ones together. */
final class CopyTasks {
  private static final long BUNDLE_BYTES = 8L << 20;
  private static final int BUNDLE_PARTS = 64;
  private static final long MOST_REGIONS = 50_000_000;

  private final ConvertTask.Source source;
  private final List<ConvertTask> tasks;
  private final ArrayPlanner planner;
  private final EmptyChunks empty;
  private final List<CopyTask.Part> bundle = new ArrayList<>();
  private long bundleBytes;
  private long bundleInput;
  private long bundlePeak;

  CopyTasks(
      ConvertTask.Source source, List<ConvertTask> tasks, ArrayPlanner planner, EmptyChunks empty) {
    this.planner = planner;
    this.source = source;
    this.tasks = tasks;
    this.empty = empty;
  }

  /**
   * @param metadata without attributes, since it travels with every task
   */
  void add(Hdf5Dataset dataset, ChunkManifest manifest, String path, ArrayMetadata metadata)
      throws IOException {
    if (metadata.shape().size() == 0) {
      return;
    }
    int itemSize = planner.itemSize(dataset.dataType(), dataset.shape());
    DatasetSource described = dataset.source();
    Shape chunk = dataset.chunkShape().orElse(null);
    ChunkGrid grid = chunk == null ? null : new ChunkGrid(dataset.shape(), chunk);
    long chunkBytes = chunk == null ? 0 : chunk.size() * itemSize;
    // Only for these does the array's own fill value say what the source's does.
    boolean omits =
        empty == EmptyChunks.OMIT && (dataset.dataType().isFixedSize() || !dataset.hasFillValue());
    if (omits && (grid == null ? described.isUnwritten() : manifest.size() == 0)) {
      return;
    }
    ChunkGrid regions =
        RegionPlan.regions(metadata.shape(), metadata.objectShape(), chunk, itemSize);
    if (tooMany(regions)) {
      throw new UserError(
          described.file() + ": " + dataset.path(),
          "its shape " + dataset.shape() + " makes more than " + MOST_REGIONS + " pieces of work",
          "Leave it out with --exclude " + dataset.path() + ", or give larger chunks with --chunk");
    }
    for (long i = 0; i < regions.count(); i++) {
      Box region = regions.box(regions.coordinates(i));
      long bytes = region.size() * itemSize;
      ChunkManifest slice = grid == null ? manifest : manifest.slice(grid, region);
      if (omits && grid != null && slice.size() == 0) {
        continue; // Nothing but the fill value, which readers see where nothing is stored.
      }
      long input = grid == null ? bytes : slice.storedBytes();
      long object = Math.min(bytes, metadata.objectShape().size() * itemSize);
      // The region, an object cut from it, its encoded form, and a source chunk stored and decoded.
      long peak = bytes + 2 * object + 2 * chunkBytes;
      if (!bundle.isEmpty()
          && (bundleBytes + bytes > BUNDLE_BYTES || bundle.size() == BUNDLE_PARTS)) {
        close();
      }
      bundle.add(new CopyTask.Part(described, slice, path, metadata, region));
      bundleBytes += bytes;
      bundleInput += input;
      bundlePeak = Math.max(bundlePeak, peak);
    }
  }

  private static boolean tooMany(ChunkGrid regions) {
    double n = 1;
    for (long d : regions.counts().dims()) {
      n *= d;
    }
    return n > MOST_REGIONS;
  }

  /** Ends the bundle in the making. */
  void close() {
    if (bundle.isEmpty()) {
      return;
    }
    CopyTask.Part first = bundle.get(0);
    ChunkGrid objects = first.metadata().objectGrid();
    String id =
        ObjectWriter.key(first.array(), first.metadata(), objects.covering(first.region()).start());
    tasks.add(new CopyTask(id, source, List.copyOf(bundle), bundleInput, bundlePeak));
    bundle.clear();
    bundleBytes = 0;
    bundleInput = 0;
    bundlePeak = 0;
  }
}
