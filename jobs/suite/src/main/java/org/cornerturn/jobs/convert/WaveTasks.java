package org.cornerturn.jobs.convert;

import java.util.List;
import org.cornerturn.array.Box;
import org.cornerturn.array.ChunkGrid;
import org.cornerturn.array.Shape;
import org.cornerturn.hdf5.ChunkManifest;
import org.cornerturn.hdf5.DatasetSource;

/** The tasks of a waveform. */
final class WaveTasks {
  /** Bins in the making of every level, overview and codec buffers of a trace. */
  private static final long TRACE_BYTES = 16L << 20;

  private final ConvertTask.Source source;
  private final DatasetSource dataset;
  private final ChunkManifest manifest;
  private final WaveformArrays arrays;

  WaveTasks(
      ConvertTask.Source source,
      DatasetSource dataset,
      ChunkManifest manifest,
      WaveformArrays arrays) {
    this.source = source;
    this.dataset = dataset;
    this.manifest = manifest;
    this.arrays = arrays;
  }

  void addTo(List<ConvertTask> tasks) {
    WaveformLayout layout = arrays.layout();
    ChunkGrid grid =
        dataset.chunk() == null ? null : new ChunkGrid(dataset.shape(), dataset.chunk());
    for (Box box : layout.taskBoxes()) {
      ChunkManifest slice = grid == null ? manifest : manifest.slice(grid, box);
      long bytes = box.size() * layout.itemSize();
      tasks.add(
          new WaveTask(
              rawKey(box),
              source,
              dataset,
              slice,
              arrays,
              box,
              grid == null ? bytes : slice.storedBytes(),
              peak(box)));
    }
    if (layout.ranges() > 1) {
      addMerges(tasks);
    }
  }

  private String rawKey(Box box) {
    return ObjectWriter.key(
        WaveformArrays.RAW,
        arrays.raw(),
        box.start(0),
        box.start(1),
        box.start(2),
        box.start(3) / arrays.raw().objectShape().dim(3));
  }

  private long peak(Box box) {
    int itemSize = arrays.layout().itemSize();
    long piece = WaveConversion.pieceSamples(box, itemSize, dataset.chunk());
    long[] together = WaveConversion.together(box, dataset.chunk());
    long traces = together[0] * together[1] * together[2];
    long open = piece == box.extent(3) ? 1 : traces;
    long object = arrays.raw().objectShape().dim(3) * itemSize;
    long chunk = dataset.chunk() == null ? 0 : dataset.chunk().size() * itemSize;
    return traces * piece * itemSize + TRACE_BYTES * open + 3 * object * open + 2 * chunk;
  }

  private void addMerges(List<ConvertTask> tasks) {
    Shape shape = arrays.layout().shape();
    int base = arrays.layout().fineLevels();
    long input =
        arrays.levels().isEmpty()
            ? 0
            : arrays.layout().levels().bins(base)
                * 2
                * arrays.levels().get(0).minMax().type().itemSize();
    for (long c = 0; c < shape.dim(0); c++) {
      for (long r = 0; r < shape.dim(1); r++) {
        for (long s = 0; s < shape.dim(2); s++) {
          String id = ObjectWriter.key(WaveformArrays.OVERVIEW, arrays.overview(), c, r, s, 0, 0);
          tasks.add(new WaveMergeTask(id, arrays, c, r, s, input, TRACE_BYTES));
        }
      }
    }
  }
}
