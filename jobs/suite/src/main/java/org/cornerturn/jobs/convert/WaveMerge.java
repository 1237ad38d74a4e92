package org.cornerturn.jobs.convert;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import org.cornerturn.array.Box;
import org.cornerturn.pyramid.BinRun;
import org.cornerturn.pyramid.Overview;
import org.cornerturn.pyramid.WaveformPyramid;
import org.cornerturn.spark.Outcome;
import org.cornerturn.spark.TaskStores;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.zarr.EmptyChunks;
import org.cornerturn.zarr.ZarrArray;

/** Ends one long trace: see {@link WaveMergeTask}. */
final class WaveMerge {
  private final WaveMergeTask task;
  private final TaskStores stores;
  private final WaveformWriters writers;

  WaveMerge(WaveMergeTask task, TaskStores stores, EmptyChunks empty) throws IOException {
    this.task = task;
    this.stores = stores;
    this.writers =
        new WaveformWriters(
            task.arrays(), stores.product(), stores.open(stores.product().uri()), empty);
  }

  Outcome run() throws IOException {
    WaveformArrays arrays = task.arrays();
    ObjectStore scratch = writers.scratch();
    long read = overview(arrays, scratch);
    int base = arrays.layout().fineLevels();
    if (base < arrays.levels().size()) {
      read += coarseLevels(arrays, scratch, base);
    }
    return Outcome.done(task.id(), stores.written(), read);
  }

  private long overview(WaveformArrays arrays, ObjectStore scratch) throws IOException {
    List<Overview.Part> parts = new ArrayList<>();
    long read = 0;
    for (long range = 0; range < arrays.layout().ranges(); range++) {
      String key = WaveformArrays.partKey(task.channel(), task.trc(), task.segment(), range);
      byte[] bytes;
      try {
        bytes = scratch.get(key);
      } catch (NoSuchFileException e) {
        throw new IOException(
            scratch.uri() + "/" + key + " is gone; remove the output and convert again", e);
      }
      parts.add(WaveformWriters.decode(bytes));
      read += bytes.length;
    }
    writers.putOverview(task.channel(), task.trc(), task.segment(), parts);
    return read;
  }

  private long coarseLevels(WaveformArrays arrays, ObjectStore scratch, int base)
      throws IOException {
    WaveformPyramid pyramid =
        WaveformPyramid.fromLevel(
            base,
            arrays.layout().levels(),
            arrays.type(),
            arrays.chunkBins(base + 1, arrays.levels().size()),
            arrays.kept(),
            this::accept);
    WaveformArrays.Level level = arrays.levels().get(base - 1);
    ZarrArray minMax = ZarrArray.of(scratch, level.minMaxPath(), level.minMax());
    ZarrArray mean =
        level.mean() == null ? null : ZarrArray.of(scratch, level.meanPath(), level.mean());
    ZarrArray nans =
        level.nanCount() == null
            ? null
            : ZarrArray.of(scratch, level.nanCountPath(), level.nanCount());
    long bins = arrays.layout().levels().bins(base);
    long perChunk = level.minMax().chunk().dim(3);
    long read = 0;
    pyramid.begin();
    for (long first = 0; first < bins; first += perChunk) {
      long count = Math.min(perChunk, bins - first);
      byte[] values = minMax.read(box(first, count).append(2)).bytes();
      read += values.length;
      pyramid.bins(
          new BinRun(
              base,
              first,
              Math.toIntExact(count),
              values,
              mean == null ? null : mean.read(box(first, count)).bytes(),
              nans == null ? null : nans.read(box(first, count)).longs()));
    }
    pyramid.finish();
    return read;
  }

  private Box box(long firstBin, long count) {
    return Box.of(
        new long[] {task.channel(), task.trc(), task.segment(), firstBin},
        new long[] {1, 1, 1, count});
  }

  private void accept(BinRun run) {
    try {
      writers.levels().put(task.channel(), task.trc(), task.segment(), run);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
